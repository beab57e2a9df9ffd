import * as z from "zod/mini";
import { normaliseReference, repositoryOf } from "./image-reference.ts";
import type { CheckKind } from "./kind.ts";
import { listed, listedAs } from "./listed.ts";
import { described, withArticle } from "./noun-phrase.ts";
import { notYet, passed } from "./outcome.ts";
import { matchesPattern } from "./pattern.ts";
import type { ReadDockerfile, ReadInstruction, Stage } from "./read-dockerfile.ts";
import { readText, workspacePath } from "./workspace-text.ts";

/** `COPY`, or with a regular expression for what follows: `EXPOSE ^8080`. */
const instruction = z
  .string()
  .check(
    z.refine(
      (text) => readPattern(text) !== undefined,
      "must be an instruction such as COPY, with a regular expression for what follows it if need be, such as EXPOSE ^8080",
    ),
  );
const instructions = z.union(
  [instruction, z.array(instruction).check(z.minLength(1))],
  "an instruction such as COPY, with a regular expression for what follows it if need be, such as EXPOSE ^8080, or a list of such",
);

const schema = z.strictObject({
  /** Below `/workspace`; default `Dockerfile`. */
  path: z.optional(workspacePath()),
  has: z.optional(instructions),
  without: z.optional(instructions),
  /** These come one after the other, others may be between. */
  order: z.optional(z.array(instruction).check(z.minLength(2))),
  /** What the last stage is built on, through other stages; any tag if it has none. */
  from: z.optional(z.string().check(z.regex(/^\S+$/, "an image's name without spaces, such as python:3.12"))),
  stages: z.optional(z.int().check(z.gte(1))),
  /** Files come from another stage: from any, or from that of this name. */
  copiesFrom: z.optional(z.union([z.literal(true), z.string().check(z.minLength(1))], "true or the name of a stage")),
  notRoot: z.optional(z.literal(true)),
});

type Parameters = z.infer<typeof schema>;

/** The learner's Dockerfile, by its instructions. One that Docker could not read is refused with what is wrong in it. */
export const dockerfile: CheckKind<Parameters> = {
  kind: "dockerfile",
  schema,
  concerns: ({ path = "Dockerfile" }, change) =>
    change.source === "workspace" && (change.path === path || path.startsWith(`${change.path}/`)),
  async ask(wanted, context) {
    const { path = "Dockerfile" } = wanted;
    const wants = `Wanted is ${describe(wanted)}.`;
    const file = await readText(path, context);
    if ("problem" in file) return notYet(file.problem, wants);
    const read = (await import("./read-dockerfile.ts")).readDockerfile(file.text);
    const wrong = read.problem ?? difference(wanted, read);
    return wrong === undefined ? passed : notYet(`${path} ${wrong}.`, wants);
  },
  holds: (wanted) => `There is ${describe(wanted)}.`,
};

function difference(wanted: Parameters, { stages }: ReadDockerfile): string | undefined {
  const all = stages.flatMap((stage) => stage.instructions);
  return (
    missing(asList(wanted.has), all) ??
    unwanted(asList(wanted.without), all) ??
    (wanted.from === undefined ? undefined : otherBase(wanted.from, stages)) ??
    otherCount(wanted.stages, stages.length) ??
    (wanted.copiesFrom === undefined ? undefined : notCopied(wanted.copiesFrom, stages)) ??
    (wanted.order === undefined || isInOrder(wanted.order, all)
      ? undefined
      : "has its instructions in another order") ??
    (wanted.notRoot === true ? rootUser(stages) : undefined)
  );
}

function missing(patterns: readonly string[], all: readonly ReadInstruction[]): string | undefined {
  const pattern = patterns.find((each) => !all.some((one) => isLike(each, one)));
  if (pattern === undefined) return undefined;
  const keyword = readPattern(pattern)?.keyword;
  if (all.some((one) => one.keyword === keyword)) return `has ${keyword ?? ""}, but not as the step asks for`;
  return `has only ${listed([...new Set(all.map((one) => one.keyword))])}`;
}

function unwanted(patterns: readonly string[], all: readonly ReadInstruction[]): string | undefined {
  const found = all.find((one) => patterns.some((pattern) => isLike(pattern, one)));
  return found && `has ${withArticle(found.keyword)} in line ${found.line} that the step does not want`;
}

function otherBase(wanted: string, stages: readonly Stage[]): string | undefined {
  const { image } = baseOf(stages.length - 1, stages);
  const hasTag = /[:@]/.test(wanted.slice(wanted.lastIndexOf("/") + 1));
  const isSameRepository = repositoryOf(image) === repositoryOf(wanted);
  return (!hasTag && isSameRepository) || normaliseReference(image) === normaliseReference(wanted)
    ? undefined
    : `builds on ${image}`;
}

