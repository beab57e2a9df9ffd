/** A stretch of Markdown: prose as it stands, or one fenced block. */
export type Stretch =
  | { readonly type: "prose"; readonly line: number; readonly lines: readonly string[] }
  | {
      readonly type: "fence";
      readonly line: number;
      readonly indent: string;
      readonly language: string;
      /** What follows the language on the opening line. */
      readonly words: string;
      readonly code: string;
      /** What follows the closing fence on its line; Markdown knows no such thing, Killercoda does. */
      readonly suffix: string;
    };

/**
 * Cuts Markdown at its fences. Other than in CommonMark, a closing fence may be followed by `{{…}}`. A fence that is never
 * closed goes on to the end, as in CommonMark.
 */
export function cutAtFences(source: string): Stretch[] {
  const stretches: Stretch[] = [];
  const lines = source.split("\n");
  let prose: string[] = [];
  let start = 0;
  const flush = (): void => {
    if (prose.length > 0) stretches.push({ type: "prose", line: start + 1, lines: prose });
    prose = [];
  };
  for (let n = 0; n < lines.length; n++) {
    const opening = /^(\s*)(`{3,}|~{3,})\s*([^\s`{]*)\s*([^`]*)$/.exec(lines[n] ?? "");
    if (opening === null) {
      if (prose.length === 0) start = n;
      prose.push(lines[n] ?? "");
      continue;
    }
    flush();
    const [, indent = "", mark = "", language = "", words = ""] = opening;
    const closing = new RegExp(String.raw`^\s*${mark[0] ?? ""}{${mark.length},}\s*(\{\{.*\}\})?\s*$`);
    const line = n + 1;
    const code: string[] = [];
    let suffix = "";
    for (n++; n < lines.length; n++) {
      const end = closing.exec(lines[n] ?? "");
      if (end !== null) {
        suffix = end[1] ?? "";
        break;
      }
      code.push(withoutIndent(lines[n] ?? "", indent.length));
    }
    stretches.push({ type: "fence", line, indent, language, words: words.trim(), code: code.join("\n"), suffix });
  }
  flush();
  return stretches;
}

function withoutIndent(line: string, width: number): string {
  return line.replace(new RegExp(String.raw`^\s{0,${width}}`), "");
}
