import * as z from "zod/mini";
import type { Machine } from "../../machine/contract.ts";
import { layersWords as words } from "../../words/layers.ts";
import { errorSentence } from "../error-sentence.ts";
import type { OpenFile } from "./layer-view.ts";
import type { LayersMemory } from "./layers-memory.ts";
import { listLayers, type LayerEntry } from "./list-layers.ts";

/** Reads what lies in the folders of layers. */
export class LayerReader {
  readonly #machine: Pick<Machine, "run">;
  readonly #memory: LayersMemory;
  readonly #signal: AbortSignal;
  /** What a writable layer held the last time, by its folder. */
  readonly #written = new Map<string, readonly LayerEntry[]>();

  constructor(machine: Pick<Machine, "run">, memory: LayersMemory, signal: AbortSignal) {
    this.#machine = machine;
    this.#memory = memory;
    this.#signal = signal;
  }

  /** From the bottom up. `writable` is read each time; while nothing has changed in it, its entries are the same array as the last time. */
  async read(folders: readonly string[], writable: string | undefined): Promise<readonly (readonly LayerEntry[])[]> {
    const { listings } = this.#memory;
    const wanted = folders.filter((folder) => folder === writable || !listings.has(folder));
    const found = await listLayers(this.#machine, wanted, { signal: this.#signal });
    for (const [n, folder] of wanted.entries()) {
      const entries = found[n] ?? [];
      if (folder !== writable) listings.set(folder, entries);
      else if (!isSame(this.#written.get(folder), entries)) this.#written.set(folder, entries);
    }
    return folders.map((folder) => (folder === writable ? this.#written : listings).get(folder) ?? []);
  }

  async readBeginning(path: string): Promise<Omit<OpenFile, "path">> {
    const argv = ["head", "-c", String(mostShown), "--", path];
    try {
      const { exitCode, stdout, stderr } = await this.#machine.run(argv, { signal: this.#signal });
      if (exitCode !== 0) return { note: stderr.trim() };
      if (/[\0\ufffd]/.test(stdout)) return { note: words.notText };
      return { text: stdout, ...(stdout.length >= mostShown && { note: words.beginning }) };
    } catch (error) {
      return { note: errorSentence(error) };
    }
  }
}

/** How much of a file is shown, in bytes. */
const mostShown = 65_536;

function isSame(before: readonly LayerEntry[] | undefined, now: readonly LayerEntry[]): boolean {
  return (
    before?.length === now.length &&
    now.every(({ path, kind, bytes, mode }, n) => {
      const one = before[n];
      return one?.path === path && one.kind === kind && one.bytes === bytes && one.mode === mode;
    })
  );
}

const driver = z.looseObject({
  GraphDriver: z.looseObject({
    Name: z.literal("overlay2"),
    Data: z.looseObject({ UpperDir: z.string(), LowerDir: z.optional(z.string()) }),
  }),
});

/**
 * The folders of an image's layers, or of a container's, from the bottom up; none where the engine keeps them in another way. Of a container, the folder below its
 * writable layer holds what Docker itself puts into it, such as its `/etc/hosts`, and is left out.
 */
export function readFolders(inspected: object): string[] {
  const found = driver.safeParse(inspected);
  if (!found.success) return [];
  const { UpperDir, LowerDir = "" } = found.data.GraphDriver.Data;
  const lower = LowerDir.split(":").filter((folder) => folder !== "" && !folder.endsWith("-init/diff"));
  return [...lower.reverse(), UpperDir];
}
