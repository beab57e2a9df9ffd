import { shellTokens } from "./shell-tokens.ts";

/**
 * The simple commands of a shell's line as lists of words, in the order in which they begin: those whose output becomes a word of another
 * come before that one. Nothing is expanded; what the shell would refuse is read as far as it goes.
 */
export function readCommands(line: string): readonly (readonly string[])[] {
  return [...commandsOf(line.slice(0, maxLetters), 0)];
}

/** More than anyone types. */
const maxLetters = 16 * 1024;
/** Of substitutions in each other. */
const maxDepth = 4;

function* commandsOf(line: string, depth: number): Generator<string[]> {
  let words: string[] = [];
  for (const { kind, text, substituted } of shellTokens(line)) {
    if (depth < maxDepth) for (const inner of substituted) yield* commandsOf(inner, depth + 1);
    if (kind === "word") words.push(text);
    if (kind !== "operator") continue;
    yield* withoutPrefix(words);
    words = [];
  }
  yield* withoutPrefix(words);
}

/** What stands before a program without being it: `A=b sudo docker ps` runs `docker`. */
function withoutPrefix(words: readonly string[]): string[][] {
  const at = words.findIndex(
    (word) => !/^(?:[A-Za-z_]\w*=.*|sudo|time|command|exec|!|\{|then|do|if|while)$/s.test(word),
  );
  return at < 0 ? [] : [words.slice(at)];
}
