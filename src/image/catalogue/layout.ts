import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { mediaTypes, platform, type Descriptor } from "./blobs.ts";

/** A tag of the catalogue: `docker.io/library/nginx:1.26` and the manifest behind it. */
export interface TaggedImage {
  readonly name: string;
  readonly manifest: Descriptor;
}

const indexSchema = z.object({
  schemaVersion: z.literal(2),
  manifests: z.array(
    z.object({
      mediaType: z.string(),
      digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
      size: z.int().positive(),
      annotations: z.object({ "io.containerd.image.name": z.string() }),
    }),
  ),
});

/** The tags of the OCI image layout `folder`; none where there is no layout. */
export async function readIndex(folder: string): Promise<TaggedImage[]> {
  const text = await readFile(join(folder, "index.json"), "utf8").catch(() => undefined);
  if (text === undefined) return [];
  return indexSchema.parse(JSON.parse(text)).manifests.map(({ annotations, mediaType, digest, size }) => ({
    name: annotations["io.containerd.image.name"],
    manifest: { mediaType, digest, size },
  }));
}

/** Makes `folder` an OCI image layout (image specification, "image-layout") with these tags; what was tagged before no longer is. */
export async function writeIndex(folder: string, images: readonly TaggedImage[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeWhole(join(folder, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
  const manifests = images
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, manifest }) => ({
      ...manifest,
      platform,
      annotations: {
        "io.containerd.image.name": name,
        "org.opencontainers.image.ref.name": name.slice(name.lastIndexOf(":") + 1),
      },
    }));
  const index = { schemaVersion: 2, mediaType: mediaTypes.index, manifests };
  await writeWhole(join(folder, "index.json"), `${JSON.stringify(index, null, 1)}\n`);
}

async function writeWhole(path: string, text: string): Promise<void> {
  await writeFile(`${path}.partial`, text);
  await rename(`${path}.partial`, path);
}
