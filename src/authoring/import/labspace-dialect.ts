import { isWorkspacePath, terminalLimit } from "../../lessons/code-block.ts";
import { readSession } from "./console-session.ts";
import type { Block, Claim, Dialect, Fence, Finding, Remark } from "./dialect.ts";
import { readFenceWords } from "./fence-words.ts";

/** What Labspaces add to Markdown: words after a fence's language, directives, and variables. One for each import: it counts terminals. */
export function createLabspaceDialect(): Dialect {
  const terminals: string[] = [];
  return {
    actsAfterFence: false,
    fence: (fence) => readFence(fence, terminals),
    // Only the note is about it: what is typed has to stay as it is.
    afterCode(code) {
      const [original] = /\$\$\w+\$\$/.exec(code) ?? [];
      if (original === undefined) return undefined;
      return { from: 0, to: 0, text: "", blocks: [], remarks: [{ reason: variable, original: code }] };
    },
    claims: readClaims,
    link: () => undefined,
  };
}

const variable = "A variable that the learner was asked for.";

function readFence(fence: Fence, terminals: string[]): Finding {
  const { code } = fence;
  const remarks: Remark[] = [];
  const note = (reason: string, original: string): number => remarks.push({ reason, original });
  // A fence without a language may still have words.
  const isWord = fence.language.includes("=");
  const language = isWord ? "" : fence.language;
  let path: string | undefined;
  let terminal = 1;
  let isRun = /^(bash|shell|sh|console)$/.test(language);
  let isCopied = true;
  for (const { name, value, original } of readFenceWords(isWord ? `${fence.language} ${fence.words}` : fence.words)) {
    if (name === "save-as") path = readPath(value, original, remarks);
    else if (name === "no-run-button") isRun = false;
    else if (name === "no-copy-button") isCopied = false;
    else if (name === "terminal-id") terminal = terminalOf(value, terminals, note);
    else note("A word after a fence's language that is not known here.", original);
  }
  if (/\$\$\w+\$\$/.test(code)) note("The block uses a variable that the learner was asked for.", code);
  if (language === "mermaid") note("A Mermaid diagram; draw it as a picture.", code);
  if (path !== undefined) return { blocks: [{ type: "file", language, path, code }], remarks };
  if (isRun && code.trim() !== "") {
    const session = language === "console" ? readSession(code, terminal) : undefined;
    return { blocks: session ?? [{ type: "command", command: code, terminal, interrupt: false }], remarks };
  }
  const isOutput = !isCopied && /^(plaintext|text|console|)$/.test(language);
  const block: Block = isOutput ? { type: "output", code } : { type: isCopied ? "copy" : "code", language, code };
  return { blocks: [block], remarks };
}

/** Where a file goes, below the workspace. */
function readPath(value: string, original: string, remarks: Remark[]): string | undefined {
  const path = value.replace(/^(\.\/+)+/, "");
  if (path.startsWith("~") || !isWorkspacePath(path)) {
    remarks.push({ reason: "A file was saved outside the workspace.", original });
    return undefined;
  }
  if (/\s|`/.test(path)) {
    remarks.push({ reason: "A file whose name a block cannot have here: choose one without spaces.", original });
    return undefined;
  }
  return path;
}

/** Terminals have names there and numbers here. */
function terminalOf(name: string, terminals: string[], note: (reason: string, original: string) => number): number {
  if (!terminals.includes(name)) terminals.push(name);
  const number = terminals.indexOf(name) + 1;
  if (number > terminalLimit) {
    note(`There are ${terminalLimit} terminals; this is one more.`, `terminal-id=${name}`);
  }
  return Math.min(number, terminalLimit);
}

function readClaims(source: string): Claim[] {
  const claims: Claim[] = [];
  for (const match of source.matchAll(/:{1,3}(\w+)(\[[^\]]*\])?\{([^}]*)\}|\$\$(\w+)\$\$/g)) {
    const { 0: original, 1: name, 2: label, 3: attributes = "", 4: asked, index: from } = match;
    const to = from + original.length;
    if (name === undefined) {
      claims.push({
        from,
        to,
        text: (asked ?? "").toUpperCase(),
        blocks: [],
        remarks: [{ reason: variable, original }],
      });
      continue;
    }
    const { reason, blocks } = readDirective(name, attributes);
    const start = from + original.indexOf("[") + 1;
    const keep =
      label === undefined || name === "variableDefinition" ? undefined : { from: start, to: start + label.length - 2 };
    claims.push({ from, to, ...(keep && { keep }), text: "", blocks, remarks: [{ reason, original }] });
  }
  return claims;
}

function readDirective(
  name: string,
  attributes: string,
): { readonly reason: string; readonly blocks: readonly Block[] } {
  switch (name) {
    case "fileLink":
      return { reason: "A link opened a file in the editor; here the learner opens it.", blocks: [] };
    case "tabLink": {
      const port = /localhost:(\d+)/.exec(attributes)?.[1];
      const command = `curl http://localhost:${port ?? ""}`;
      return {
        reason: "A link opened a page in a tab; here a command fetches it inside the machine.",
        blocks: port === undefined ? [] : [{ type: "command", command, terminal: 1, interrupt: false }],
      };
    }
    case "variableDefinition":
      return { reason: "The learner was asked for a value.", blocks: [] };
    default:
      return { reason: `The directive “${name}” is not known here.`, blocks: [] };
  }
}
