import type { RootContent } from "mdast";
import { readRuledAttributes } from "./attributes.ts";
import { findAttribute } from "./attribute-value.ts";
import { faultOfDeed } from "./curriculum.ts";
import type { Literal } from "./literal.ts";
import { isElement, unwrap, type Element } from "./mdx-tree.ts";
import type { CheckSpec, SolutionAction, Step, WrongWork } from "./model.ts";
import { readCheck, readOrder } from "./read-check.ts";
import { readProse, readSlide } from "./read-prose.ts";
import { readQuiz } from "./read-quiz.ts";
import { readReferences } from "./read-references.ts";
import { readSolution, readWrong } from "./read-work.ts";
import type { Reading } from "./reading.ts";

/** A step as data. What is missing in it is reported and left empty. */
export function readStep(element: Element, outside: Reading): Step {
  const { report, options, told } = outside;
  const { id, title, covers } = readRuledAttributes(element, report);
  const deeds = readCovers(covers, element, outside);
  const files = (typeof id === "string" ? options.stepFiles?.get(id) : undefined) ?? [];
  for (const { path } of files) told.add(path);
  const parts: StepParts = { checks: [], lines: [], asksMore: false, hints: 0, solutions: 0, solution: [], wrong: [] };
  const reading: Reading = { ...outside, step: { files } };
  for (const child of unwrap(element.children)) readPart(child, parts, reading);
  readOrder(parts.checks, parts.lines, reading);
  const problem = options.validateChecks?.(parts.checks);
  if (problem !== undefined) report(parts.lines[0], problem, "The authors' guide says how checks are combined.");

  const name = typeof id === "string" ? `Step "${id}"` : "A step";
  if (parts.lines.length === 0) {
    report(
      element,
      `${name} has no check.`,
      'Add what ticks it: <Check kind="container" image="busybox" />, or a <Quiz>.',
    );
  }
  if (parts.asksMore && parts.hints === 0) {
    report(element, `${name} has no hint.`, "Add <Hint> with a nudge that does not give the answer away.");
  }
  if (parts.asksMore && parts.solutions === 0) {
    report(element, `${name} has no solution.`, "Add <Solution> with a block marked ```sh run, or file=PATH.");
  }
  const { checks, hints, solution, wrong } = parts;
  return {
    id: typeof id === "string" ? id : "",
    title: typeof title === "string" ? title : "",
    files,
    checks,
    hints,
    solution,
    wrong,
    ...(deeds.length > 0 && { covers: deeds }),
  };
}

/** Each deed once, those that the curriculum does not have left out. */
function readCovers(covers: Literal | undefined, element: Element, { report, options }: Reading): readonly string[] {
  const names =
    typeof covers === "string"
      ? covers.trim().split(/\s+/)
      : Array.isArray(covers)
        ? covers.filter((name) => typeof name === "string")
        : [];
  const line = findAttribute(element, "covers")?.position?.start.line;
  return names.filter((name, index) => {
    const fault = options.curriculum && faultOfDeed(name, options.curriculum);
    if (fault) report(line, fault.problem, fault.remedy);
    const isFirst = names.indexOf(name) === index;
    if (!isFirst) report(line, `"covers" of <Step> has "${name}" twice.`, "Keep one of them.");
    return !fault && isFirst;
  });
}

interface StepParts {
  readonly checks: CheckSpec[];
  /** Where each check is; also of those that could not be read. */
  readonly lines: number[];
  /** Whether it has a check that is no quiz. */
  asksMore: boolean;
  hints: number;
  solutions: number;
  readonly solution: SolutionAction[];
  readonly wrong: WrongWork[];
}

function readPart(child: RootContent, parts: StepParts, reading: Reading): void {
  if (!isElement(child)) {
    readProse(child, "Step", reading);
    return;
  }
  const line = child.position?.start.line ?? 1;
  switch (child.name) {
    case "Check": {
      const check = readCheck(child, reading);
      parts.asksMore = true;
      addCheck(check, line, parts);
      break;
    }
    case "Quiz": {
      const quiz = readQuiz(child, reading);
      addCheck(quiz?.spec, line, parts);
      if (quiz) {
        parts.solution.push(quiz.solution);
        parts.wrong.push(...quiz.wrong);
      }
      break;
    }
    case "Hint":
      parts.hints += 1;
      readReferences(child, readRuledAttributes(child, reading.report), reading);
      for (const inner of child.children) readProse(inner, "Hint", reading);
      break;
    case "Solution":
      parts.solutions += 1;
      if (parts.solutions === 2) {
        reading.report(child, "A step has two solutions.", "Put all of it into one <Solution>.");
      }
      parts.solution.push(...readSolution(child, reading));
      break;
    case "Wrong":
      parts.wrong.push(readWrong(child, reading));
      break;
    case "Slide":
      readSlide(child, reading);
      break;
    default:
      readProse(child, "Step", reading);
  }
}

function addCheck(check: CheckSpec | undefined, line: number, parts: StepParts): void {
  parts.lines.push(line);
  // One that could not be read keeps its place, so that the lines fit.
  parts.checks.push(check ?? { kind: "" });
}
