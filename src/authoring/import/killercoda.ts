import { z } from "zod";
import { cutAtFences } from "./fences.ts";
import { AuthoringError } from "../authoring-error.ts";
import { convertProse, type Dialect } from "./prose.ts";
import type { Block, ImportNote, Scenario, ScenarioFile, ScenarioReader, Section, SourceFolder } from "./scenario.ts";
import { noteUnknown, parseSource } from "./source-schema.ts";

/** A page of the scenario: Killercoda's `intro`, one of `steps`, or `finish`. */
const page = z.looseObject({
  title: z.string().optional(),
  text: z.string().optional(),
  verify: z.string().optional(),
  foreground: z.string().optional(),
  background: z.string().optional(),
});
type Page = z.infer<typeof page>;

const asset = z.looseObject({ file: z.string(), target: z.string(), chmod: z.string().optional() });

/** `index.json` of a scenario, as the documented examples of Killercoda have it. */
const index = z.looseObject({
  title: z.string(),
  description: z.string().optional(),
  difficulty: z.string().optional(),
  time: z.union([z.string(), z.number()]).optional(),
  details: z.looseObject({
    intro: page.optional(),
    steps: z.array(page).default([]),
    finish: page.optional(),
    assets: z.record(z.string(), z.array(asset)).default({}),
  }),
  backend: z.looseObject({ imageid: z.string().optional() }).optional(),
});

const mark = "index.json";

/** Reads a Killercoda scenario, and a Katacoda one, from which Killercoda's format comes. */
export const killercoda: ScenarioReader = {
  format: "Killercoda scenario",
  mark,
  async read(folder) {
    const source = await folder.text(mark);
    const {
      title,
      description = "",
      difficulty,
      time,
      details,
      backend,
      ...others
    } = parseSource(source, mark, index, JSON.parse);
    const notes: ImportNote[] = [];
    noteUnknown(others, mark, notes);
    const { intro, steps, finish, assets, ...otherDetails } = details;
    noteUnknown(otherDetails, mark, notes);
    const { imageid, ...otherBackend } = backend ?? {};
    noteUnknown(otherBackend, mark, notes);
    if (imageid !== undefined && !/^(ubuntu|docker|debian)/.test(imageid)) {
      const reason = "The original ran in an environment that the machine here is not.";
      notes.push({ file: mark, line: 1, reason, original: `backend.imageid: ${imageid}` });
    }
    const files = await readAssets(assets, folder, notes);
    const pages = [
      ...(intro ? [{ ...intro, title: intro.title ?? "Introduction" }] : []),
      ...steps.map((step, n) => ({ ...step, title: step.title ?? `Step ${n + 1}` })),
      ...(finish ? [{ ...finish, title: finish.title ?? "What you did" }] : []),
    ];
    if (pages.length === 0) {
      throw new AuthoringError("malformed", `${mark} names no page.`, {
        hint: "Give details.steps at least one entry.",
      });
    }
    const sections: Section[] = [];
    for (const each of pages) sections.push(await readPage(each, each.title, folder));
    return {
      format: killercoda.format,
      title,
      description,
      ...effort(time, difficulty, notes),
      sections,
      files,
      notes,
    } satisfies Scenario;
  },
};

async function readPage(given: Page, title: string, folder: SourceFolder): Promise<Section> {
  const { title: _, text, verify, foreground, background, ...others } = given;
  const file = text ?? mark;
  const blocks: Block[] = [];
  const notes: ImportNote[] = [];
  noteUnknown(others, mark, notes);
  for (const [name, script] of Object.entries({ foreground, background })) {
    if (script === undefined) continue;
    const reason = `A ${name} script ran when this page was opened; here nothing runs by itself.`;
    notes.push({ file: script, line: 1, reason, original: await folder.text(script) });
  }
  blocks.push(...notes.map((note): Block => ({ type: "note", note })));
  if (text !== undefined) blocks.push(...convert(await folder.text(text), text));
  const script = verify === undefined ? undefined : { file: verify, script: await folder.text(verify) };
  return { file, title, blocks, verify: script };
}

function convert(source: string, file: string): Block[] {
  return cutAtFences(source).flatMap((stretch): Block[] => {
    if (stretch.type === "prose") return convertProse(stretch.lines, file, stretch.line, dialect);
    const { line, indent, language, code, words, suffix } = stretch;
    const [action = "", ...options] = suffix.replace(/[{}]/g, "").trim().split(/\s+/);
    const rest: Block[] =
      words === "" ? [] : [noteOf(file, line, "Words after a fence's language mean nothing here.", words)];
    if (/^exec(ute)?$/i.test(action)) {
      return [{ type: "command", indent, command: code, ...readOptions(options) }, ...rest];
    }
    if (/^copy$/i.test(action)) return [{ type: "copy", indent, language, code }, ...rest];
    if (action !== "") rest.push(noteOf(file, line, "An action of a block that is not known here.", suffix));
    return [{ type: "code", indent, language, code }, ...rest];
  });
}

