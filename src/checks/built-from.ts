import { DockerfileParser, type Instruction } from "dockerfile-ast";
import { listed } from "./property.ts";

export interface BuiltImage {
  readonly target: string | undefined;
  /** Digests, oldest first. */
  readonly layers: readonly string[];
  /** What each step was made by, as the engine tells it, oldest first. */
  readonly history: readonly string[];
  /** `undefined` for an image that the engine does not have by itself. */
  base(
    reference: string,
  ): Promise<{ readonly layers: readonly string[]; readonly history: readonly string[] } | undefined>;
}

/**
 * Why an image was not built from this Dockerfile, in words; `undefined` if nothing speaks against it. It proves that the
 * image's history ends with the instructions of the Dockerfile's stage, one by one and in order, and that under them are exactly
 * the layers of the image after `FROM`, where the engine has that one. It does not prove what was in copied files, what a
 * `RUN` did, what here-documents hold, or values that come from variables, as engines keep none of these; nor that not another file of the same
 * instructions was used. Both BuildKit's and the classic builder's histories are read.
 */
export async function dockerfileDifference(text: string, image: BuiltImage): Promise<string | undefined> {
  const stages = readStages(text);
  const last = image.target === undefined ? stages.length - 1 : findStage(image.target, stages);
  if (last < 0) return image.target === undefined ? "the file has no FROM" : `the file has no stage ${image.target}`;
  const { from, instructions } = flatten(last, stages);
  const base =
    from === "scratch" ? { layers: [], history: [] } : from.includes("$") ? undefined : await image.base(from);
  if (base?.layers.some((layer, n) => layer !== image.layers[n])) return `it is not built on ${from} as that is now`;
  const below = base?.history.length ?? Math.max(0, image.history.length - instructions.length);
  const steps = image.history.slice(below).map(readStep);
  const wrong = instructions.findIndex((instruction, n) => !isStep(instruction, steps[n]));
  if (wrong >= 0) return sayWrong(instructions[wrong], steps[wrong]);
  const more = steps.slice(instructions.length).map(({ keyword }) => keyword);
  return more.length === 0 ? undefined : `it also has ${listed(more)}`;
}

interface Stage {
  readonly name: string | undefined;
  readonly from: string;
  readonly instructions: readonly Instruction[];
}

interface Step {
  readonly keyword: string;
  readonly rest: string;
}

function readStages(text: string): Stage[] {
  const stages: (Stage & { instructions: Instruction[] })[] = [];
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    if (instruction.getKeyword() === "FROM") {
      const from = instruction.getExpandedArguments()[0]?.getValue() ?? "";
      stages.push({ name: stageName(instruction), from, instructions: [] });
    } else {
      stages.at(-1)?.instructions.push(instruction);
    }
  }
  return stages;
}

/** `FROM image AS name`, after the flags. */
function stageName(from: Instruction): string | undefined {
  const words = from.getArguments().map((word) => word.getValue());
  return words[1]?.toUpperCase() === "AS" ? words[2] : undefined;
}

function findStage(name: string, stages: readonly Stage[]): number {
  const byName = stages.findLastIndex((stage) => stage.name?.toLowerCase() === name.toLowerCase());
  return byName >= 0 || !/^\d+$/.test(name) || Number(name) >= stages.length ? byName : Number(name);
}

/** The instructions of a stage and of those that it is built on. */
function flatten(place: number, stages: readonly Stage[]): { from: string; instructions: readonly Instruction[] } {
  const stage = stages[place];
  if (stage === undefined) return { from: "scratch", instructions: [] };
  const under = stages.slice(0, place).findLastIndex(({ name }) => name?.toLowerCase() === stage.from.toLowerCase());
  if (under < 0) return stage;
  const base = flatten(under, stages);
  return { from: base.from, instructions: [...base.instructions, ...stage.instructions] };
}

