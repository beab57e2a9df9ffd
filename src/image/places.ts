import { homedir } from "node:os";
import { join } from "node:path";

export const recipeFolder = import.meta.dirname;
export const projectFolder = join(recipeFolder, "../..");
/** Where the site takes the machine from; built or copied, never committed. */
export const publicFolder = join(projectFolder, "public/machine");
/** Everything slow is kept here by content hash, outside the checkout. */
export const cacheFolder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "drydock");