function otherCount(wanted: number | undefined, count: number): string | undefined {
  if (wanted === undefined || wanted === count) return undefined;
  return count === 1 ? "has one stage" : `has ${count} stages`;
}

function notCopied(wanted: string | true, stages: readonly Stage[]): string | undefined {
  const sources = stages.flatMap((stage, place) =>
    stage.instructions.flatMap(({ copiesFrom }) => {
      const source = copiesFrom === undefined ? undefined : findStage(copiesFrom, stages.slice(0, place));
      return source === undefined ? [] : [stages[source]?.name ?? String(source)];
    }),
  );
  if (sources.length === 0) return "copies nothing from another stage";
  if (wanted === true || sources.some((name) => name.toLowerCase() === wanted.toLowerCase())) return undefined;
  return `copies from ${listedAs("stage", [...new Set(sources)])}`;
}

function rootUser(stages: readonly Stage[]): string | undefined {
  const { user } = baseOf(stages.length - 1, stages);
  if (user === undefined) return "names no user, so its program runs as root";
  return /^(?:root|0)?(?::|$)/.test(user) ? `runs its program as the user ${user}` : undefined;
}

/** Through the stages that the one at `place` is built on: the image under them, and the user that was set last. */
function baseOf(place: number, stages: readonly Stage[]): { image: string; user: string | undefined } {
  const stage = stages[place];
  if (stage === undefined) return { image: "", user: undefined };
  const own = stage.instructions.findLast(({ keyword }) => keyword === "USER")?.texts[1];
  const under = findStage(stage.image, stages.slice(0, place), false);
  if (under === undefined) return { image: stage.image, user: own };
  const base = baseOf(under, stages);
  return { image: base.image, user: own ?? base.user };
}

/** The place of an earlier stage, by its name or, where Docker takes one, by its number. */
function findStage(name: string, earlier: readonly Stage[], byNumber = true): number | undefined {
  const place = earlier.findLastIndex((stage) => stage.name?.toLowerCase() === name.toLowerCase());
  if (place >= 0) return place;
  return byNumber && /^\d+$/.test(name) && Number(name) < earlier.length ? Number(name) : undefined;
}

function isInOrder(patterns: readonly string[], all: readonly ReadInstruction[]): boolean {
  let at = 0;
  for (const one of all) if (at < patterns.length && isLike(patterns[at] ?? "", one)) at++;
  return at === patterns.length;
}

function isLike(text: string, { keyword, texts }: ReadInstruction): boolean {
  const pattern = readPattern(text);
  if (pattern?.keyword !== keyword) return false;
  const { rest } = pattern;
  return rest === undefined || texts.some((each) => matchesPattern(rest, each));
}

function readPattern(text: string): { keyword: string; rest: string | undefined } | undefined {
  const [, keyword, rest] = /^([A-Za-z]+)(?:\s+(\S.*))?$/s.exec(text) ?? [];
  if (keyword === undefined || !isKeyword.test(keyword)) return undefined;
  try {
    return { keyword: keyword.toUpperCase(), rest: rest === undefined ? undefined : new RegExp(rest, "m").source };
  } catch {
    return undefined;
  }
}

const isKeyword =
  /^(?:add|arg|cmd|copy|entrypoint|env|expose|from|healthcheck|label|maintainer|onbuild|run|shell|stopsignal|user|volume|workdir)$/i;

function describe({ path = "Dockerfile", has, without, order, from, stages, copiesFrom, notRoot }: Parameters): string {
  const which = [
    has === undefined ? "" : "with the instructions that the step asks for",
    without === undefined ? "" : "without the instructions that the step does not want",
    order === undefined ? "" : "with its instructions in the order that the step asks for",
    from === undefined ? "" : `that builds on ${from}`,
    stages === undefined ? "" : stages === 1 ? "with one stage" : `with ${stages} stages`,
    copiesFrom === undefined
      ? ""
      : `that copies from ${copiesFrom === true ? "another stage" : `the stage ${copiesFrom}`}`,
    notRoot === true ? "whose program does not run as root" : "",
  ].filter((words) => words !== "");
  return described(`a Dockerfile${sayPlace(path)}`, which);
}

function sayPlace(path: string): string {
  const [, folder, name] = /^(?:(.*)\/)?([^/]*)$/.exec(path) ?? [];
  if (name !== "Dockerfile") return folder === undefined ? ` named ${path}` : ` at ${path}`;
  return folder === undefined ? "" : ` in ${folder}`;
}

function asList(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === "string" ? [value] : value;
}
