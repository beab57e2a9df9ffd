import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { command } from "../command.ts";
import { ImageError } from "../error.ts";
import { sha256 } from "../parts.ts";
import { platform, putBlob, type Descriptor } from "./blobs.ts";
import { readIndex, writeIndex } from "./layout.ts";
import { blobsOf } from "./publish.ts";
import type { HubReference } from "./reference.ts";

export interface AddOptions {
  /** The layout of what was added. */
  readonly folder: string;
  /** A registry that has Docker Hub's repositories under the same names, such as a mirror of one's own; Docker Hub without. */
  readonly from: string | undefined;
  /** The registry speaks plain HTTP. */
  readonly insecure: boolean;
  readonly signal: AbortSignal;
}

const manifestTypes = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
] as const;
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const manifestSchema = z.object({
  mediaType: z.enum(manifestTypes).default(manifestTypes[0]),
  config: z.object({ digest, mediaType: z.string() }),
  layers: z.array(z.object({ digest, mediaType: z.string() })),
});
const configSchema = z.object({ architecture: z.string(), os: z.string() });

/** Copies an image of the machine's platform, manifest unchanged, every blob checked by its digest. Resolves to its size in bytes. */
export async function addImage(image: HubReference, { folder, from, insecure, signal }: AddOptions): Promise<number> {
  const work = await mkdtemp(join(tmpdir(), "drydock-skopeo-"));
  try {
    const source = `docker://${from ?? "docker.io"}/${image.repository}:${image.tag}`;
    const { os, architecture } = platform;
    const tls = insecure ? ["--src-tls-verify=false"] : [];
    await command(
      "skopeo",
      ["--override-os", os, "--override-arch", architecture, "copy", "--quiet", ...tls, source, `dir:${work}`],
      {
        phase: "catalogue",
        signal,
        hint: "See whether the name is right, the registry is reached from here and has the image for linux/386. skopeo is a package of Debian's (apt-get install skopeo).",
      },
    );
    const manifestBytes = await readFile(join(work, "manifest.json"));
    const { mediaType, config, layers } = readManifest(manifestBytes, image);
    requirePlatform(image, await readBlob(work, config.digest));
    let bytes = 0;
    for (const part of [config, ...layers]) {
      const content = await readBlob(work, part.digest);
      bytes += (await putBlob(folder, part.mediaType, content)).size;
    }
    const manifest = await putBlob(folder, mediaType, manifestBytes);
    await retag(folder, image.name, manifest);
    return bytes + manifest.size;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Takes a tag away, and the blobs that no other tag needs. Resolves to whether it was there. */
export async function removeImage(name: string, folder: string): Promise<boolean> {
  const images = await readIndex(folder);
  if (!images.some((image) => image.name === name)) return false;
  await retag(folder, name, undefined);
  return true;
}

async function retag(folder: string, name: string, manifest: Descriptor | undefined): Promise<void> {
  const others = (await readIndex(folder)).filter((image) => image.name !== name);
  await writeIndex(folder, manifest ? [...others, { name, manifest }] : others);
  const needed = new Set<string>();
  for (const image of await readIndex(folder))
    for (const blob of await blobsOf(folder, image.manifest)) needed.add(blob.slice("sha256:".length));
  for (const blob of await readdir(join(folder, "blobs/sha256")))
    if (!needed.has(blob)) await rm(join(folder, "blobs/sha256", blob));
}

function readManifest(bytes: Uint8Array, { name }: HubReference): z.infer<typeof manifestSchema> {
  const result = manifestSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  if (result.success) return result.data;
  throw new ImageError("catalogue", `The manifest of ${name} is of no known form: ${z.prettifyError(result.error)}`, {
    hint: "Choose another tag: wanted is an image manifest of the OCI, or Docker's version 2, schema 2.",
  });
}

async function readBlob(work: string, wanted: string): Promise<Buffer> {
  const content = await readFile(join(work, wanted.slice("sha256:".length)));
  if (`sha256:${sha256(content)}` === wanted) return content;
  throw new ImageError("catalogue", `${wanted} did not arrive whole.`, { hint: "Run the command again." });
}

/** A tag with one platform only is copied by skopeo whatever that is. */
function requirePlatform({ name }: HubReference, config: Buffer): void {
  const { os, architecture } = configSchema.parse(JSON.parse(config.toString()));
  if (os === platform.os && architecture === platform.architecture) return;
  throw new ImageError("catalogue", `${name} is there for ${os}/${architecture} only; the machine is linux/386.`, {
    hint: "Choose an image or a tag that is built for linux/386.",
  });
}
