import { posix } from "node:path";
import { z } from "zod";
import type { ImportNote, ScenarioFile, SourceFolder } from "./scenario.ts";
import { noteUnknown } from "./source-schema.ts";

const asset = z.looseObject({ file: z.string(), target: z.string(), chmod: z.string().optional() });

/** What `details.assets` of a scenario says, by host. */
export const assetsSchema = z.record(z.string(), z.array(asset));

/** Assets are copied to hosts; what went to the learner's home goes to the workspace. */
export async function readAssets(
  assets: z.infer<typeof assetsSchema>,
  folder: SourceFolder,
  mark: string,
  notes: ImportNote[],
): Promise<ScenarioFile[]> {
  const files: ScenarioFile[] = [];
  for (const [host, entries] of Object.entries(assets)) {
    for (const entry of entries) {
      const note = (reason: string): void => {
        notes.push({ file: mark, line: 1, reason, original: JSON.stringify({ [host]: entry }) });
      };
      const { file, target, chmod, ...others } = entry;
      noteUnknown(others, mark, notes);
      const places = file.includes("*") ? await matching(file, folder) : [`assets/${file}`];
      if (places.length === 0) note("A pattern that fits no file in assets.");
      const inHome = /^(~|\/root|\/home\/[^/]+)(\/|$)/.exec(target);
      if (host !== "host01") note("A file went to another host; there is one machine here.");
      else if (inHome === null)
        note("A file went to a place outside the learner's folder; here it lies in /workspace.");
      const below = inHome === null ? "" : target.slice(inHome[0].length);
      for (const place of places) {
        const wanted = [...below.split("/"), posix.basename(place)].filter((part) => !["", ".", ".."].includes(part));
        const content = await folder.bytes(place);
        const path = freePath(wanted.join("/"), content, files);
        if (path === undefined) continue;
        if (path !== wanted.join("/")) note(`Another file has its place already; here it is ${path}.`);
        files.push({ path, content, executable: chmod !== undefined && /x|[1357]/.test(chmod) });
      }
    }
  }
  return files;
}

/** The path, or one beside it where something else is at the path; undefined where the same is there already. */
function freePath(wanted: string, content: Uint8Array, files: readonly ScenarioFile[]): string | undefined {
  const { dir, name, ext } = posix.parse(wanted);
  for (let n = 1; ; n++) {
    const path = n === 1 ? wanted : posix.join(dir, `${name}-${n}${ext}`);
    const there = files.find((file) => file.path === path);
    if (there !== undefined && Buffer.compare(there.content, content) === 0) return undefined;
    const isFree = files.every(
      (file) => file.path !== path && !file.path.startsWith(`${path}/`) && !path.startsWith(`${file.path}/`),
    );
    if (isFree) return path;
    // No other name helps what is to lie in something that is a file.
    if (n > files.length + 1) return freePath(posix.basename(wanted), content, files);
  }
}

async function matching(pattern: string, folder: SourceFolder): Promise<string[]> {
  const literal = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  const wanted = new RegExp(`^assets/${literal.join("[^/]*")}$`);
  return (await folder.list("assets")).filter((name) => wanted.test(name));
}