/** `interrupt` presses Ctrl+C first; Katacoda's `T2` is the second terminal. */
function readOptions(options: readonly string[]): { terminal: number; interrupt: boolean } {
  const terminal = options.map((option) => /^T([1-3])$/i.exec(option)?.[1]).find((number) => number !== undefined);
  return { terminal: Number(terminal ?? "1"), interrupt: options.includes("interrupt") };
}

const dialect: Dialect = {
  inText(text, context) {
    const replaced = text.replace(
      /\[([^\]]*)\]\(\{\{TRAFFIC_HOST(\d)_(\d+)\}\}([^)\s]*)\)/g,
      (original, words: string, host: string, port: string, path: string) => {
        context.follow({
          type: "command",
          indent: "",
          command: `curl http://localhost:${port}${path}`,
          terminal: 1,
          interrupt: false,
        });
        context.note(
          host === "1"
            ? `A link opened port ${port} in the browser; here a command fetches it inside the machine.`
            : "A link led to a second host; there is one machine here.",
          original,
        );
        return `${words} (port ${port})`;
      },
    );
    return replaced.replace(
      /\[([^\]]*)\]\(\{\{([^}]*)\}\}[^)]*\)|\{\{([^}]*)\}\}/g,
      (original, words: string | undefined) => {
        context.note("A placeholder that Killercoda fills in.", original);
        return words ?? "";
      },
    );
  },
  afterCode(code, following, context) {
    const action = /^\{\{([^}]*)\}\}/.exec(following);
    if (action === null) return 0;
    const [name = "", ...options] = (action[1] ?? "").trim().split(/\s+/);
    if (/^exec(ute)?$/i.test(name)) {
      context.follow({ type: "command", indent: "", command: code, ...readOptions(options) });
    } else if (name !== "" && !/^copy$/i.test(name)) {
      context.note("An action of a piece of code that is not known here.", action[0]);
    }
    return action[0].length;
  },
};

/** Assets are copied to hosts; what went to the learner's home goes to the workspace. */
async function readAssets(
  assets: Readonly<Record<string, readonly z.infer<typeof asset>[]>>,
  folder: SourceFolder,
  notes: ImportNote[],
): Promise<ScenarioFile[]> {
  const files: ScenarioFile[] = [];
  for (const [host, entries] of Object.entries(assets)) {
    for (const entry of entries) {
      const { file, target, chmod, ...others } = entry;
      noteUnknown(others, mark, notes);
      const places = file.includes("*") ? await matching(file, folder) : [`assets/${file}`];
      const inHome = /^(~|\/root|\/home\/[^/]+)(\/|$)/.exec(target);
      if (host !== "host01" || inHome === null) {
        const reason =
          host === "host01"
            ? "A file went to a place outside the learner's folder; here it lies in /workspace."
            : "A file went to another host; there is one machine here.";
        notes.push({ file: mark, line: 1, reason, original: JSON.stringify({ [host]: entry }) });
      }
      const below = inHome === null ? "" : target.slice(inHome[0].length);
      for (const place of places) {
        const name = place.slice(place.lastIndexOf("/") + 1);
        const path = [...below.split("/"), name].filter((part) => part !== "" && part !== "..").join("/");
        files.push({ path, content: await folder.bytes(place), executable: chmod?.includes("x") === true });
      }
    }
  }
  return files;
}

async function matching(pattern: string, folder: SourceFolder): Promise<string[]> {
  const literal = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  const wanted = new RegExp(`^assets/${literal.join("[^/]*")}$`);
  return (await folder.list("assets")).filter((name) => wanted.test(name));
}

/** Katacoda's `time` and `difficulty`. */
function effort(
  time: string | number | undefined,
  difficulty: string | undefined,
  notes: ImportNote[],
): Pick<Scenario, "minutes" | "level"> {
  const minutes = /\d+/.exec(String(time ?? ""))?.[0];
  const level = (["beginner", "intermediate", "advanced"] as const).find((each) => each === difficulty?.toLowerCase());
  if (difficulty !== undefined && level === undefined) {
    notes.push({ file: mark, line: 1, reason: "A difficulty that is not known here.", original: difficulty });
  }
  return { minutes: minutes === undefined ? undefined : Math.min(60, Math.max(1, Number(minutes))), level };
}

function noteOf(file: string, line: number, reason: string, original: string): Block {
  return { type: "note", note: { file, line, reason, original } };
}
