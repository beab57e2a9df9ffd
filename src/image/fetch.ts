import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { parseDiskIndex, parseManifest, partPath } from "../machine/v86/manifest.ts";
import { ImageError } from "./error.ts";
import { sha256 } from "./parts.ts";
import type { Progress } from "./progress.ts";

export interface RemoteImage {
  /** Address of manifest.json. */
  readonly url: URL;
  /** SHA-256 of manifest.json; everything else is checked by the hashes in it. */
  readonly sha256: string;
}

const settings = z.object({
  DRYDOCK_MACHINE_URL: z.url({ protocol: /^https?$/ }).endsWith("/manifest.json"),
  DRYDOCK_MACHINE_SHA256: z.string().regex(/^[0-9a-f]{64}$/, "is not a SHA-256 in hexadecimal"),
});

/** The image named by the environment, if it names one. */
export function remoteImage(environment: Readonly<Record<string, string | undefined>>): RemoteImage | undefined {
  if (environment.DRYDOCK_MACHINE_URL === undefined) return undefined;
  const result = settings.safeParse(environment);
  if (result.success)
    return { url: new URL(result.data.DRYDOCK_MACHINE_URL), sha256: result.data.DRYDOCK_MACHINE_SHA256 };
  throw new ImageError("plan", z.prettifyError(result.error), {
    hint: "Set DRYDOCK_MACHINE_URL to the address of an image's manifest.json, and DRYDOCK_MACHINE_SHA256 to the output of sha256sum manifest.json.",
  });
}

/** Downloads a finished image into `folder`, every file checked by its hash. */
export async function fetchImage(
  image: RemoteImage,
  folder: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  progress.phase("fetch", `the machine image from ${image.url.href}`);
  const manifestBytes = await fetchFile(image.url, image.sha256, signal);
  const manifest = parseManifest(manifestBytes.toString());
  const { files, small } = manifest;
  for (const file of Object.values(files)) await save(file.path, file.sha256);
  for (const file of small ? [small.kernel, small.initrd] : []) await save(file.path, file.sha256);
  const { parts } = parseDiskIndex(
    (
      await fetchFile(new URL(manifest.files.diskIndex.path, image.url), manifest.files.diskIndex.sha256, signal)
    ).toString(),
    manifest,
  );
  const stored = [...new Set(parts.filter((hash) => hash !== null))];
  progress.detail(`${String(stored.length)} disk parts`);
  const queue = stored.values();
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (const hash of queue) await save(partPath(hash), hash);
    }),
  );
  await writeFile(join(folder, "manifest.json"), manifestBytes);

  async function save(path: string, hash: string): Promise<void> {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, await fetchFile(new URL(path, image.url), hash, signal));
  }
}

const ATTEMPTS = 3;
const FILE_TIMEOUT_MS = 120_000;

async function fetchFile(url: URL, hash: string, signal: AbortSignal): Promise<Buffer> {
  let problem: unknown;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    signal.throwIfAborted();
    try {
      const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(FILE_TIMEOUT_MS)]) });
      if (!response.ok) throw new Error(`the server answered ${String(response.status)}`);
      const bytes = Buffer.from(await response.arrayBuffer());
      if (sha256(bytes) === hash) return bytes;
      problem = new Error("its content does not have the expected hash");
    } catch (error) {
      problem = error;
    }
  }
  signal.throwIfAborted();
  throw new ImageError(
    "fetch",
    `${url.href} could not be fetched: ${problem instanceof Error ? problem.message : String(problem)}.`,
    {
      hint: "See whether the address and the hash are right, and run the command again.",
      cause: problem,
    },
  );
}
