import { existsSync } from "node:fs";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { fileLimit } from "../../lessons/workspace-files.ts";
import { AuthoringError } from "../authoring-error.ts";
import type { SourceFolder } from "./scenario.ts";

/** Opens a folder for reading. A link that leads out of it is refused when it is read. */
export async function openSourceFolder(path: string): Promise<SourceFolder> {
  const root = await realpath(path).catch((cause: unknown) => {
    throw new AuthoringError("not-found", `There is no folder ${path}.`, { hint: "Name a folder that exists.", cause });
  });
  const locate = (name: string): string => {
    const place = resolve(root, name.replace(/^[/\\]+/, ""));
    if (place === root || place.startsWith(`${root}${sep}`)) return place;
    throw new AuthoringError("outside", `“${name}” leads out of the folder.`, {
      hint: "Put the file into the folder and name it from there.",
    });
  };
  const read = async (name: string): Promise<Uint8Array> => {
    const place = locate(name);
    const real = await realpath(place).catch((cause: unknown) => {
      throw new AuthoringError("not-found", `The file “${name}” is named, but is not there.`, {
        hint: "Add the file, or take its name out.",
        cause,
      });
    });
    if (!real.startsWith(`${root}${sep}`)) locate(relative(root, real));
    const found = await stat(real);
    if (!found.isFile()) {
      throw new AuthoringError("not-found", `“${name}” is named as a file, but is none.`, {
        hint: "Name a file, or take its name out.",
      });
    }
    const { size } = found;
    if (size > fileLimit) {
      throw new AuthoringError("too-large", `“${name}” has ${size} bytes; a file may have ${fileLimit}.`, {
        hint: "Make it smaller, or leave it out.",
      });
    }
    return readFile(real);
  };
  return {
    has(name) {
      try {
        return existsSync(locate(name));
      } catch (error) {
        if (error instanceof AuthoringError) return false;
        throw error;
      }
    },
    bytes: read,
    text: async (name) => new TextDecoder().decode(await read(name)).replaceAll("\r\n", "\n"),
    async list(folder = "") {
      const place = locate(folder);
      if (!existsSync(place)) return [];
      const entries = await readdir(place, { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile() || entry.isSymbolicLink())
        .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
        .filter((name) => !name.split("/").includes(".git"))
        .sort();
    },
    isExecutable: async (name) => ((await stat(locate(name))).mode & 0o100) !== 0,
  };
}