/** BuildKit: `COPY a b # buildkit`, `RUN |1 A=b /bin/sh -c make # buildkit`. Classic: `/bin/sh -c #(nop)  CMD ["sh"]`. */
function readStep(createdBy: string): Step {
  const text = createdBy.replace(/ # buildkit$/, "").trim();
  const [, quiet] = /^\/?\S* ?.*?#\(nop\)\s+([^]*)$/.exec(text) ?? [];
  const [, keyword, rest] = /^([A-Z]+)(?:\s+([^]*))?$/.exec(quiet ?? text) ?? [];
  if (keyword !== undefined && (quiet !== undefined || knownKeywords.has(keyword)))
    return { keyword, rest: rest ?? "" };
  return { keyword: "RUN", rest: text };
}

function isStep(instruction: Instruction, step: Step | undefined): boolean {
  const keyword = instruction.getKeyword();
  if (step?.keyword !== keyword) return false;
  const raw = instruction.getRawArgumentsContent() ?? "";
  if (/<<-?["']?\w/.test(raw)) return true;
  const words = jsonWords(raw);
  const written = squash(
    words?.join(" ") ??
      instruction
        .getArguments()
        .map((word) => word.getValue())
        .join(" "),
  );
  const found = squash(step.rest);
  switch (keyword) {
    case "RUN":
      return isRun(written, found, words === undefined);
    case "COPY":
    case "ADD":
      return fits(written, found.replace(/^(--\S+ )+/, "")) || isClassicCopy(written, found);
    case "CMD":
    case "ENTRYPOINT":
      return (
        found === (words === undefined ? `[/bin/sh -c ${written}]` : `[${written}]`) ||
        (words === undefined && found.endsWith(` -c ${written}]`))
      );
    case "ENV":
    case "LABEL":
      return propertiesOf(instruction).every((property) => fits(`*${property}*`, ` ${found} `, " "));
    case "ARG":
      return propertiesOf(instruction).every((property) => found.includes(property.split("=")[0] ?? ""));
    case "EXPOSE":
      return written
        .split(" ")
        .every((port) => port.includes("$") || new RegExp(`\\b${port.replace(/\/tcp$/, "")}\\b`).test(found));
    case "WORKDIR":
      return fits(`*${written.replace(/^\.\//, "").replace(/(.)\/$/, "$1")}`, found);
    case "HEALTHCHECK":
      return found.includes(squash(raw.replace(/^\s*CMD\s*/i, "").replace(/[[\],]/g, " ")).split("$")[0] ?? "");
    case "VOLUME":
    case "SHELL":
      return fits(`[${written}]`, found) || fits(written, found);
    case "ONBUILD":
    case "STOPSIGNAL":
    case "USER":
      return fits(written, found);
    default:
      return true;
  }
}

/** The classic builder names the copied files by a digest only: `file:1b2c in /bin/busybox`. */
function isClassicCopy(written: string, found: string): boolean {
  const [, destination] = /^(?:--\S+ )*(?:file|dir|multi):\S+ in (.*)$/.exec(found) ?? [];
  if (destination === undefined) return false;
  const wanted = written.split(" ").at(-1) ?? "";
  return fits(`*${wanted.replace(/^\.\/?/, "")}*`, destination);
}

/** Before the command come the build's arguments (`|1 A=b`) and, for one in one line, the shell. */
function isRun(written: string, found: string, inShell: boolean): boolean {
  if (!found.endsWith(written)) return false;
  const before = found.slice(0, found.length - written.length).trim();
  return inShell ? /(^|\s)-\S*c$/.test(before) : before === "" || /^\|\d+( [A-Za-z_]\w*=\S*)*$/.test(before);
}

/** Whether `found` is `written`, in which a variable stands for anything, and so does `*` if it begins or ends with it. */
function fits(written: string, found: string, edge = ""): boolean {
  const open = [written.startsWith("*"), written.endsWith("*") && written.length > 1] as const;
  const inner = edge + written.slice(open[0] ? 1 : 0, open[1] ? -1 : undefined) + edge;
  const pieces = inner
    .split(/\$(?:\{[^}]*\}|[A-Za-z_]\w*)/)
    .map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`${open[0] ? "" : "^"}${pieces.join("[^]*")}${open[1] ? "" : "$"}`).test(found);
}

/** `["A=b"]` of `ENV A b` or `ENV A="b"`. */
function propertiesOf(instruction: Instruction): string[] {
  if (!("getProperties" in instruction)) return [];
  const properties = (
    instruction as { getProperties(): { getName(): string; getValue(): string | null }[] }
  ).getProperties();
  return properties.map((property) => squash(`${property.getName()}=${property.getValue() ?? ""}`));
}

/** The words of `["a", "b"]`; `undefined` for the other form. */
function jsonWords(raw: string): string[] | undefined {
  if (!raw.trim().startsWith("[")) return undefined;
  try {
    const words: unknown = JSON.parse(raw.trim().replace(/\\\r?\n/g, ""));
    return Array.isArray(words) && words.every((word) => typeof word === "string") ? words : undefined;
  } catch {
    return undefined;
  }
}

/** Builders differ in how they write spaces, quotes and escapes. */
function squash(text: string): string {
  return text
    .replace(/[\\"']/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

function sayWrong(instruction: Instruction | undefined, step: Step | undefined): string {
  const keyword = instruction?.getKeyword() ?? "";
  const line = (instruction?.getRange().start.line ?? 0) + 1;
  if (step === undefined) return `the ${keyword} of line ${line} is missing in it`;
  if (step.keyword === keyword) return `it was made by another ${keyword} than that of line ${line}`;
  return `where line ${line} has ${keyword}, it was made by ${step.keyword}`;
}

const knownKeywords = new Set(
  "ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR".split(
    " ",
  ),
);
