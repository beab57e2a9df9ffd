import { parseArgs } from "node:util";
import { ImageError } from "../error.ts";
import { addedFolder } from "../places.ts";
import { addImage, removeImage } from "./add.ts";
import { readIndex } from "./layout.ts";
import { parseHubReference } from "./reference.ts";

const usage = `npm run catalogue -- add alpine:3 nginx:1   copies images of Docker Hub into the site's catalogue
npm run catalogue -- remove alpine:3        takes them away
npm run catalogue -- list                   what has been added

  --from HOST   copies from this registry, which has Docker Hub's repositories under the same names
  --insecure    the registry speaks plain HTTP

What was added lies in ${addedFolder}. The next npm start or npm run build puts it into the site.`;

/** `npm run catalogue`: an operator's own images in the catalogue. */
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());

try {
  await run();
} catch (error) {
  if (stop.signal.aborted) console.error("Stopped. What was copied whole is kept.");
  else if (error instanceof ImageError) console.error(`${error.message}\n  What to do: ${error.hint}`);
  else console.error(error instanceof Error ? `${error.message}\n\n${usage}` : error);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { from: { type: "string" }, insecure: { type: "boolean", default: false }, help: { type: "boolean" } },
  });
  const [action, ...names] = positionals;
  if (values.help) console.log(usage);
  else if (action === "list" && names.length === 0) await list();
  else if (action === "add" && names.length > 0) {
    const images = names.map(parseHubReference);
    const options = { folder: addedFolder, from: values.from, insecure: values.insecure, signal: stop.signal };
    for (const image of images)
      console.log(`${image.name}: ${((await addImage(image, options)) / 1e6).toFixed(1)} MB copied`);
  } else if (action === "remove" && names.length > 0) {
    for (const { name } of names.map(parseHubReference))
      console.log((await removeImage(name, addedFolder)) ? `${name}: removed` : `${name} was not there`);
  } else throw new Error("What is to be done?");
}

async function list(): Promise<void> {
  const images = await readIndex(addedFolder);
  if (images.length === 0) console.log("Nothing has been added.");
  for (const { name, manifest } of images) console.log(`${name}  ${manifest.digest}`);
}
