// Over 250 lines because it is one walk over a scenario, which writes as it goes and counts what it wrote.
import { stringify } from "yaml";
import { slug } from "../slug.ts";
import { takeSummary } from "./prose.ts";
import type { Block, ImportNote, Scenario, Section } from "./scenario.ts";

/** A lesson as it is to be written: its MDX, and which pictures of the imported folder go beside it. */
export interface WrittenLesson {
  readonly source: string;
  /** Name beside `lesson.mdx` by path in the imported folder. */
  readonly pictures: ReadonlyMap<string, string>;
  /** How many of each thing found its place, by name. */
  readonly mapped: ReadonlyMap<string, number>;
  /** What did not; each stands in the lesson as a comment that begins with `IMPORT`. */
  readonly notes: readonly ImportNote[];
}

/** Writes a scenario as a lesson. `hasPicture` tells whether a path is a picture in the imported folder. */
export function writeLesson(scenario: Scenario, hasPicture: (path: string) => boolean): WrittenLesson {
  const writer = new LessonWriter(hasPicture);
  const body = [
    ...scenario.notes.map((note) => writer.note(note)),
    ...scenario.sections.map((section) => writer.section(section)),
  ];
  const steps = scenario.sections.filter(isStep).map(({ title }) => title);
  return {
    source: `${[frontMatter(scenario, steps, writer), ...body]
      .join("\n\n")
      .replace(/\n{3,}/g, "\n\n")
      .trim()}\n`,
    pictures: writer.pictures,
    mapped: writer.mapped,
    notes: writer.notes,
  };
}

function frontMatter(scenario: Scenario, steps: readonly string[], writer: LessonWriter): string {
  const { title, description, minutes, level, format } = scenario;
  const fullSummary = description.replace(/\s+/g, " ").trim() || title;
  const missing = [
    ...(minutes === undefined ? ["minutes"] : []),
    ...(level === undefined ? ["level"] : []),
    "objectives",
  ];
  const reason = `A ${format} does not say these entries of the front matter; they are guesses to put right.`;
  const file = scenario.sections[0]?.file ?? "";
  const commands = writer.mapped.get("commands") ?? 0;
  const values = {
    title: shorten(title, 80),
    summary: shorten(fullSummary, 240),
    minutes: minutes ?? Math.min(60, Math.max(5, commands * 2)),
    level: level ?? "beginner",
    objectives: steps.length > 0 ? [...steps] : [title],
    machine: { terminals: writer.terminals },
  };
  const notes = [
    writer.note({ file, line: 1, reason, original: missing.join(", ") }),
    ...(fullSummary.length > 240
      ? [
          writer.note({
            file,
            line: 1,
            reason: "A description that is longer than a summary may be.",
            original: fullSummary,
          }),
        ]
      : []),
  ];
  return `---\n${stringify(values, { lineWidth: 120 })}---\n\n${notes.join("\n\n")}`;
}

class LessonWriter {
  readonly pictures = new Map<string, string>();
  readonly mapped = new Map<string, number>();
  readonly notes: ImportNote[] = [];
  terminals = 1;
  readonly #hasPicture: (path: string) => boolean;
  readonly #ids = new Set<string>();

  constructor(hasPicture: (path: string) => boolean) {
    this.#hasPicture = hasPicture;
  }

  note(note: ImportNote): string {
    this.notes.push(note);
    const original = note.original.replaceAll("*/", "* /").trimEnd();
    return `{/* IMPORT ${note.file}:${note.line}: ${note.reason}\n${original}\n*/}`;
  }

