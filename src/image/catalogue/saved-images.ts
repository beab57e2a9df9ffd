import { posix } from "node:path";
import { unpackTar } from "modern-tar";
import { z } from "zod";
import { ImageError } from "../error.ts";
import { sha256 } from "../parts.ts";
import { mediaTypes, putBlob, putJson, type Descriptor } from "./blobs.ts";
import { putLayer } from "./layer.ts";

const descriptor = z.object({ digest: z.string().regex(/^sha256:[0-9a-f]{64}$/) });
const indexSchema = z.object({
  manifests: z.array(descriptor.extend({ annotations: z.record(z.string(), z.string()).default({}) })),
});
const manifestSchema = z.object({ config: descriptor, layers: z.array(descriptor) });

/**
 * Takes images out of what `docker save` wrote (since Docker 25 an OCI image layout in a tar archive) into the layout `folder`. A configuration stays as it
 * is and with it the image's ID; layers are compressed, so the manifest is a new one.
 */
export async function importSaved(
  archive: Uint8Array,
  folder: string,
): Promise<{ name: string; manifest: Descriptor }[]> {
  const files = new Map<string, Uint8Array>();
  for (const { header, data } of await unpackTar(archive)) if (data) files.set(posix.normalize(header.name), data);
  const read = (path: string): Uint8Array => {
    const content = files.get(path);
    if (content) return content;
    throw new ImageError("catalogue", `${path} is missing in what docker save wrote.`, {
      hint: "Build the machine image again: remove its folder from the cache.",
    });
  };
  const blob = (digest: string): Uint8Array => {
    const content = read(`blobs/${digest.replace(":", "/")}`);
    if (`sha256:${sha256(content)}` !== digest)
      throw new TypeError(`${digest} in what docker save wrote is not what it says.`);
    return content;
  };
  const json = (content: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(content));
  const images: { name: string; manifest: Descriptor }[] = [];
  for (const { digest, annotations } of indexSchema.parse(json(read("index.json"))).manifests) {
    const { config, layers } = manifestSchema.parse(json(blob(digest)));
    const manifest = await putJson(folder, mediaTypes.manifest, {
      schemaVersion: 2,
      mediaType: mediaTypes.manifest,
      config: await putBlob(folder, mediaTypes.config, blob(config.digest)),
      layers: await Promise.all(layers.map(async (layer) => (await putLayer(folder, blob(layer.digest))).descriptor)),
    });
    const name = annotations["io.containerd.image.name"];
    if (name !== undefined) images.push({ name, manifest });
  }
  return images;
}
