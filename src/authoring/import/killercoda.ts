import { z } from "zod";
import { AuthoringError } from "../authoring-error.ts";
import { convertPage } from "./convert-page.ts";
import { assetsSchema, readAssets } from "./killercoda-assets.ts";
import { killercodaDialect } from "./killercoda-dialect.ts";
import { readEffort } from "./killercoda-effort.ts";
import { noteFiles } from "./note-files.ts";
import { openPictures, type Pictures } from "./pictures.ts";
import { recordReading } from "./record-reading.ts";
import type { ImportNote, Part, Scenario, ScenarioReader, Section, SourceFolder } from "./scenario.ts";
import { noteUnknown, parseSource } from "./source-schema.ts";
import { readVerify } from "./verify-script.ts";
import { writeNote } from "./write-note.ts";

/** A page of the scenario: Killercoda's `intro`, one of `steps`, or `finish`. */
const page = z.looseObject({
  title: z.string().optional(),
  text: z.string().optional(),
  verify: z.string().optional(),
  foreground: z.string().optional(),
  background: z.string().optional(),
});
type Page = z.infer<typeof page>;

/** `index.json` of a scenario, as the documented examples of Killercoda have it. */
const index = z.looseObject({
  title: z.string().trim().min(1),
  description: z.string().optional(),
  difficulty: z.string().optional(),
  time: z.union([z.string(), z.number()]).optional(),
  details: z.looseObject({
    intro: page.optional(),
    steps: z.array(page).default([]),
    finish: page.optional(),
    assets: assetsSchema.default({}),
  }),
  backend: z.looseObject({ imageid: z.string().optional() }).optional(),
});

const mark = "index.json";

/** Reads a Killercoda scenario, and a Katacoda one, from which Killercoda's format comes. */
export const killercoda: ScenarioReader = {
  format: "Killercoda scenario",
  mark,
  async read(source) {
    const { folder, unread } = recordReading(source);
    const {
      title,
      description = "",
      difficulty,
      time,
      details,
      backend,
      ...others
    } = parseSource(await folder.text(mark), mark, index, JSON.parse);
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
    const files = await readAssets(assets, folder, mark, notes);
    const pages = [
      ...(intro ? [titled(intro, "Introduction")] : []),
      ...steps.map((step, n) => titled(step, `Step ${n + 1}`)),
      ...(finish ? [titled(finish, "What you did")] : []),
    ];
    if (pages.length === 0) {
      throw new AuthoringError("malformed", `${mark} names no page.`, {
        hint: "Give details.steps at least one entry.",
      });
    }
    const pictures = await openPictures(source);
    const sections: Section[] = [];
    for (const each of pages) sections.push(await readPage(each, folder, pictures));
    const taken = pictures.taken();
    const left = (await unread()).filter((path) => !taken.has(path));
    notes.push(...(await noteFiles(left, "A file that nothing in the scenario names.", source)));
    return {
      format: killercoda.format,
      title,
      description,
      ...readEffort({ time, difficulty }, mark, notes),
      sections,
      files,
      pictures: [...taken.values()],
      notes,
    } satisfies Scenario;
  },
};

function titled(given: Page, otherwise: string): Page & { readonly title: string } {
  const title = given.title?.trim() ?? "";
  return { ...given, title: title === "" ? otherwise : title };
}

async function readPage(
  given: Page & { readonly title: string },
  folder: SourceFolder,
  pictures: Pictures,
): Promise<Section> {
  const { title, text, verify, foreground, background, ...others } = given;
  const file = text ?? mark;
  const notes: ImportNote[] = [];
  noteUnknown(others, mark, notes);
  for (const [name, script] of Object.entries({ foreground, background })) {
    if (script === undefined) continue;
    const reason = `A ${name} script ran when this page was opened; here nothing runs by itself.`;
    notes.push({ file: script, line: 1, reason, original: await folder.text(script) });
  }
  const script = verify === undefined ? undefined : readVerify(verify, await folder.text(verify));
  if (typeof script === "object") notes.push(script);
  const before = notes.map((note): Part => ({ ...nothing, text: writeNote(note), notes: [note] }));
  const parts =
    text === undefined
      ? []
      : convertPage({ source: await folder.text(text), file, title }, killercodaDialect, pictures);
  return { file, title, parts: [...before, ...parts], verify: typeof script === "string" ? script : undefined };
}

const nothing = { fold: undefined, actions: [], mapped: [], notes: [] } satisfies Omit<Part, "text">;
