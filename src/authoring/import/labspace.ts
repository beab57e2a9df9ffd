import { posix } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { AuthoringError } from "../authoring-error.ts";
import { convertPage } from "./convert-page.ts";
import { createLabspaceDialect } from "./labspace-dialect.ts";
import { noteFiles } from "./note-files.ts";
import { openPictures } from "./pictures.ts";
import type { ImportNote, Scenario, ScenarioFile, ScenarioReader, Section, SourceFolder } from "./scenario.ts";
import { noteUnknown, parseSource } from "./source-schema.ts";

/** `labspace.yaml`, as Docker's documentation of Labspaces has it. */
const description = z.looseObject({
  title: z.string().trim().min(1),
  description: z.string().optional(),
  sections: z.array(z.looseObject({ title: z.string().trim().min(1), contentPath: z.string() })).min(1),
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
    const dialect = createLabspaceDialect();
    const pictures = await openPictures(folder);
    const sections: Section[] = [];
    for (const { title: heading, contentPath, ...otherEntries } of listed) {
      noteUnknown(otherEntries, mark, notes);
      const page = { source: await folder.text(contentPath), file: contentPath, title: heading };
      sections.push({
        file: contentPath,
        title: heading,
        parts: convertPage(page, dialect, pictures),
        verify: undefined,
      });
    }
    const taken = pictures.taken();
    const known = new Set([
      mark,
      ...listed.map(({ contentPath }) => posix.normalize(contentPath.replace(/^\/+/, ""))),
      // What is not in the Labspace's own folder may be part of the project as well.
      ...[...taken.keys()].filter(isOwn),
    ]);
    const left = (await folder.list()).filter((path) => !known.has(path));
    const reason = "A file that configures the Labspace and not the project.";
    notes.push(...(await noteFiles(left.filter(isOwn), reason, folder)));
    const project = left.filter((path) => !isOwn(path));
    return {
      format: labspace.format,
      title,
      description: summary,
      minutes: undefined,
      level: undefined,
      sections,
      files: await readProject(project, folder, notes),
      pictures: [...taken.values()],
      notes,
    } satisfies Scenario;
  },
};

/** It is the Labspace's, and not the learner's. */
function isOwn(path: string): boolean {
  return path.startsWith(".labspace/") || /^\.git(hub\/|ignore$|attributes$)/.test(path);
}

async function readProject(
  paths: readonly string[],
  folder: SourceFolder,
  notes: ImportNote[],
): Promise<ScenarioFile[]> {
  const files: ScenarioFile[] = [];
  for (const path of paths) {
    try {
      files.push({ path, content: await folder.bytes(path), executable: await folder.isExecutable(path) });
    } catch (error) {
      if (!(error instanceof AuthoringError)) throw error;
      notes.push({ file: path, line: 1, reason: `A file that was left out: ${error.message}`, original: path });
    }
  }
  return files;
}
