import type * as z from "zod/mini";
import type { CheckSpec } from "../lessons/model.ts";
import { describeType, innerSchema } from "./describe-type.ts";
import { bindCheck, isCombinator, kinds } from "./kinds.ts";
import { listed } from "./listed.ts";

/** What is wrong with a check that an author wrote and what would be right, in a sentence; `undefined` if it is right. */
export function validateCheck(spec: CheckSpec): string | undefined {
  const { id, after, ...own } = spec;
  const where = `In the check "${spec.kind}", `;
  for (const [name, value] of Object.entries({ id, after })) {
    if (value === undefined || (typeof value === "string" && isId.test(value))) continue;
    return `${where}"${name}" must be a name of letters, digits and hyphens such as built, but is ${JSON.stringify(value)}.`;
  }
  return problemOf(own, where);
}

/** What is wrong with the checks of a step together, each of which is right by itself and finds the one it comes after. */
export function validateChecks(specs: readonly CheckSpec[]): string | undefined {
  const isCombined = specs.some(({ kind }) => isCombinator(kind));
  if (!isCombined || specs.some((spec) => validateCheck(spec) !== undefined)) return undefined;
  if (!specs.every((spec) => spec.after === undefined && bindCheck(spec).isAbsence)) return undefined;
  return (
    "The checks of the step only ask that something is not so, and it need not have been so before. Add a check of what is to be " +
    'there or to happen, and let the check "not" come "after" it.'
  );
}

function problemOf(spec: CheckSpec, where: string): string | undefined {
  const { kind, ...parameters } = spec;
  if (isCombinator(kind)) return problemOfNested(kind, parameters, where);
  const known = kinds.get(kind);
  if (known === undefined) {
    const names = [...kinds.keys()].filter((name) => name !== "quiz");
    return `There is no check of the kind "${kind}"; the kinds are ${listed(names)}.`;
  }
  const result = known.schema.safeParse(parameters);
  if (!result.success) {
    return result.error.issues.map((issue) => sentence(kind, issue, { where, parameters })).join(" ");
  }
  const problem = known.problem(parameters);
  return problem === undefined ? asksNothing(kind, parameters) : `${where.replace(/, $/, ": ")}${problem}`;
}

function problemOfNested(kind: string, parameters: Omit<CheckSpec, "kind">, where: string): string | undefined {
  const { of, ...more } = parameters as Readonly<Record<string, unknown>>;
  const [extra] = Object.keys(more);
  if (extra !== undefined) return `${where}"${extra}" is no parameter; a check "${kind}" only has other checks in it.`;
  if (!Array.isArray(of) || of.length === 0) {
    return `The check "${kind}" has no other checks in it; write <Check ${kind}> with at least one <Check … /> inside.`;
  }
  for (const nested of of as readonly CheckSpec[]) {
    const outer = Object.keys(nested).find((name) => name === "id" || name === "after");
    if (outer !== undefined) {
      return `In the check "${nested.kind}" inside "${kind}", "${outer}" has no meaning; write it on the outermost check.`;
    }
    const problem = problemOf(nested, `In the check "${nested.kind}" inside "${kind}", `);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

const isId = /^[A-Za-z0-9][A-Za-z0-9-]*$/;

type Issue = z.core.$ZodIssue;

function sentence(kind: string, issue: Issue, { where, parameters }: { where: string; parameters: unknown }): string {
  const name = issue.path.map(String).join(".");
  const value = valueAt(parameters, issue.path);
  const is = value === undefined ? "but is missing" : `but is ${JSON.stringify(value)}`;
  const must = (what: string) => `${where}"${name}" ${what}, ${is}.`;
  switch (issue.code) {
    case "unrecognized_keys": {
      const keys = listed(issue.keys.map((key) => `"${key}"`));
      return `${where}${keys} is no parameter; the parameters are ${listed(parameterNames(kind))}.`;
    }
    case "invalid_type":
      return must(`must be ${article(issue.expected)}`);
    case "invalid_value":
      return must(
        `must be ${listed(
          issue.values.map((each) => JSON.stringify(each)),
          "or",
        )}`,
      );
    case "too_small":
      if (issue.origin !== "string" && issue.origin !== "array")
        return must(`must be at least ${String(issue.minimum)}`);
      return Number(issue.minimum) > 1
        ? must(`must have at least ${String(issue.minimum)} in it`)
        : `${where}"${name}" must not be empty.`;
    case "too_big":
      return must(`must be at most ${String(issue.maximum)}`);
    case "invalid_key":
      return `${where}"${name}" must be ${ownWords(issue.issues[0]) ?? "a key in another form"}.`;
    case "invalid_format":
    case "invalid_union":
    case "custom": {
      const words = ownWords(issue) ?? wordsAt(kind, issue.path) ?? "in another form";
      return must(words.startsWith("must ") ? words : `must be ${words}`);
    }
    case "not_multiple_of":
    case "invalid_element":
      return must("is not right");
  }
}

/** What the kind itself says that the value must be. */
function ownWords(issue: { readonly message: string } | undefined): string | undefined {
  return issue === undefined || issue.message === "Invalid input" ? undefined : issue.message;
}

/** What is taken at `path`, in the words of the authors' reference. */
function wordsAt(kind: string, path: readonly PropertyKey[]): string | undefined {
  let schema: unknown = kinds.get(kind)?.schema;
  for (const key of path) schema = schema === undefined ? undefined : innerSchema(schema, key);
  return schema === undefined ? undefined : describeType(schema);
}

/** Any container at all would tick it, one of an earlier step as well. */
function asksNothing(kind: string, parameters: Readonly<Record<string, unknown>>): string | undefined {
  if ((kind !== "container" && kind !== "node") || Object.keys(parameters).length > 0) return undefined;
  return `The check "${kind}" asks for nothing; give it at least one of ${listed(parameterNames(kind), "or")}.`;
}

function parameterNames(kind: string): string[] {
  const definition = kinds.get(kind)?.schema._zod.def;
  return definition !== undefined && "shape" in definition ? Object.keys(definition.shape as object) : [];
}

function valueAt(parameters: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    parameters,
  );
}

function article(type: string): string {
  if (type === "int") return "a whole number";
  if (type === "record" || type === "object") return "a mapping";
  if (type === "array") return "a list";
  return type === "boolean" ? "true or false" : `a ${type}`;
}
