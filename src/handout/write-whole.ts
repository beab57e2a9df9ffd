import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { HandoutError } from "./handout-error.ts";

/** Writes a file so that nobody sees half of it, folders included. Rejects with a `HandoutError` when it cannot be written. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const partial = join(dirname(path), `.${basename(path)}.${process.pid}`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(partial, bytes);
    await rename(partial, path);
  } catch (cause) {
    await rm(partial, { force: true }).catch(() => undefined);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HandoutError("not-written", `${path} could not be written: ${reason}`, {
      hint: "Choose a folder that is yours: --out FOLDER",
      cause,
    });
  }
}
