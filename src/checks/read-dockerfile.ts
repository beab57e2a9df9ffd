import type { Instruction, ModifiableInstruction } from "dockerfile-ast";
import { parseDockerfile } from "./parse-dockerfile.ts";

/** A Dockerfile as checks see it. */
export interface ReadDockerfile {
  readonly stages: readonly Stage[];
  /** What is not a Dockerfile's form, to follow the file's name; the first of it. */
  readonly problem: string | undefined;
}

export interface Stage {
  readonly name: string | undefined;
  /** With its variables filled in as far as they are known. */
  readonly image: string;
  /** Its `FROM` included. */
  readonly instructions: readonly ReadInstruction[];
}

export interface ReadInstruction {
  readonly keyword: string;
  /** Counted from 1. */
  readonly line: number;
  /** Its flags and arguments with one space between, as written, and with variables filled in. */
  readonly texts: readonly [written: string, filledIn: string];
  /** Of a `COPY`: the stage or image after `--from`. */
  readonly copiesFrom: string | undefined;
}

export function readDockerfile(text: string): ReadDockerfile {
  const dockerfile = parseDockerfile(text);
  const instructions = dockerfile.getInstructions();
  const names = dockerfile.getFROMs().map((from) => from.getBuildStage() ?? undefined);
  const stages: (Stage & { instructions: ReadInstruction[] })[] = [];
  for (const instruction of instructions) {
    const read = readInstruction(instruction);
    if (read.keyword === "FROM") {
      const image = instruction.getExpandedArguments()[0]?.getValue() ?? "";
      stages.push({ name: names[stages.length], image, instructions: [] });
    }
    stages.at(-1)?.instructions.push(read);
  }
  return { stages, problem: findProblem(instructions) };
}

function readInstruction(instruction: Instruction): ReadInstruction {
  const flags = hasFlags(instruction) ? instruction.getFlags() : [];
  const text = (words: readonly { getValue(): string }[]) =>
    [...flags.map(String), ...words.map((word) => word.getValue())].join(" ");
  return {
    keyword: instruction.getKeyword(),
    line: lineOf(instruction),
    texts: [text(instruction.getArguments()), text(instruction.getExpandedArguments())],
    copiesFrom: flags.find((flag) => flag.getName().toLowerCase() === "from")?.getValue() ?? undefined,
  };
}

function hasFlags(instruction: Instruction): instruction is ModifiableInstruction {
  return "getFlags" in instruction;
}

function findProblem(instructions: readonly Instruction[]): string | undefined {
  let hasFrom = false;
  for (const instruction of instructions) {
    const keyword = instruction.getKeyword();
    const where = `line ${lineOf(instruction)}`;
    const count = instruction.getArguments().length;
    if (!keywords.has(keyword)) return `begins ${where} with ${instruction.getInstruction()}, which is no instruction`;
    if (count === 0) return `has ${keyword} without anything after it in ${where}`;
    if (keyword === "FROM" && !isFrom(instruction)) return `has a FROM in ${where} that cannot be read`;
    if ((keyword === "COPY" || keyword === "ADD") && count < 2) {
      return `has ${keyword} in ${where} with one path, although it has a source and a destination`;
    }
    hasFrom ||= keyword === "FROM";
    if (!hasFrom && keyword !== "ARG") return `has ${keyword} in ${where} before the first FROM`;
  }
  return hasFrom ? undefined : "has no FROM";
}

/** `image` or `image AS stage`. */
function isFrom(instruction: Instruction): boolean {
  const words = instruction.getArguments().map((word) => word.getValue());
  return words.length === 1 || (words.length === 3 && words[1]?.toUpperCase() === "AS");
}

function lineOf(instruction: Instruction): number {
  return instruction.getRange().start.line + 1;
}

const keywords = new Set(
  (
    "ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME " +
    "WORKDIR"
  ).split(" "),
);
