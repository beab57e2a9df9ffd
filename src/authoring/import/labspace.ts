import { parse } from "yaml";
import { z } from "zod";
import { cutAtFences, type Stretch } from "./fences.ts";
import { AuthoringError } from "../authoring-error.ts";
import { convertProse, type Dialect } from "./prose.ts";
import type { Block, ImportNote, Scenario, ScenarioFile, ScenarioReader, Section, SourceFolder } from "./scenario.ts";
import { noteUnknown, parseSource } from "./source-schema.ts";

/** `labspace.yaml`, as Docker's documentation of Labspaces has it. */
const description = z.looseObject({
  title: z.string(),
  description: z.string().optional(),
  sections: z.array(z.looseObject({ title: z.string(), contentPath: z.string() })).min(1),
});

const mark = "labspace.yaml";

/** Reads a Docker Labspace: sections become steps, the repository's other files go into the workspace. */
export const labspace: ScenarioReader = {
  format: "Docker Labspace",
  mark,
  async read(folder) {
    const source = await folder.text(mark);
    const {
      title,
      description: summary = "",
      sections: listed,
      ...others
    } = parseSource(source, mark, description, parse);
    const notes: ImportNote[] = [];
    noteUnknown(others, mark, notes);
    const terminals: string[] = [];
    const sections: Section[] = [];
    for (const { title: heading, contentPath, ...otherEntries } of listed) {
      noteUnknown(otherEntries, mark, notes);
      const blocks = convert(await folder.text(contentPath), contentPath, terminals);
      sections.push({ file: contentPath, title: heading, blocks, verify: undefined });
    }
    const files = await readProject(folder, new Set(listed.map(({ contentPath }) => contentPath)), sections, notes);
    return {
      format: labspace.format,
      title,
      description: summary,
      minutes: undefined,
      level: undefined,
      sections,
      files,
      notes,
    } satisfies Scenario;
  },
};

function convert(source: string, file: string, terminals: string[]): Block[] {
  return cutAtFences(source).flatMap((stretch): Block[] =>
    stretch.type === "prose"
      ? convertProse(stretch.lines, file, stretch.line, dialect)
      : convertFence(stretch, file, terminals),
  );
}

function convertFence(fence: Extract<Stretch, { type: "fence" }>, file: string, terminals: string[]): Block[] {
  const { line, indent, language, code } = fence;
  const notes: Block[] = [];
  const note = (reason: string, original: string): number =>
    notes.push({ type: "note", note: { file, line, reason, original } });
  let path: string | undefined;
  let terminal = 1;
  let isRun = /^(bash|shell|sh|console)$/.test(language);
  let isCopied = true;
  for (const word of fence.words.split(/\s+/).filter(Boolean)) {
    const [name, value = ""] = word.split(/=(.*)/s, 2) as [string, string?];
    if (name === "save-as") path = value.replace(/^\.?\//, "");
    else if (name === "no-run-button") isRun = false;
    else if (name === "no-copy-button") isCopied = false;
    else if (name === "terminal-id") terminal = terminalOf(value, terminals, note);
    else note("A word after a fence's language that is not known here.", word);
  }
  if (/\$\$\w+\$\$/.test(code)) note("The block uses a variable that the learner was asked for.", code);
  if (language === "mermaid") note("A Mermaid diagram; draw it as a picture.", code);
  if (path !== undefined && (path.startsWith("~") || path.split("/").includes(".."))) {
    note("A file was saved outside the workspace.", `save-as=${path}`);
    path = undefined;
  }
  if (path !== undefined) return [{ type: "file", indent, language, path, code }, ...notes];
  if (isRun) {
    const typed = language === "console" ? afterPrompts(code) : undefined;
    const command: Block = { type: "command", indent, command: typed?.command ?? code, terminal, interrupt: false };
    const output: Block[] = typed?.output ? [{ type: "output", indent, code: typed.output }] : [];
    return [command, ...output, ...notes];
  }
  if (isCopied) return [{ type: "copy", indent, language, code }, ...notes];
  return [
    /^(plaintext|text|console|)$/.test(language)
      ? { type: "output", indent, code }
      : { type: "code", indent, language, code },
    ...notes,
  ];
}

/** Terminals have names there and numbers here. */
function terminalOf(name: string, terminals: string[], note: (reason: string, original: string) => number): number {
  if (!terminals.includes(name)) terminals.push(name);
  const number = terminals.indexOf(name) + 1;
  if (number > 3) note("There are three terminals; this one is a fourth.", `terminal-id=${name}`);
  return Math.min(number, 3);
}

/** A session as it was copied from a terminal: the lines after `$` were typed, the others are what came back. */
function afterPrompts(code: string): { command: string; output: string } | undefined {
  const lines = code.split("\n");
  if (!lines.some((line) => line.startsWith("$ "))) return undefined;
  const pick = (typed: boolean): string =>
    lines
      .filter((line) => line.startsWith("$ ") === typed)
      .map((line) => line.replace(/^\$ /, ""))
      .join("\n")
      .trim();
  return { command: pick(true), output: pick(false) };
}

const dialect: Dialect = {
  inText(text, context) {
    return text
      .replace(/:{1,3}fileLink\[([^\]]*)\]\{([^}]*)\}/g, (original, words: string) => {
        context.note("A link opened a file in the editor; here the learner opens it.", original);
        return words;
      })
      .replace(/:{1,3}tabLink\[([^\]]*)\]\{([^}]*)\}/g, (original, words: string, attributes: string) => {
        const port = /localhost:(\d+)/.exec(attributes)?.[1];
        if (port !== undefined) {
          context.follow({
            type: "command",
            indent: "",
            command: `curl http://localhost:${port}`,
            terminal: 1,
            interrupt: false,
          });
        }
        context.note("A link opened a page in a tab; here a command fetches it inside the machine.", original);
        return words;
      })
      .replace(/:{1,3}(\w+)(\[[^\]]*\])?\{[^}]*\}/g, (original, name: string, words: string | undefined) => {
        const asks = name === "variableDefinition";
        context.note(
          asks ? "The learner was asked for a value." : `The directive “${name}” is not known here.`,
          original,
        );
        return asks ? "" : (words?.slice(1, -1) ?? "");
      })
      .replace(/\$\$(\w+)\$\$/g, (original, name: string) => {
        context.note("A variable that the learner was asked for.", original);
        return name.toUpperCase();
      });
  },
  afterCode: () => 0,
};

/** Everything else in the repository is the learner's project. */
async function readProject(
  folder: SourceFolder,
  pages: ReadonlySet<string>,
  sections: readonly Section[],
  notes: ImportNote[],
): Promise<ScenarioFile[]> {
  const pictures = new Set(
    sections.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.type === "picture" ? [block.source.replace(/^\.?\//, "")] : [])),
    ),
  );
  const files: ScenarioFile[] = [];
  for (const path of await folder.list()) {
    if (path === mark || pages.has(path) || pictures.has(path)) continue;
    try {
      if (path.startsWith(".labspace/") || /^\.git(hub|ignore|attributes)/.test(path)) {
        const reason = "A file that configures the Labspace and not the project.";
        notes.push({ file: path, line: 1, reason, original: await folder.text(path) });
      } else {
        files.push({ path, content: await folder.bytes(path), executable: await folder.isExecutable(path) });
      }
    } catch (error) {
      if (!(error instanceof AuthoringError)) throw error;
      notes.push({ file: path, line: 1, reason: `A file that was left out: ${error.message}`, original: path });
    }
  }
  return files;
}
