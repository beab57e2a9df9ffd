import * as z from "zod/mini";
import { dataPath, dataValue, lookUp } from "./data-path.ts";
import type { AskContext, CheckKind } from "./kind.ts";
import { notYet, passed } from "./outcome.ts";
import { matchesPattern, regularExpression } from "./pattern.ts";
import { findEntry, findFile, readFound, workspacePath } from "./workspace-text.ts";

const schema = z.strictObject({
  /** Below `/workspace`. */
  path: workspacePath(),
  contains: z.optional(z.string().check(z.minLength(1))),
  /** `^` and `$` stand for the ends of a line. */
  matches: z.optional(regularExpression()),
  /** It is JSON and has this. */
  json: z.optional(dataPath()),
  /** It is YAML and has this. */
  yaml: z.optional(dataPath()),
  /** Of what is at `json` or `yaml`. */
  equals: z.optional(dataValue),
  executable: z.optional(z.literal(true)),
  /** Asks for the opposite: that there is nothing of this name. */
  absent: z.optional(z.literal(true)),
});

type Parameters = z.infer<typeof schema>;

/** The learner's file exists, with this in it. */
export const file: CheckKind<Parameters> = {
  kind: "file",
  schema,
  problem({ path: _, absent, json, yaml, equals, ...content }) {
    const asksMore = [json, yaml, equals, ...Object.values(content)].some((value) => value !== undefined);
    if (absent === true && asksMore)
      return '"absent" asks that there is no such file, so nothing else can be asked of it.';
    if (json !== undefined && yaml !== undefined) return 'Only one of "json" and "yaml" can be asked of a file.';
    if (equals !== undefined && json === undefined && yaml === undefined) {
      return '"equals" needs "json" or "yaml", the path of the value in the file.';
    }
    return undefined;
  },
  isAbsence: ({ absent }) => absent === true,
  concerns: ({ path, executable }, change) =>
    change.source === "workspace"
      ? change.path === path || path.startsWith(`${change.path}/`)
      : // Another mode is no save.
        executable === true && change.source === "terminal" && change.command.exitCode !== undefined,
  async ask(wanted, context) {
    const { path } = wanted;
    if (wanted.absent === true) return askAbsent(path, context);
    const wants = `Wanted is ${describe(wanted)}.`;
    const found = await findFile(path, context);
    if ("problem" in found) return notYet(found.problem, wants);
    const isExecutable = (found.entry.mode & 0o111) !== 0;
    if (wanted.executable === true && !isExecutable) return notYet(`${path} is there, but cannot be executed.`, wants);
    if (!asksContent(wanted)) return passed;
    const read = await readFound(path, found.entry, context);
    if ("problem" in read) return notYet(read.problem, wants);
    const wrong = await difference(wanted, read.text);
    return wrong === undefined ? passed : notYet(`${path} ${wrong}.`, wants);
  },
  holds: (wanted) =>
    wanted.absent === true
      ? `There is no ${wanted.path} in /workspace.`
      : `There is ${describe(wanted).replace(/^the/, "a")}.`,
};

function asksContent({ contains, matches, json, yaml }: Parameters): boolean {
  return (contains ?? matches ?? json ?? yaml) !== undefined;
}

async function askAbsent(path: string, context: AskContext) {
  const entry = await findEntry(path, context);
  if (entry === undefined) return passed;
  return notYet(`There is still a ${entry.kind} ${path} in /workspace.`, `Wanted is that there is no ${path}.`);
}

async function difference(wanted: Parameters, text: string): Promise<string | undefined> {
  const { contains, matches, json, yaml, equals } = wanted;
  if (contains !== undefined && !text.includes(contains)) return lacks;
  if (matches !== undefined && !matchesPattern(matches, text)) return lacks;
  const path = json ?? yaml;
  if (path === undefined) return undefined;
  const data = yaml === undefined ? readJson(text) : (await import("./read-yaml.ts")).readYaml(text);
  if ("problem" in data) return data.problem;
  const value = lookUp(data.value, path);
  if (value === undefined) return `has no ${path}`;
  return equals === undefined || value === equals ? undefined : `has another value at ${path} than the step asks for`;
}

const lacks = "is there, but something that the step asks for is missing in it";

function readJson(text: string): { value: unknown } | { problem: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return {
      problem: `is not JSON: ${error instanceof Error ? error.message.replace(/\.$/, "") : "it cannot be read"}`,
    };
  }
}

function describe({ path, contains, matches, json, yaml, equals, executable }: Parameters): string {
  const place = json ?? yaml;
  const which = [
    (contains ?? matches) === undefined ? "" : "with what the step asks for",
    place === undefined
      ? ""
      : equals === undefined
        ? `with ${place}`
        : `with the value that the step asks for at ${place}`,
    executable === true ? "that can be executed" : "",
  ].filter((words) => words !== "");
  return [`the file ${path}`, which.join(", ")].filter((words) => words !== "").join(" ");
}
