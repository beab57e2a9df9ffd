import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const indexSchema = z.object({
  manifests: z.array(z.object({ digest, annotations: z.object({ "io.containerd.image.name": z.string() }) })),
});
const manifestSchema = z.object({
  config: z.object({ digest }),
  layers: z.array(z.object({ digest, size: z.int().positive() })),
});
const configSchema = z.object({
  created: z.string().optional(),
  config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }).optional(),
});

/** One image of the catalogue, under all its tags. */
export interface CatalogueImage {
  /** As `docker pull` takes it, without a tag. */
  readonly repository: string;
  readonly tags: readonly string[];
  readonly digest: string;
  /** Compressed, the lowest first. */
  readonly layers: readonly { readonly digest: string; readonly bytes: number }[];
  readonly description: string | undefined;
  readonly licence: string | undefined;
  readonly created: string | undefined;
}

/** All images of public/catalogue, by name; none when the site is built without. */
export async function readCatalogue(): Promise<CatalogueImage[]> {
  const folder = join(process.cwd(), "public/catalogue");
  if (!existsSync(join(folder, "index.json"))) return [];
  const read = async (path: string): Promise<unknown> => JSON.parse(await readFile(join(folder, path), "utf8"));
  const blob = (hash: string) => read(`blobs/${hash.replace(":", "/")}`);
  const images = new Map<string, CatalogueImage & { tags: string[] }>();
  for (const entry of indexSchema.parse(await read("index.json")).manifests) {
    const [repository = "", tag = ""] = shorten(entry.annotations["io.containerd.image.name"]).split(":");
    const known = images.get(repository + entry.digest);
    if (known) {
      known.tags.push(tag);
      continue;
    }
    const { config, layers } = manifestSchema.parse(await blob(entry.digest));
    const { created, config: settings } = configSchema.parse(await blob(config.digest));
    images.set(repository + entry.digest, {
      repository,
      tags: [tag],
      digest: entry.digest,
      layers: layers.map((layer) => ({ digest: layer.digest, bytes: layer.size })),
      description: settings?.Labels?.["org.opencontainers.image.description"],
      licence: settings?.Labels?.["org.opencontainers.image.licenses"],
      created,
    });
  }
  return [...images.values()].map((image) => ({ ...image, tags: image.tags.toSorted(byLength) }));
}

/** What a pull of `image` has to fetch, with nothing in the engine. */
export function pullBytes({ layers }: CatalogueImage): number {
  return layers.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Names of the other images that have a layer, by its digest. */
export function imagesWith(layer: string, images: readonly CatalogueImage[], except: CatalogueImage): string[] {
  return images
    .filter((image) => image !== except && image.layers.some(({ digest }) => digest === layer))
    .map(({ repository }) => repository);
}

function shorten(name: string): string {
  return name.replace(/^docker\.io\//, "").replace(/^library\//, "");
}

/** `latest` first, then the shorter ones. */
function byLength(a: string, b: string): number {
  const rank = (tag: string) => (tag === "latest" ? 0 : tag.length);
  return rank(a) - rank(b) || a.localeCompare(b);
}
