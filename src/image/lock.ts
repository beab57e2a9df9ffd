import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { catalogueLock } from "./catalogue/packages.ts";
import type { Lock, LockFile } from "./lock-choice.ts";
import { machineLock } from "./packages.ts";
import { cacheFolder } from "./places.ts";

/** `npm run machine:lock`: takes today's versions of all packages, of the machine and of the catalogue, from the mirror. */
const apt = { folder: join(cacheFolder, "apt"), signal: new AbortController().signal };

async function write<L extends Lock>(name: string, { path, resolve }: LockFile<L>): Promise<void> {
  const lock = await resolve(apt);
  await writeFile(path, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${name}: ${String(Object.values(lock).flat().length)} packages locked`);
}

await write("machine", machineLock);
await write("catalogue", catalogueLock);
