import { copyFile, link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { ImageError } from "../error.ts";
import { sha256 } from "../parts.ts";
import { blobPath, type Descriptor } from "./blobs.ts";
import { readIndex, writeIndex } from "./layout.ts";

const KEY_FILE = ".key";
const manifestSchema = z.object({
  config: z.object({ digest: z.string() }),
  layers: z.array(z.object({ digest: z.string() })),
});

/** Image layouts that are put together; where two have a tag, the later one's counts. */
export async function publishCatalogue(layouts: readonly string[], folder: string, key: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const tagged = new Map<string, Descriptor>();
  for (const layout of layouts) {
    for (const { name, manifest } of await readIndex(layout)) {
      tagged.set(name, manifest);
      for (const digest of await blobsOf(layout, manifest)) await linkBlob(layout, folder, digest);
    }
  }
  await writeIndex(
    folder,
    [...tagged].map(([name, manifest]) => ({ name, manifest })),
  );
  await writeFile(join(folder, KEY_FILE), key);
}

export async function isPublished(folder: string, key: string): Promise<boolean> {
  return (await readFile(join(folder, KEY_FILE), "utf8").catch(() => "")) === key;
}

/** Names what `publishCatalogue` would make of these layouts. */
export async function publishedKey(builtKey: string, added: string): Promise<string> {
  const index = await readFile(join(added, "index.json")).catch(() => Buffer.alloc(0));
  return sha256(Buffer.concat([Buffer.from(`${builtKey}\n`), index]));
}

/** A manifest, its configuration and its layers, by digest. */
export async function blobsOf(layout: string, { digest }: Descriptor): Promise<string[]> {
  const text = await readFile(blobPath(layout, digest), "utf8").catch((cause: unknown) => {
    throw new ImageError("catalogue", `${layout} has no blob ${digest}, which its index names.`, {
      hint: "Add the image again (npm run catalogue -- add …), or remove it.",
      cause,
    });
  });
  const { config, layers } = manifestSchema.parse(JSON.parse(text));
  return [...new Set([digest, config.digest, ...layers.map((layer) => layer.digest)])];
}

async function linkBlob(layout: string, folder: string, digest: string): Promise<void> {
  const from = blobPath(layout, digest);
  const to = blobPath(folder, digest);
  await mkdir(dirname(to), { recursive: true });
  // Another file system cannot be linked to, and what is there already has the same content.
  await link(from, to).catch(async (error: unknown) => {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) await copyFile(from, to);
  });
}
