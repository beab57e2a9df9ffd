import { readDockerCommand } from "./docker-command.ts";
import { readArguments, type Arguments, type Flag, type FlagTable } from "./read-arguments.ts";
import { readCommands } from "./read-commands.ts";

/**
 * Whether `line` has in it, one after the other, commands like those of `wanted`. Like means: the same program and the same words, with at
 * least the same flags where the program looks for them. Spaces, quotes, the order of flags, `-it` for `-i -t` or `--name=a` for
 * `--name a`, and Docker's several names for one flag or command make no difference. `*` in `wanted` stands for any one word.
 */
export function isSimilarCommand(wanted: string, line: string): boolean {
  const typed = readCommands(line);
  let at = 0;
  for (const command of readCommands(wanted)) {
    while (at < typed.length && !isLike(command, typed[at] ?? [])) at++;
    if (at++ >= typed.length) return false;
  }
  return true;
}

function isLike([program, ...wanted]: readonly string[], [typedProgram, ...typed]: readonly string[]): boolean {
  if (!isWord(program, typedProgram)) return false;
  if (program === "docker") return isLikeDocker(wanted, typed);
  return isWithin(readArguments(wanted, anyFlags, "end"), readArguments(typed, anyFlags, "end"));
}

const anyFlags: FlagTable = { names: {}, others: "may take a value" };

function isLikeDocker(wantedParts: readonly string[], typedParts: readonly string[]): boolean {
  const wanted = readDockerCommand(wantedParts);
  const typed = readDockerCommand(typedParts);
  const path = [typed.path, typed.written].find((each) => wanted.path.every((word, n) => isWord(word, each[n])));
  if (path === undefined) return false;
  if (!hasFlags(wanted.flagsBefore, typed.flagsBefore)) return false;
  if (wanted.path.length < path.length) return true;
  if (!isWithin(wanted.arguments, typed.arguments)) return false;
  const { rest } = wanted.arguments;
  return rest.length === 0 || (wanted.runsAnother && isLike(rest, typed.arguments.rest));
}

function isWithin(wanted: Arguments, typed: Arguments): boolean {
  if (!hasFlags(wanted.flags, typed.flags)) return false;
  // What follows a flag may be its value, and so stand elsewhere.
  const fixed = wanted.words.filter(({ isLoose }) => !isLoose).map(({ word }) => word);
  const loose = wanted.words.filter(({ isLoose }) => isLoose).map(({ word }) => word);
  const all = typed.words.map(({ word }) => word);
  return isInOrder(fixed, all) && hasEach([...fixed, ...loose], all, isWord, isStar);
}

function hasFlags(wanted: readonly Flag[], typed: readonly Flag[]): boolean {
  return hasEach(wanted, typed, isFlag, ({ value }) => value === undefined || isStar(value));
}

function isFlag(wanted: Flag, typed: Flag): boolean {
  return wanted.name === typed.name && (wanted.value === undefined || isWord(wanted.value, typed.value));
}

function isInOrder(wanted: readonly string[], typed: readonly string[]): boolean {
  let at = 0;
  for (const word of typed) if (at < wanted.length && isWord(wanted[at], word)) at++;
  return at === wanted.length;
}

/** Each as often, in any order. What takes any takes what the others leave. */
function hasEach<T>(
  wanted: readonly T[],
  typed: readonly T[],
  isLike: (wanted: T, typed: T) => boolean,
  takesAny: (wanted: T) => boolean,
): boolean {
  const left = [...typed];
  return [...wanted.filter((each) => !takesAny(each)), ...wanted.filter(takesAny)].every((each) => {
    const at = left.findIndex((other) => isLike(each, other));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

function isWord(wanted: string | undefined, typed: string | undefined): boolean {
  return typed !== undefined && (wanted === typed || (wanted !== undefined && isStar(wanted)));
}

function isStar(word: string): boolean {
  return word === "*";
}
