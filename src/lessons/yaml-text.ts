import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document } from "yaml";
import type { z } from "zod";
import type { LessonMistake } from "./lesson-error.ts";

/** How messages speak of a piece of YAML. */
export interface YamlPlace {
  readonly file: string;
  /** How many lines of the file come before it. */
  readonly offset: number;
  /** Begins a sentence: "The front matter" or "course.yaml". */
  readonly name: string;
  /** What to write for each entry, by its path without the numbers of list entries: `machine.images`. */
  readonly examples: Readonly<Record<string, string>>;
}

export interface YamlText<Value> {
  readonly value: Value | undefined;
  /** Of an entry, or else of what it would be in; the line before the text when that is all of it. */
  lineOf(path: readonly PropertyKey[]): number;
  readonly mistakes: readonly LessonMistake[];
}

/** Reads YAML that an author wrote. `value` is undefined when there are mistakes. */
export function readYaml<Value>(text: string, schema: z.ZodType<Value>, place: YamlPlace): YamlText<Value> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineAt = (offset: number | undefined): number =>
    offset === undefined ? Math.max(1, place.offset) : place.offset + Math.max(1, lines.linePos(offset).line);
  const lineOf = (path: readonly PropertyKey[]): number => lineAt(offsetOf(document, path));
  const syntax = [...document.errors, ...document.warnings].map(({ message, pos }) => ({
    file: place.file,
    line: lineAt(pos[0]),
    problem: `${place.name} is not YAML: ${message.replace(/ at line[^]*$/, "").replace(/[.:]?$/, ".")}`,
    remedy: "Write one `name: value` a line; put a value with a colon in quotes.",
  }));
  if (syntax.length > 0) return { value: undefined, lineOf, mistakes: syntax };
  const raw: unknown = document.toJS();
  const result = schema.safeParse(raw);
  if (result.success) return { value: result.data, lineOf, mistakes: [] };
  const mistakes = result.error.issues.flatMap((issue) => {
    const paths = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return paths.map((path) => ({ file: place.file, line: lineOf(path), ...describe(issue, path, raw, place) }));
  });
  return { value: undefined, lineOf, mistakes };
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  let node: unknown = document.contents;
  let offset: number | undefined;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === part);
      if (!isScalar(pair?.key)) break;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof part === "number") {
      node = node.items[part];
      if (node === undefined) break;
      offset = (node as { range?: readonly number[] | null }).range?.[0] ?? offset;
    } else break;
  }
  return offset;
}

function describe(
  issue: z.core.$ZodIssue,
  path: readonly PropertyKey[],
  raw: unknown,
  { name: place, examples }: YamlPlace,
): Pick<LessonMistake, "problem" | "remedy"> {
  const names = path.filter((part) => typeof part === "string");
  const name = names.at(-1);
  const example = examples[names.join(".")];
  const value = valueAt(raw, path);
  if (name === undefined && typeof path.at(-1) !== "number") {
    const remedy = example ?? "Write one `name: value` a line.";
    return { problem: `${place} ${raw === null ? "is empty" : "is of another form"}.`, remedy };
  }
  if (issue.code === "unrecognized_keys") {
    const known = Object.keys(examples).filter(
      (key) => key.split(".").slice(0, -1).join(".") === names.slice(0, -1).join("."),
    );
    const leaf = known.map((key) => key.split(".").at(-1)).filter(Boolean);
    return { problem: `${place} has an unknown entry "${name ?? ""}".`, remedy: `There may be ${leaf.join(", ")}.` };
  }
  const remedy = `Write ${example ?? "it in another form"}.`;
  if (value === undefined) return { problem: `${place} lacks "${name ?? ""}".`, remedy };
  const isText = issue.code === "invalid_type" && issue.expected === "string";
  if (isText && (typeof value === "number" || typeof value === "boolean")) {
    return {
      problem: `${subject(path)} must be text, but is ${say(value)}.`,
      remedy: `Put it in quotes: "${String(value)}".`,
    };
  }
  return { problem: `${subject(path)} ${fault(issue, value)}.`, remedy };
}

/** `"minutes"`, or `Entry 2 of "objectives"`. */
function subject(path: readonly PropertyKey[]): string {
  const last = path.at(-1);
  if (typeof last !== "number") return `"${String(last)}"`;
  const list = path.findLast((part) => typeof part === "string");
  return list === undefined ? `Entry ${last + 1}` : `Entry ${last + 1} of "${list}"`;
}

function fault(issue: z.core.$ZodIssue, value: unknown): string {
  const but = `but is ${say(value)}`;
  switch (issue.code) {
    case "invalid_type":
      return `must be ${types[issue.expected] ?? issue.expected}, ${but}`;
    case "invalid_value":
      return `must be ${issue.values
        .map((each) => String(each))
        .join(", ")
        .replace(/, ([^,]*)$/, " or $1")}, ${but}`;
    case "too_small":
      if (issue.origin === "string") return "is empty";
      return issue.origin === "array"
        ? "needs at least one entry"
        : `must be at least ${String(issue.minimum)}, ${but}`;
    case "too_big":
      if (issue.origin === "string") return `is longer than ${String(issue.maximum)} characters`;
      return `must be at most ${String(issue.maximum)}, ${but}`;
    case "custom":
      return issue.message;
    default:
      return `is ${say(value)}, which is not right`;
  }
}

const types: Readonly<Record<string, string>> = {
  string: "text",
  int: "a whole number",
  number: "a number",
  array: "a list",
  object: "a list of `name: value`",
};

function say(value: unknown): string {
  if (value === null) return "empty";
  return Array.isArray(value)
    ? "a list"
    : typeof value === "object"
      ? "a list of names and values"
      : JSON.stringify(value);
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}
