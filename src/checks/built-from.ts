import type { Instruction } from "dockerfile-ast";
import { isStep, readStep, type HistoryStep } from "./history-step.ts";
import { parseDockerfile } from "./parse-dockerfile.ts";
import { listed } from "./listed.ts";

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
 * image's history ends with the instructions of the Dockerfile's stage, one by one and in order, and that under them are
 * exactly the layers of the image after `FROM`, where the engine has that one by itself. It does not prove what was in copied
 * files or which stage they came from, what a `RUN` did, what here-documents hold, or the values of variables, as engines
 * keep none of these; nor that no other file with the same instructions was used. Both BuildKit's and the classic builder's
 * histories are read.
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

function readStages(text: string): Stage[] {
  const stages: (Stage & { instructions: Instruction[] })[] = [];
  for (const instruction of parseDockerfile(text).getInstructions()) {
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

function sayWrong(instruction: Instruction | undefined, step: HistoryStep | undefined): string {
  const keyword = instruction?.getKeyword() ?? "";
  const line = (instruction?.getRange().start.line ?? 0) + 1;
  if (step === undefined) return `the ${keyword} of line ${line} is missing in it`;
  if (step.keyword === keyword) return `it was made by another ${keyword} than that of line ${line}`;
  return `where line ${line} has ${keyword}, it was made by ${step.keyword}`;
}
