/** A piece of a shell's input. Spaces and comments are none. */
export interface ShellToken {
  readonly kind: "word" | "operator" | "redirection";
  /** Of a word: without its quotes; what is substituted stands as `$(…)`. */
  readonly text: string;
  /** As it was written; the end of a line with the here-documents that it ends at. */
  readonly from: number;
  readonly to: number;
  /** The commands whose output is put into a word, `docker ps -q` of `$(docker ps -q)`. */
  readonly substituted: readonly string[];
}

/** Nothing is expanded; what the shell would refuse is read as far as it goes. */
export function* shellTokens(source: string): Generator<ShellToken> {
  const hereDocuments: { readonly end: string; readonly hasTabs: boolean }[] = [];
  let opensHereDocument: boolean | undefined;
  let at = 0;
  while (at < source.length) {
    const from = at;
    const gap = match(/(?:[ \t\r]|\\\r?\n)+|#[^\n]*/y, source, at);
    if (gap !== "") {
      at += gap.length;
      continue;
    }
    const redirection = match(/&?>>?[&|]?(?!\()|<<<|<<-?|<[>&]?(?!\()/y, source, at);
    const operator = redirection === "" ? match(/&&|\|\||;;&?|;&|[;&|()\n]/y, source, at) : "";
    if (redirection !== "" || operator !== "") {
      at += redirection.length + operator.length;
      opensHereDocument = redirection === "<<" ? false : redirection === "<<-" ? true : undefined;
      if (operator === "\n") {
        for (const { end, hasTabs } of hereDocuments.splice(0)) at = endOfHereDocument(source, at, end, hasTabs);
      }
      const kind = operator === "" ? "redirection" : "operator";
      yield { kind, text: redirection + operator, from, to: at, substituted: [] };
      continue;
    }
    const word = readWord(source, at);
    at = word.to;
    if (opensHereDocument !== undefined) hereDocuments.push({ end: word.text, hasTabs: opensHereDocument });
    opensHereDocument = undefined;
    yield { kind: "word", from, ...word };
  }
}

type Word = Pick<ShellToken, "text" | "to" | "substituted">;

function readWord(source: string, from: number): Word {
  const substituted: string[] = [];
  let text = "";
  let at = from;
  for (;;) {
    const piece = match(wordPieces, source, at);
    const letter = source[at] ?? "";
    if (piece !== "") {
      text += piece.startsWith("\\") ? piece.slice(1).replace(/^\r?\n/, "") : piece;
      at += piece.length;
    } else if (letter === "'" || letter === '"' || opensSubstitution(source, at)) {
      const to = endOfQuoted(source, at);
      text +=
        letter === "'" ? source.slice(at + 1, closedBefore(source, at, to)) : readQuoted(source, at, to, substituted);
      at = to;
    } else if (letter === "" || /[\s;&|()<>]/.test(letter)) {
      return { text, to: at, substituted };
    } else {
      text += letter;
      at++;
    }
  }
}

/** What needs no look at its letters, and a single escaped one. */
const wordPieces = /[^\s;&|()<>'"\\$`]+|\\(?:\r?\n|[^]?)/y;

/** The text of a quoted or substituted piece; quotes within a substitution stay. */
function readQuoted(source: string, from: number, to: number, substituted: string[]): string {
  if (source[from] !== '"') return substitution(source.slice(from, to), substituted);
  const inner = source.slice(from + 1, closedBefore(source, from, to));
  let text = "";
  let at = 0;
  while (at < inner.length) {
    const piece = match(/[^\\$`]+|\\(?:\r?\n|[^])/y, inner, at);
    const end = piece === "" && opensSubstitution(inner, at) ? endOfQuoted(inner, at) : at + (piece.length || 1);
    const written = inner.slice(at, end);
    if (written.startsWith("\\")) text += written.replace(/^\\(?:\r?\n|(["\\$`]))/, "$1");
    else text += piece === "" && written.length > 1 ? substitution(written, substituted) : written;
    at = end;
  }
  return text;
}

/** Backticks are the older way to write `$(…)`. */
function substitution(written: string, substituted: string[]): string {
  if (written.startsWith("${") || written.startsWith("$((")) return written;
  const isOld = written.startsWith("`");
  const inner = written
    .slice(isOld ? 1 : 2)
    .replace(isOld ? /`$/ : /\)$/, "")
    .trim();
  substituted.push(inner);
  return `${isOld ? "$(" : written.slice(0, 2)}${inner})`;
}

function opensSubstitution(source: string, at: number): boolean {
  const two = source.slice(at, at + 2);
  return two.startsWith("`") || two === "$(" || two === "${" || two === "<(" || two === ">(";
}

/** Where a quoted or substituted piece ends: behind its last letter, or at the end of all. */
function endOfQuoted(source: string, from: number): number {
  const closers: string[] = [];
  for (let at = from; at < source.length; at++) {
    const letter = source[at] ?? "";
    const closer = closers.at(-1);
    if (letter === "\\" && closer !== "'") at++;
    else if (letter === closer) {
      closers.pop();
      if (closers.length === 0) return at + 1;
    } else if (closer !== "'") {
      const opened = openedBy(source.slice(at, at + 2), closer);
      if (opened !== undefined) closers.push(opened.closer);
      at += (opened?.length ?? 1) - 1;
    }
  }
  return source.length;
}

function openedBy(two: string, closer: string | undefined): { closer: string; length: number } | undefined {
  const [letter = ""] = two;
  if (two === "$(" || two === "${") return { closer: two === "$(" ? ")" : "}", length: 2 };
  if ((two === "<(" || two === ">(") && closer !== '"') return { closer: ")", length: 2 };
  if (letter === '"' || letter === "`") return { closer: letter, length: 1 };
  if (letter === "'" && closer !== '"') return { closer: letter, length: 1 };
  return letter === "(" && closer === ")" ? { closer: ")", length: 1 } : undefined;
}

/** The place of the closing letter, or the end where there is none. */
function closedBefore(source: string, from: number, to: number): number {
  return to > from + 1 && source[to - 1] === source[from] && (to < source.length || isClosed(source, from))
    ? to - 1
    : to;
}

/** Of what reaches to the end: whether that is its own closing letter. */
function isClosed(source: string, from: number): boolean {
  return endOfQuoted(`${source} `, from) === source.length;
}

function endOfHereDocument(source: string, from: number, end: string, hasTabs: boolean): number {
  let at = from;
  while (at < source.length) {
    const lineEnd = source.indexOf("\n", at);
    const to = lineEnd < 0 ? source.length : lineEnd + 1;
    const line = source.slice(at, lineEnd < 0 ? to : lineEnd).replace(/\r$/, "");
    at = to;
    if ((hasTabs ? line.replace(/^\t+/, "") : line) === end) break;
  }
  return at;
}

function match(pattern: RegExp, source: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0] ?? "";
}
