import { homedir } from "node:os";
import { join } from "node:path";

export const recipeFolder = import.meta.dirname;
export const projectFolder = join(recipeFolder, "../..");
/** Where the site takes the machine from; built or copied, never committed. */
export const publicFolder = join(projectFolder, "public/machine");
/** Where the site takes the image catalogue from; built or copied, never committed. */
export const publicCatalogue = join(projectFolder, "public/catalogue");
/** The operator's own additions to the catalogue, an OCI image layout that no build takes away. */
export const addedFolder = join(process.env.XDG_DATA_HOME ?? join(homedir(), ".local/share"), "drydock/catalogue");
/** Everything slow is kept here by content hash, outside the checkout. */
export const cacheFolder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "drydock");
