import { randomUUID } from "node:crypto";
import { mkdir, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../parts.ts";

/** OCI image specification: a blob, by what it is and its content. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

export const mediaTypes = {
  index: "application/vnd.oci.image.index.v1+json",
  manifest: "application/vnd.oci.image.manifest.v1+json",
  config: "application/vnd.oci.image.config.v1+json",
  layer: "application/vnd.oci.image.layer.v1.tar+gzip",
} as const;

/** The only architecture of the machine, in the OCI's words. */
export const platform = { architecture: "386", os: "linux" } as const;

/** Where a blob lies in an OCI image layout. */
export function blobPath(folder: string, digest: string): string {
  return join(folder, "blobs", digest.replace(":", "/"));
}

/** Keeps `content` under its SHA-256. */
export async function putBlob(folder: string, mediaType: string, content: Uint8Array): Promise<Descriptor> {
  const digest = `sha256:${sha256(content)}`;
  const path = blobPath(folder, digest);
  if (!(await stat(path).catch(() => undefined))) {
    await mkdir(join(path, ".."), { recursive: true });
    // Two layers may be the same and be written at the same time.
    const partial = `${path}.${randomUUID()}.partial`;
    await writeFile(partial, content);
    await rename(partial, path);
  }
  return { mediaType, digest, size: content.length };
}

export function putJson(folder: string, mediaType: string, value: unknown): Promise<Descriptor> {
  return putBlob(folder, mediaType, Buffer.from(JSON.stringify(value)));
}
