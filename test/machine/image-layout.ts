import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { packTar, type TarEntry } from "modern-tar";

/** Writes a small image catalogue, an OCI image layout, into `folder`, and gives the address of its index. */
export async function writeImageLayout(
  folder: string,
  images: Readonly<Record<string, readonly TarEntry[]>>,
): Promise<URL> {
  await mkdir(join(folder, "blobs/sha256"), { recursive: true });
  const put = async (mediaType: string, content: Uint8Array) => {
    const sha256 = createHash("sha256").update(content).digest("hex");
    await writeFile(join(folder, "blobs/sha256", sha256), content);
    return { mediaType, digest: `sha256:${sha256}`, size: content.length };
  };
  const putJson = (mediaType: string, value: unknown) => put(mediaType, Buffer.from(JSON.stringify(value)));
  const manifests = [];
  for (const [name, entries] of Object.entries(images)) {
    const tar = await packTar([...entries]);
    const layer = await put("application/vnd.oci.image.layer.v1.tar+gzip", gzipSync(tar));
    const diffId = `sha256:${createHash("sha256").update(tar).digest("hex")}`;
    const config = await putJson("application/vnd.oci.image.config.v1+json", {
      architecture: "386",
      os: "linux",
      config: { Cmd: ["/bin/true"] },
      rootfs: { type: "layers", diff_ids: [diffId] },
      history: [{ created_by: "a test" }],
    });
    const mediaType = "application/vnd.oci.image.manifest.v1+json";
    manifests.push({
      ...(await putJson(mediaType, { schemaVersion: 2, mediaType, config, layers: [layer] })),
      platform: { architecture: "386", os: "linux" },
      annotations: {
        "io.containerd.image.name": `docker.io/${name}`,
        "org.opencontainers.image.ref.name": name.slice(name.lastIndexOf(":") + 1),
      },
    });
  }
  const index = { schemaVersion: 2, mediaType: "application/vnd.oci.image.index.v1+json", manifests };
  await writeFile(join(folder, "index.json"), JSON.stringify(index));
  await writeFile(join(folder, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
  return pathToFileURL(join(folder, "index.json"));
}
