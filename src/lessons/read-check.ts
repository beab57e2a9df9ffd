import { namePattern, readAttributes } from "./attributes.ts";
import { usageOf } from "./components.ts";
import type { Literal } from "./literal.ts";
import { isElement, unwrap, type Element } from "./mdx-tree.ts";
import type { CheckSpec } from "./model.ts";
import type { Reading } from "./reading.ts";

/** A check as data; undefined when it is too wrong for that. Every mistake is reported. */
export function readCheck(element: Element, reading: Reading): CheckSpec | undefined {
  const { id, after, ...values } = readAttributes(element, reading.report);
  const question = readQuestion(element, values, reading);
  for (const [name, value] of Object.entries({ id, after })) {
    if (value === undefined || (typeof value === "string" && namePattern.test(value))) continue;
    const remedy = `Write small letters, digits and dashes: ${name}="image-built".`;
    reading.report(element, `"${name}" of <Check> is ${JSON.stringify(value)}.`, remedy);
  }
  if (!question) return undefined;
  return {
    ...question,
    ...(typeof id === "string" && { id }),
    ...(typeof after === "string" && { after }),
  };
}

const combinators = ["any", "all", "not"] as const;

function readQuestion(
  element: Element,
  values: Readonly<Record<string, Literal>>,
  reading: Reading,
): CheckSpec | undefined {
  const { report } = reading;
  const children = unwrap(element.children);
  const combinator = combinators.find((name) => values[name] !== undefined);
  if (combinator !== undefined) return readCombination(element, combinator, values, reading);
  if (children.length > 0) {
    const remedy = `Write it closed in itself, ${usageOf("Check")}, or combine others: <Check any>, <Check all>, <Check not>.`;
    report(element, "A check has content.", remedy);
  }
  const { kind, ...parameters } = values;
  if (typeof kind !== "string" || kind === "") {
    report(element, "A check has no kind.", `Say what it asks: ${usageOf("Check")}.`);
    return undefined;
  }
  if (combinators.some((name) => name === kind) || kind === "quiz") {
    const remedy =
      kind === "quiz" ? 'Write <Quiz id="…" question="…"> instead.' : `Write <Check ${kind}> around others.`;
    report(element, `A check is of the kind "${kind}".`, remedy);
    return undefined;
  }
  const check: CheckSpec = { kind, ...parameters };
  const problem = reading.options.validateCheck?.(check);
  if (problem !== undefined) report(element, problem, "The authors' guide lists what each kind of check takes.");
  return check;
}

function readCombination(
  element: Element,
  combinator: (typeof combinators)[number],
  values: Readonly<Record<string, Literal>>,
  reading: Reading,
): CheckSpec {
  const { report } = reading;
  const tag = `<Check ${combinator}>`;
  const others = Object.keys(values).filter((name) => name !== combinator);
  if (others.length > 0 || values[combinator] !== true) {
    const more = others.length > 0 ? others.join(", ") : `${combinator}=${JSON.stringify(values[combinator])}`;
    report(element, `${tag} is also given ${more}.`, `Write ${tag} and put the checks that it combines into it.`);
  }
  const of: CheckSpec[] = [];
  const children = unwrap(element.children);
  if (children.length === 0) {
    report(element, `${tag} combines nothing.`, `Put checks into it: ${tag}${usageOf("Check")}</Check>.`);
  }
  for (const child of children) {
    if (!isElement(child) || child.name !== "Check") {
      report(child, `${tag} holds something beside <Check>.`, "Take it out; write words before or after the check.");
      continue;
    }
    const { id, after, ...inner } = readAttributes(child, report);
    if (id !== undefined || after !== undefined) {
      report(child, `A check inside ${tag} has ${id === undefined ? "after" : "id"}.`, `Write it on ${tag} itself.`);
    }
    const question = readQuestion(child, inner, reading);
    if (question) of.push(question);
  }
  return { kind: combinator, of };
}

/** Looks at how the checks of one step refer to each other. `lines` has the line of each. */
export function readOrder(checks: readonly CheckSpec[], lines: readonly number[], { report }: Reading): void {
  const byId = new Map<string, CheckSpec>();
  for (const [index, check] of checks.entries()) {
    if (check.id === undefined) continue;
    if (byId.has(check.id)) {
      report(lines[index], `Two checks of the step have the id "${check.id}".`, "Give each an id of its own.");
    }
    byId.set(check.id, check);
  }
  for (const [index, check] of checks.entries()) {
    if (check.after === undefined) continue;
    const known = [...byId.keys()].filter((id) => id !== check.id);
    if (!byId.has(check.after)) {
      const remedy =
        known.length > 0
          ? `The step has the ids ${known.join(", ")}.`
          : `Give the check that comes first an id: id="${check.after}".`;
      report(lines[index], `A check is after "${check.after}", which is no check of the step.`, remedy);
    }
  }
  const first = checks.findIndex((check) => waitsForItself(check, byId));
  const after = checks[first]?.after;
  if (after === undefined) return;
  const remedy = "Take one after out: a check can only wait for one that does not wait for it.";
  report(lines[first], `A check that is after "${after}" waits for itself.`, remedy);
}

function waitsForItself(check: CheckSpec, byId: ReadonlyMap<string, CheckSpec>): boolean {
  const seen = new Set<CheckSpec>();
  for (let next = byId.get(check.after ?? ""); next && !seen.has(next); next = byId.get(next.after ?? "")) {
    if (next === check) return true;
    seen.add(next);
  }
  return false;
}