  section(section: Section): string {
    const doing = isStep(section);
    this.#count(doing ? "steps" : "pages of prose");
    const blocks = withoutTitle(normaliseHeadings(section.blocks), section.title);
    if (!doing) return `## ${section.title}\n\n${this.#write(blocks, section)}`;
    const id = this.#newId(section.title);
    const { body, hints: folded } = takeDetails(blocks);
    const solutions = folded.filter(isSolution);
    const hints = folded.filter((each) => !isSolution(each));
    const inside = solutions.flatMap((solution) => solution.blocks);
    const actions = (inside.length > 0 ? inside : blocks).filter(isAction);
    const parts = [
      `<Step id="${id}" title=${JSON.stringify(section.title).replaceAll(String.raw`\"`, "'")}>`,
      this.#write(body, section),
      this.#checks(section, actions),
      ...hints.map((hint) => this.#hint(hint, section)),
      ...(hints.length === 0 ? [this.#guessedHint(section)] : []),
      this.#solution(section, inside.length > 0 ? inside : actions),
      "</Step>",
    ];
    return parts.join("\n\n");
  }

  #write(blocks: readonly Block[], section: Section): string {
    return blocks.map((block) => this.#block(block, section)).join("\n\n");
  }

  #block(block: Block, section: Section): string {
    switch (block.type) {
      case "prose": {
        const { summary, rest } = takeSummary(block.text);
        return summary === "" ? rest : `**${summary}**\n\n${rest}`;
      }
      case "code":
        this.#count("code blocks");
        return fence(block.indent, block.language || "text", block.code);
      case "copy":
        this.#count("blocks to copy");
        return fence(block.indent, `${block.language || "text"} copy`, block.code);
      case "output":
        this.#count("outputs");
        return fence(block.indent, "output", block.code);
      case "command":
        this.#count("commands");
        this.terminals = Math.max(this.terminals, block.terminal);
        return fence(block.indent, commandWords(block), block.command);
      case "file":
        this.#count("files to write");
        return fence(block.indent, `${block.language || "text"} file=${block.path} write`, block.code);
      case "picture":
        return this.#picture(block, section);
      case "callout":
        this.#count("callouts");
        return `<${block.component} title="${block.title}">\n\n${block.text}\n\n</${block.component}>`;
      case "details-open":
      case "details-close":
        // In a step these are hints by now; elsewhere what was folded away is shown.
        return "";
      case "note":
        return this.note(block.note);
    }
  }

  #picture(block: Extract<Block, { type: "picture" }>, section: Section): string {
    const { source, alt, line } = block;
    const folder = section.file.slice(0, section.file.lastIndexOf("/") + 1);
    const path = [source, `${folder}${source}`, `assets/${source}`]
      .map((each) => each.replace(/^\.?\//, ""))
      .find((each) => !/^[a-z]+:/i.test(each) && this.#hasPicture(each));
    if (path === undefined) {
      const reason = "A picture that is not in the folder. Put it beside the lesson and show it with <Figure>.";
      return this.note({ file: section.file, line, reason, original: `![${alt}](${source})` });
    }
    this.#count("pictures");
    const name = path.slice(path.lastIndexOf("/") + 1);
    this.pictures.set(path, name);
    const words = alt.trim().replaceAll('"', "'");
    const figure = `<Figure src="${name}" alt="${words || name}" />`;
    if (words !== "") return figure;
    const reason = "A picture without words for those who do not see it: write its alt.";
    return `${figure}\n\n${this.note({ file: section.file, line, reason, original: `![](${source})` })}`;
  }

  #hint(hint: Details, section: Section): string {
    this.#count("hints");
    const title = hint.title === "" || /^hint\W*$/i.test(hint.title) ? "" : `**${hint.title}**\n\n`;
    return `<Hint>\n\n${title}${this.#write(hint.blocks, section)}\n\n</Hint>`;
  }

  #guessedHint({ file }: Section): string {
    const reason = "The original has no hint here; this one is only there because a step needs one.";
    const note = this.note({ file, line: 1, reason, original: "(none)" });
    return `${note}\n\n<Hint>Read the step again from the top, and do its commands in their order.</Hint>`;
  }

  #checks(section: Section, actions: readonly Action[]): string {
    const { verify } = section;
    if (verify !== undefined) {
      this.#count("checks");
      const script = verify.script.replace(/^#!.*\n/, "").trim();
      const code = script.replace(/[\\`]|\$\{/g, String.raw`\$&`);
      return `<Check kind="command" run={\`${code}\`} exitCode={0} />`;
    }
    const reason =
      "The original does not check this step; this check only sees that its last command was run or its files are there.";
    const note = this.note({ file: section.file, line: 1, reason, original: "(none)" });
    const command = actions.findLast((action) => action.type === "command");
    const line = command?.command.trim().split("\n").at(-1)?.trim() ?? "";
    const files = actions
      .filter((action) => action.type === "file")
      .map(({ path }) => `<Check kind="file" path=${JSON.stringify(path)} />`);
    const terminal = line === "" ? [] : [`<Check kind="terminal" command={${JSON.stringify(line)}} />`];
    return [note, ...new Set(files), ...terminal].join("\n\n");
  }

  #solution(section: Section, blocks: readonly Block[]): string {
    const { file } = section;
    if (blocks.length === 0) {
      const reason = "The original has no solution here. Write what solves the step in place of this command.";
      return `${this.note({ file, line: 1, reason, original: "(none)" })}\n\n<Solution>\n\n${fence("", "sh run", "true")}\n\n</Solution>`;
    }
    const shown = blocks.map((block) =>
      block.type === "file"
        ? fence("", `${block.language || "text"} file=${block.path}`, block.code)
        : block.type === "command"
          ? fence("", commandWords(block), block.command)
          : this.#block(block, section),
    );
    return `<Solution>\n\n${shown.join("\n\n")}\n\n</Solution>`;
  }

  #newId(title: string): string {
    const base = slug(title, "step");
    let id = base;
    for (let n = 2; this.#ids.has(id); n++) id = `${base}-${n}`;
    this.#ids.add(id);
    return id;
  }

  #count(what: string): void {
    this.mapped.set(what, (this.mapped.get(what) ?? 0) + 1);
  }
}

type Action = Extract<Block, { type: "command" | "file" }>;

interface Details {
  readonly title: string;
  readonly blocks: readonly Block[];
}

function isAction(block: Block): block is Action {
  return block.type === "command" || block.type === "file";
}

/** What was folded away as the solution, and can be carried out. */
function isSolution({ title, blocks }: Details): boolean {
  return (
    /solution|answer/i.test(title) &&
    blocks.some(isAction) &&
    blocks.every((block) => isAction(block) || block.type === "prose")
  );
}

/** There is something to do in it; the others are read. */
function isStep({ blocks, verify }: Section): boolean {
  return verify !== undefined || blocks.some(isAction);
}

/** What was folded away becomes hints, and leaves the body. */
function takeDetails(blocks: readonly Block[]): {
  readonly body: readonly Block[];
  readonly hints: readonly Details[];
} {
  const body: Block[] = [];
  const hints: Details[] = [];
  let inside: Block[] | undefined;
  const close = (): void => {
    if (inside === undefined) return;
    let title = "";
    const cleaned = inside.map((block): Block => {
      if (block.type !== "prose") return block;
      const { summary, rest } = takeSummary(block.text);
      title ||= summary;
      return { type: "prose", text: rest.trim() };
    });
    hints.push({ title, blocks: cleaned });
    inside = undefined;
  };
  for (const block of blocks) {
    if (block.type === "details-close") close();
    else if (block.type === "details-open") {
      close();
      inside = [];
    } else (inside ?? body).push(block);
  }
  close();
  return { body, hints };
}

/** Under a step's or a section's title the first heading is of the third level. */
function normaliseHeadings(blocks: readonly Block[]): Block[] {
  const withAtx = blocks.map((block): Block =>
    block.type === "prose" ? { type: "prose", text: block.text.replace(setext, underlined) } : block,
  );
  const levels = withAtx.flatMap((block) =>
    block.type === "prose" ? [...block.text.matchAll(atx)].map(([, signs = ""]) => signs.length) : [],
  );
  const shift = Math.max(0, 3 - Math.min(...levels, 3));
  return withAtx.map((block) =>
    block.type === "prose"
      ? {
          type: "prose",
          text: block.text.replace(atx, (_, signs: string) => `${"#".repeat(Math.min(6, signs.length + shift))} `),
        }
      : block,
  );
}

const atx = /^(#{1,6})[ \t]+/gm;
const setext = /^(\S.*)\n(=+|-{2,})[ \t]*$/gm;

function underlined(_: string, words: string, line: string): string {
  return `${line.startsWith("=") ? "#" : "##"} ${words}`;
}

/** A page that repeats its title as its first heading says it once. */
function withoutTitle(blocks: readonly Block[], title: string): readonly Block[] {
  const [first, ...rest] = blocks;
  if (first?.type !== "prose") return blocks;
  const text = first.text.replace(/^\s*#{1,6}[ \t]+(.+)\n?/, (line, words: string) =>
    words.trim() === title.trim() ? "" : line,
  );
  return [{ type: "prose", text }, ...rest];
}

function commandWords({ terminal, interrupt }: Extract<Block, { type: "command" }>): string {
  return ["sh run", ...(terminal === 1 ? [] : [`terminal=${terminal}`]), ...(interrupt ? ["interrupt"] : [])].join(" ");
}

/** Longer than any run of backticks in the code. */
function fence(indent: string, words: string, code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const mark = "`".repeat(longest + 1);
  return [`${mark}${words}`, ...code.replace(/\n+$/, "").split("\n"), mark]
    .map((line) => `${indent}${line}`)
    .join("\n");
}

function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}
