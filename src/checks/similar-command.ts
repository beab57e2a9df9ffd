/**
 * Whether `line` has in it, one after the other, commands like those of `wanted`. Like means: the same program and the same words,
 * with at least the same flags; spaces, quotes, the order of flags, and `-it` for `-i -t` or `--name=a` for `--name a`
 * make no difference. `*` in `wanted` stands for any one word.
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

/** The simple commands of a shell's line as lists of words. Nothing is expanded; what the shell would refuse is read as far as it goes. */
export function readCommands(line: string): readonly (readonly string[])[] {
  const commands: string[][] = [];
  let words: string[] = [];
  const end = () => {
    const command = withoutPrefix(words);
    if (command.length > 0) commands.push(command);
    words = [];
  };
  for (const { word, isOperator } of tokens(line.slice(0, maxLetters))) {
    if (isOperator) end();
    else words.push(word);
  }
  end();
  return commands;
}

/** More than anyone types. */
const maxLetters = 16 * 1024;

interface Token {
  readonly word: string;
  readonly isOperator: boolean;
}

function* tokens(line: string): Generator<Token> {
  let word: string | undefined;
  const joined = line.replaceAll(/\\\r?\n/g, "");
  for (const [part] of joined.matchAll(parts)) {
    const isRedirection = /^&?[<>]/.test(part);
    const isOperator = !isRedirection && (/^[;&|()\n]/.test(part) || (part.startsWith("#") && word === undefined));
    const isSpace = /^[ \t]/.test(part);
    if (!isSpace && !isOperator && !isRedirection) {
      word = (word ?? "") + unquoted(part);
      continue;
    }
    if (word !== undefined) yield { word, isOperator: false };
    word = undefined;
    if (!isSpace) yield { word: part, isOperator };
  }
  if (word !== undefined) yield { word, isOperator: false };
}

/** Spaces, redirections, operators, comments, quoted parts, escaped letters and everything else. */
const parts =
  /[ \t]+|&?>>?&?|<<?-?|\n+|&&|\|\||[;&|()]|#[^\n]*|'[^']*'?|"(?:\\[^]|[^"\\])*"?|\\[^]?|[^\s;&|()<>'"\\#]+|[^]/g;

function unquoted(part: string): string {
  if (part.startsWith("'")) return part.replaceAll("'", "");
  if (part.startsWith('"'))
    return part
      .replace(/^"/, "")
      .replace(/(?<!\\)"$/, "")
      .replaceAll(/\\(["\\$`])/g, "$1");
  return part.startsWith("\\") ? part.slice(1) : part;
}

/** What stands before a program without being it: `A=b sudo docker ps` runs `docker`. */
function withoutPrefix(words: readonly string[]): string[] {
  const at = words.findIndex(
    (word) => !/^(?:[A-Za-z_]\w*=.*|sudo|time|command|exec|!|\{|then|do|if|while)$/s.test(word),
  );
  return at < 0 ? [] : words.slice(at);
}

function isLike(wanted: readonly string[], typed: readonly string[]): boolean {
  const want = split(wanted);
  const have = split(typed);
  if (!isWord(want.words[0]?.word, have.words[0]?.word)) return false;
  if (!isWithin(want.flags, have.flags)) return false;
  // What follows a flag may be its value, and so stand elsewhere.
  const fixed = want.words.filter(({ isLoose }) => !isLoose).map(({ word }) => word);
  const loose = want.words.filter(({ isLoose }) => isLoose).map(({ word }) => word);
  const all = have.words.map(({ word }) => word);
  return isInOrder(fixed, all) && isWithin([...fixed, ...loose], all);
}

interface Word {
  readonly word: string;
  readonly isLoose: boolean;
}

function split(command: readonly string[]) {
  const flags: string[] = [];
  const words: Word[] = [];
  let isLoose = false;
  for (const part of command) {
    const [, long, value] = /^(--[\w-]+)=(.*)$/s.exec(part) ?? [];
    if (long !== undefined) {
      flags.push(long);
      words.push({ word: value ?? "", isLoose: true });
      isLoose = false;
    } else if (/^-[A-Za-z]+$/.test(part)) {
      flags.push(...Array.from(part.slice(1), (letter) => `-${letter}`));
      isLoose = true;
    } else if (/^-./.test(part) && part !== "--") {
      flags.push(part);
      isLoose = true;
    } else {
      words.push({ word: part, isLoose });
      isLoose = false;
    }
  }
  return { flags, words };
}

function isInOrder(wanted: readonly string[], typed: readonly string[]): boolean {
  let at = 0;
  for (const word of typed) if (at < wanted.length && isWord(wanted[at], word)) at++;
  return at === wanted.length;
}

/** Each as often, in any order. */
function isWithin(wanted: readonly string[], typed: readonly string[]): boolean {
  const left = [...typed];
  // A star takes what the others leave.
  return [...wanted.filter((word) => word !== "*"), ...wanted.filter((word) => word === "*")].every((word) => {
    const at = left.findIndex((each) => isWord(word, each));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

function isWord(wanted: string | undefined, typed: string | undefined): boolean {
  return typed !== undefined && (wanted === "*" || wanted === typed);
}
