import type * as z from "zod/mini";
import type { CheckSpec } from "../lessons/model.ts";
import { kinds } from "./kinds.ts";

/** What is wrong with a check that an author wrote and what would be right, in a sentence; `undefined` if it is right. */
export function validateCheck(spec: CheckSpec): string | undefined {
  const { kind, ...parameters } = spec;
  const known = kinds.get(kind);
  if (known === undefined) {
    return `There is no check of the kind "${kind}"; the kinds are ${list([...kinds.keys()])}.`;
  }
  const result = known.schema.safeParse(parameters);
  if (result.success) return asksNothing(kind, parameters);
  return result.error.issues.map((issue) => sentence(kind, issue, parameters)).join(" ");
}

type Issue = z.core.$ZodIssue;

function sentence(kind: string, issue: Issue, parameters: unknown): string {
  const where = `In the check "${kind}", `;
  const name = issue.path.map(String).join(".");
  const value = valueAt(parameters, issue.path);
  const is = value === undefined ? "but is missing" : `but is ${JSON.stringify(value)}`;
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = parameterNames(kind);
      return `${where}${list(issue.keys.map((key) => `"${key}"`))} is no parameter; the parameters are ${list(known)}.`;
    }
    case "invalid_type":
      return `${where}"${name}" must be ${article(issue.expected)}, ${is}.`;
    case "invalid_value":
      return `${where}"${name}" must be ${list(
        issue.values.map((each) => JSON.stringify(each)),
        "or",
      )}, ${is}.`;
    case "too_small":
      return issue.origin === "string" || issue.origin === "array"
        ? `${where}"${name}" must not be empty.`
        : `${where}"${name}" must be at least ${String(issue.minimum)}, ${is}.`;
    case "too_big":
      return `${where}"${name}" must be at most ${String(issue.maximum)}, ${is}.`;
    case "invalid_key":
      return `${where}"${name}" must be a port with its protocol, such as 80/tcp.`;
    case "invalid_format":
      return `${where}"${name}" must be ${formats[`${kind}.${name}`] ?? "in another form"}, ${is}.`;
    case "invalid_union":
      return `${where}"${name}" must be ${unions[`${kind}.${name}`] ?? "of another type"}, ${is}.`;
    case "custom":
      return `${where}"${name}" ${issue.message}, ${is}.`;
    case "not_multiple_of":
    case "invalid_element":
      return `${where}"${name}" is not right, ${is}.`;
  }
}

const formats: Readonly<Record<string, string>> = {
  "image.reference": "an image's name without spaces, such as hello:1.0",
  "http.path": "a path that starts with /",
  "event.action": "one of Docker's event names, such as start or exec_start",
};

const unions: Readonly<Record<string, string>> = {
  "image.cmd": "the command in one line or a list of its words",
  "image.exposedPort": "a port such as 80 or 53/udp",
};

/** A check that every machine passes would tick by itself. */
function asksNothing(kind: string, parameters: Readonly<Record<string, unknown>>): string | undefined {
  if (kind !== "container") return undefined;
  const asked = Object.keys(parameters).filter((key) => key !== "gone" && parameters[key] !== undefined);
  if (asked.length > 0 || parameters.gone === true) return undefined;
  return `The check "container" asks for nothing; give it at least one of ${list(parameterNames(kind), "or")}.`;
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

function list(words: readonly string[], last = "and"): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1) ?? ""}`;
}
