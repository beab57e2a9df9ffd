import { shellTokens, type ShellToken } from "../../checks/shell-tokens.ts";

/**
 * The complete commands of a script as a shell takes them, each with the comments before it: what goes on behind a backslash or an
 * operator, in a quotation, a here-document or a block stays together, as does what shares a line.
 */
export function splitCommands(script: string): string[] {
  const pieces: string[] = [];
  const blocks = createBlocks();
  let start = 0;
  let last: ShellToken | undefined;
  for (const token of shellTokens(script)) {
    const isLineEnd = token.kind === "operator" && token.text === "\n";
    if (isLineEnd && (last === undefined || goesOn(last))) continue;
    blocks.take(token, script.slice(token.from, token.to));
    last = token;
    if (!isLineEnd || blocks.areOpen) continue;
    pieces.push(script.slice(start, token.to));
    start = token.to;
    last = undefined;
  }
  const rest = script.slice(start);
  // Comments at the end go with what is before them.
  if (last === undefined && pieces.length > 0) pieces.push(`${pieces.pop() ?? ""}${rest}`);
  else pieces.push(rest);
  return pieces.map((piece) => piece.replace(/^(?:[ \t]*\r?\n)+/, "").trimEnd()).filter((piece) => piece !== "");
}

function goesOn({ kind, text }: ShellToken): boolean {
  return kind === "operator" && ["&&", "||", "|"].includes(text);
}

/** Follows which of the shell's blocks are open. */
function createBlocks() {
  const open: string[] = [];
  /** A word here is a command's name or the shell's own. */
  let isCommandPlace = true;
  let isNameOfFunction = false;
  return {
    get areOpen() {
      return open.length > 0;
    },
    take({ kind }: ShellToken, written: string): void {
      const isOwn = kind === "operator" || (kind === "word" && isCommandPlace);
      if (isOwn && written === open.at(-1)) open.pop();
      else if (isOwn) open.push(...(closers.get(written) ?? []));
      const isNamed = isNameOfFunction;
      isNameOfFunction = isOwn && written === "function";
      isCommandPlace = kind === "operator" || isNamed || (isOwn && beforeCommands.has(written));
    },
  };
}

/** What begins a block, with what ends it. */
const closers: ReadonlyMap<string, readonly [string]> = new Map([
  ["(", [")"]],
  ["{", ["}"]],
  ["case", ["esac"]],
  ["for", ["done"]],
  ["if", ["fi"]],
  ["select", ["done"]],
  ["until", ["done"]],
  ["while", ["done"]],
]);

const beforeCommands: ReadonlySet<string> = new Set("! { do elif else if then time until while".split(" "));
