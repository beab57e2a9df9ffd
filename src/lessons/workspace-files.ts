import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { LessonMistake } from "./lesson-error.ts";
import type { LessonFile } from "./model.ts";

export const fileLimit = 1024 * 1024; // bytes of one file
export const lessonLimit = 8 * 1024 * 1024; // bytes of a lesson's files together

export interface ReadFiles {
  readonly files: readonly LessonFile[];
  readonly bytes: number;
  readonly mistakes: readonly LessonMistake[];
}

/** All files below `folder`, in the order of their paths. `name` is what messages call the folder. No folder has no files. */
export async function readWorkspaceFiles(folder: string, name: string): Promise<ReadFiles> {
  const files: LessonFile[] = [];
  const mistakes: LessonMistake[] = [];
  let bytes = 0;
  for (const path of await listFiles(folder)) {
    const report = (problem: string, remedy: string): void => {
      mistakes.push({ file: `${name}/${path}`, line: 1, problem, remedy });
    };
    const found = await stat(join(folder, path)).catch(() => undefined);
    if (!found?.isFile()) {
      report("This is no file.", "Put a file with its content there; a link leads nowhere in the machine.");
    } else if (found.size > fileLimit) {
      report(
        `The file has ${found.size} bytes.`,
        `One file may have ${fileLimit}: let the lesson make it, or leave it out.`,
      );
    } else {
      bytes += found.size;
      files.push({ path, executable: (found.mode & 0o111) !== 0, ...encode(await readFile(join(folder, path))) });
    }
  }
  return { files, bytes, mistakes };
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });
  return entries
    .filter((entry) => !entry.isDirectory() && entry.name !== ".DS_Store")
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, "/").length).replaceAll("\\", "/"))
    .sort();
}

function encode(content: Buffer): Pick<LessonFile, "encoding" | "content"> {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
    if (!text.includes("\0")) return { encoding: "utf8", content: text };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  return { encoding: "base64", content: content.toString("base64") };
}
