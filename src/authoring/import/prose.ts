import type { Block, ImportNote } from "./scenario.ts";

/** What a format adds to Markdown. Each answers what takes the place of a piece of text. */
export interface Dialect {
  /** Called with the text between inline code, before anything is escaped. May add blocks that follow the paragraph. */
  inText(text: string, context: ProseContext): string;
  /** Called for inline code with what follows it; answers how many characters of that belong to it. */
  afterCode(code: string, following: string, context: ProseContext): number;
}

export interface ProseContext {
  readonly file: string;
  /** Of the line under way, counted from 1. */
  readonly line: number;
  /** White space at the beginning of that line's block. */
  readonly indent: string;
  /** Puts a block after the paragraph. */
  follow(block: Block): void;
  note(reason: string, original: string): void;
}

/** Turns prose into Markdown that MDX reads as the same: braces and `<` escaped, HTML mapped or noted, callouts and pictures as blocks. */
export function convertProse(lines: readonly string[], file: string, firstLine: number, dialect: Dialect): Block[] {
  const blocks: Block[] = [];
  let text: string[] = [];
  let waiting: Block[] = [];
  const flush = (): void => {
    if (text.some((line) => line.trim() !== "")) blocks.push({ type: "prose", text: text.join("\n") });
    text = [];
    blocks.push(...waiting);
    waiting = [];
  };
  const prose = takeComments(lines, file, firstLine);
  for (let n = 0; n < prose.length; n++) {
    const { line, number, note } = prose[n] ?? { line: "", number: 0 };
    if (note !== undefined) {
      flush();
      blocks.push({ type: "note", note });
      continue;
    }
    const alert = /^\s*>\s*\[!(\w+)\]\s*$/.exec(line);
    if (alert !== null) {
      flush();
      const quoted: string[] = [];
      while (/^\s*>/.test(prose[n + 1]?.line ?? "")) quoted.push((prose[++n]?.line ?? "").replace(/^\s*>\s?/, ""));
      const inner = convertProse(quoted, file, number + 1, dialect);
      blocks.push(callout(alert[1] ?? "", inner), ...inner.filter(({ type }) => type !== "prose"));
      continue;
    }
    const code = indentedCode(prose, n);
    if (code > 0 && text.every((each) => each.trim() === "")) {
      flush();
      const taken = prose.slice(n, n + code).map((each) => each.line.slice(4));
      blocks.push({ type: "code", indent: "", language: "text", code: taken.join("\n").trimEnd() });
      n += code - 1;
      continue;
    }
    if (line.trim() === "" && waiting.length > 0) flush();
    const context: ProseContext = {
      file,
      line: number,
      indent: /^\s*/.exec(line)?.[0] ?? "",
      follow: (block) => waiting.push(block),
      note: (reason, original) =>
        waiting.push({ type: "note", note: { file, line: number, reason, original } satisfies ImportNote }),
    };
    const converted = convertLine(line, dialect, context);
    for (const piece of converted) {
      if (typeof piece === "string") {
        if (piece.trim() !== "" || line.trim() === "") text.push(piece);
      } else {
        flush();
        blocks.push(piece);
      }
    }
  }
  flush();
  return blocks;
}

interface NumberedLine {
  readonly line: string;
  readonly number: number;
  readonly note?: ImportNote;
}

/** HTML comments become notes: they may say something that matters to the author. */
function takeComments(lines: readonly string[], file: string, firstLine: number): NumberedLine[] {
  const result: NumberedLine[] = [];
  let comment: { line: number; text: string } | undefined;
  const close = (): void => {
    if (comment === undefined) return;
    const note = { file, line: comment.line, reason: "A comment of the author.", original: comment.text.trim() };
    result.push({ line: "", number: comment.line, note });
    comment = undefined;
  };
  lines.forEach((line, n) => {
    const number = firstLine + n;
    let rest = line;
    let kept = "";
    let hadComment = comment !== undefined;
    while (rest !== "") {
      const mark: number = rest.indexOf(comment === undefined ? "<!--" : "-->");
      if (comment === undefined) {
        kept += mark < 0 ? rest : rest.slice(0, mark);
        if (mark < 0) break;
        comment = { line: number, text: "" };
        hadComment = true;
        rest = rest.slice(mark + 4);
      } else {
        comment.text += mark < 0 ? `${rest}\n` : rest.slice(0, mark);
        if (mark < 0) break;
        rest = rest.slice(mark + 3);
        close();
      }
    }
    if (!hadComment || kept.trim() !== "") result.push({ line: kept, number });
  });
  close();
  return result;
}

