import type { Block } from "./dialect.ts";

/** A session as it was copied from a terminal: what was typed after `$`, and what came back. Undefined when nothing was typed. */
export function readSession(code: string, terminal: number): Block[] | undefined {
  const blocks: Block[] = [];
  let output: string[] = [];
  const flush = (): void => {
    const text = output
      .join("\n")
      .replace(/^(\s*\n)+/, "")
      .trimEnd();
    if (text !== "") blocks.push({ type: "output", code: text });
    output = [];
  };
  const lines = code.split("\n");
  while (lines.length > 0) {
    const line = lines.shift() ?? "";
    if (!/^\$ +\S/.test(line)) {
      if (!/^\$\s*$/.test(line)) output.push(line);
      continue;
    }
    flush();
    const typed = [line.replace(/^\$ +/, ""), ...takeContinuation(line, lines)];
    blocks.push({ type: "command", command: typed.join("\n").trimEnd(), terminal, interrupt: false });
  }
  flush();
  return blocks.some(({ type }) => type === "command") ? blocks : undefined;
}

/** The lines that belong to a command: after a backslash at the end of a line, and up to the end of what is given to it. */
function takeContinuation(line: string, lines: string[]): string[] {
  const taken: string[] = [];
  const take = (): string => {
    // The shell asks for more with a sign of its own.
    const next = (lines.shift() ?? "").replace(/^> ?/, "");
    taken.push(next);
    return next;
  };
  let last = line;
  while (/(^|[^\\])(\\\\)*\\$/.test(last) && lines.length > 0) last = take();
  const end = /<<-?\s*(["']?)(\w+)\1/.exec([line, ...taken].join("\n"))?.[2];
  if (end !== undefined && lines.some((each) => each.replace(/^> ?/, "").trim() === end)) {
    while (take().trim() !== end);
  }
  return taken;
}
