import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const manifest = z.object({
  created: z.iso.datetime({ offset: true }),
  memoryBytes: z.int(),
  engineVersion: z.string(),
  kernelVersion: z.string(),
  containerImages: z.array(z.string()),
  files: z.object({ state: z.object({ bytes: z.int() }), licences: z.object({ path: z.string() }) }),
  disk: z.object({ bytes: z.int() }),
  packages: z.array(
    z.object({ name: z.string(), version: z.string(), suite: z.string(), licence: z.string().optional() }),
  ),
});

/** What the site says about the machine image it was built with. */
export type MachineImage = z.infer<typeof manifest>;

/** Undefined when the site is built without an image. */
export async function readMachineImage(): Promise<MachineImage | undefined> {
  const path = join(process.cwd(), "public/machine/manifest.json");
  return existsSync(path) ? manifest.parse(JSON.parse(await readFile(path, "utf8"))) : undefined;
}
