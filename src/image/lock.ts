import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder, recipeFolder } from "./places.ts";
import { resolvePackages } from "./packages.ts";

/** `npm run machine:lock`: takes today's versions of all packages from the mirror into packages.lock.json. */
const lock = await resolvePackages({ folder: join(cacheFolder, "apt"), signal: new AbortController().signal });
await writeFile(join(recipeFolder, "packages.lock.json"), `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${String(lock.guest.length + lock.kernel.length + lock.parts.length)} packages locked`);