/** How many lines from `n` on are a code block by indentation, which MDX does not know. */
function indentedCode(lines: readonly NumberedLine[], n: number): number {
  if (!/^ {4}\S/.test(lines[n]?.line ?? "") || (lines[n - 1]?.line.trim() ?? "") !== "") return 0;
  // Inside a list the same indentation only continues the item.
  const before = lines.slice(0, n).findLast(({ line }) => /^\S/.test(line))?.line ?? "";
  if (/^([-*+]|\d+[.)])\s/.test(before)) return 0;
  let count = 0;
  while (/^( {4}|\s*$)/.test(lines[n + count]?.line ?? "x")) count++;
  return count;
}

function callout(kind: string, inner: readonly Block[]): Block {
  const text = inner.flatMap((block) => (block.type === "prose" ? [block.text] : [])).join("\n\n");
  const title = kind.charAt(0).toUpperCase() + kind.slice(1).toLowerCase();
  const component = /warning|caution/i.test(kind) ? "Warning" : "Note";
  return { type: "callout", component, title, text };
}

/** The line in pieces: text that MDX reads as the same, and blocks that stood in it. */
function convertLine(line: string, dialect: Dialect, context: ProseContext): (string | Block)[] {
  const pieces: (string | Block)[] = [""];
  const add = (text: string): void => {
    const last = pieces.at(-1);
    if (typeof last === "string") pieces[pieces.length - 1] = last + text;
    else pieces.push(text);
  };
  let rest = line;
  while (rest !== "") {
    const code = /(`+)(?!`)(.*?[^`])\1(?!`)/.exec(rest);
    const text = code === null ? rest : rest.slice(0, code.index);
    for (const piece of convertText(dialect.inText(text, context), context)) {
      if (typeof piece === "string") add(piece);
      else pieces.push(piece);
    }
    if (code === null) break;
    add(code[0]);
    rest = rest.slice(code.index + code[0].length);
    rest = rest.slice(dialect.afterCode(code[2]?.trim() ?? "", rest, context));
  }
  // At the start of a line MDX would take these words for a program's.
  return pieces.map((piece) =>
    typeof piece === "string"
      ? piece.replace(/^(im|ex)port /, (_, start: string) => `&#${start.charCodeAt(0)};${start.slice(1)}port `)
      : piece,
  );
}

const tag =
  /<(https?:\/\/[^>\s]+|\/?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?\/?)>|!\[([^\]]*)\]\(([^)\s]+)(?:\s+"[^"]*")?\)|[{}<]/g;

function convertText(text: string, context: ProseContext): (string | Block)[] {
  const pieces: (string | Block)[] = [];
  let from = 0;
  const keep = (piece: string | Block): number => pieces.push(piece);
  for (const match of text.matchAll(tag)) {
    keep(text.slice(from, match.index));
    from = match.index + match[0].length;
    const [all, inTag, alt, source] = match;
    if (source !== undefined) keep({ type: "picture", source, alt: alt ?? "", line: context.line });
    else if (inTag === undefined) keep(`\\${all}`);
    else if (inTag.startsWith("http")) keep(`[${inTag}](${inTag})`);
    else keep(convertTag(inTag, all, context));
  }
  keep(text.slice(from));
  return pieces;
}

/** Tags with a sign of their own in Markdown. */
const signs: Readonly<Record<string, string>> = {
  b: "**",
  strong: "**",
  i: "_",
  em: "_",
  code: "`",
  br: "",
  hr: "",
  p: "",
};

function convertTag(inside: string, whole: string, context: ProseContext): string | Block {
  const name = /^\/?([A-Za-z0-9-]+)/.exec(inside)?.[1]?.toLowerCase() ?? "";
  const isClosing = inside.startsWith("/");
  const sign = signs[name];
  if (sign !== undefined) return sign;
  if (name === "kbd") return isClosing ? "</kbd>" : "<kbd>";
  if (name === "details") return isClosing ? { type: "details-close" } : { type: "details-open", title: "" };
  if (name === "summary") return isClosing ? "\uE001" : "\uE000";
  if (name === "img") {
    const source = attribute(inside, "src");
    if (source !== undefined) {
      return { type: "picture", source, alt: attribute(inside, "alt") ?? "", line: context.line };
    }
  }
  if (!isClosing) context.note(`The HTML element <${name}> has no place in a lesson.`, whole);
  return "";
}

function attribute(inside: string, name: string): string | undefined {
  return new RegExp(String.raw`\s${name}\s*=\s*["']([^"']*)["']`, "i").exec(inside)?.[1];
}

/** The words between `<summary>` and `</summary>` as `convertProse` leaves them, and the text without them. */
export function takeSummary(text: string): { readonly summary: string; readonly rest: string } {
  const found = /\uE000([^\uE001]*)\uE001/.exec(text);
  if (found === null) return { summary: "", rest: text };
  return { summary: found[1]?.trim() ?? "", rest: text.replace(found[0], "") };
}
