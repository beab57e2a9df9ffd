import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** What the workspace's files hold, as far as the text has come: those that come with the lesson, and what it has written since. */
export interface KnownFiles {
  /** The step's own files replace what was there. */
  enterStep(id: string): void;
  /** What the file holds at this place of the text. */
  read(path: string): string | undefined;
  write(path: string, content: string): void;
  /** What comes with the open step or with the lesson under this path, whatever has been written since. */
  readShipped(path: string): string | undefined;
}

/** `folder` is the lesson's own. */
export function createKnownFiles(folder: string): KnownFiles {
  const shipped = new Map(listFiles(join(folder, "files")));
  const contents = new Map<string, string>();
  const readShipped = (path: string): string | undefined => {
    const file = shipped.get(path);
    return file === undefined ? undefined : readFileSync(file, "utf8");
  };
  return {
    enterStep(id) {
      for (const [path, file] of listFiles(join(folder, "steps", id))) {
        shipped.set(path, file);
        contents.delete(path);
      }
    },
    read: (path) => contents.get(path) ?? readShipped(path),
    write: (path, content) => void contents.set(path, content),
    readShipped,
  };
}

/** Each file below `folder`: its path from there, and where it is. */
function listFiles(folder: string): [path: string, file: string][] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((file) => [relative(folder, file), file]);
}
