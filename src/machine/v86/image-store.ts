import { MachineError } from "../error.ts";
import { cancelledError, pauseFor, throwIfCancelled } from "../signal.ts";
import type { FileCache } from "./file-cache.ts";
import { parseManifest, partPath, type ImageFile, type Manifest } from "./manifest.ts";

export interface ImageStoreOptions {
  /** Address of `manifest.json`; the image's files lie beside it. */
  manifestUrl: URL;
  fetch?: typeof fetch;
  /** Where verified files are kept for the next visit. */
  cache?: FileCache;
  /** Pauses before the second and later tries of one file. */
  retryPausesMs?: readonly number[];
}

/** Gets the files of one machine image: verified, retried, and kept. */
export interface ImageStore {
  manifest(signal: AbortSignal): Promise<Manifest>;
  /** `onBytes` is told what arrived since it was last called; less than nothing when a try starts over. */
  file(
    manifest: Manifest,
    file: Pick<ImageFile, "path" | "sha256">,
    options: { signal: AbortSignal; onBytes?: (count: number) => void },
  ): Promise<Uint8Array<ArrayBuffer>>;
  part(manifest: Manifest, sha256: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
  /** Fetches disk parts, one after the other, into the cache, where the guest's later read finds them. Without a cache it does nothing. */
  prefetch(manifest: Manifest, parts: readonly string[], signal: AbortSignal): Promise<void>;
  /** Drops what other builds of the image left behind. */
  prune(manifest: Manifest): Promise<void>;
}

export function createImageStore({
  manifestUrl,
  fetch = globalThis.fetch.bind(globalThis),
  cache,
  retryPausesMs = RETRY_PAUSES_MS,
}: ImageStoreOptions): ImageStore {
  const download = async (
    url: URL,
    sha256: string | undefined,
    init: RequestInit,
    signal: AbortSignal,
    onBytes?: (count: number) => void,
  ) => {
    for (let attempt = 0; ; attempt++) {
      let counted = 0;
      try {
        const bytes = await fetchOnce(
          fetch,
          url,
          attempt === 0 ? init : { ...init, cache: "reload" },
          signal,
          (count) => {
            counted += count;
            onBytes?.(count);
          },
        );
        if (sha256 !== undefined && (await hashOf(bytes)) !== sha256)
          throw new TransferError("its content does not have the expected SHA-256", true);
        return bytes;
      } catch (cause) {
        onBytes?.(-counted);
        if (signal.aborted) throw cancelledError(signal);
        if (cause instanceof MachineError) throw cause;
        const pause = retryPausesMs[attempt];
        if (pause === undefined || (cause instanceof TransferError && !cause.mayRecover))
          throw downloadFailed(url, cause);
        await pauseFor(pause, signal);
      }
    }
  };

  const store: ImageStore = {
    async manifest(signal) {
      let text: string;
      try {
        text = new TextDecoder().decode(await download(manifestUrl, undefined, { cache: "no-cache" }, signal));
      } catch (error) {
        // A machine that was loaded before starts without a network too.
        const kept = signal.aborted ? undefined : await cache?.readManifest(manifestUrl);
        if (kept === undefined) throw error;
        return parseManifest(kept);
      }
      const manifest = parseManifest(text);
      await cache?.writeManifest(manifestUrl, text);
      return manifest;
    },
    async file(manifest, { path, sha256 }, { signal, onBytes }) {
      throwIfCancelled(signal);
      const kept = await cache?.read(manifest.id, sha256);
      if (kept && (await hashOf(kept)) === sha256) {
        onBytes?.(kept.length);
        return kept;
      }
      const bytes = await download(new URL(path, manifestUrl), sha256, {}, signal, onBytes);
      await cache?.write(manifest.id, sha256, bytes);
      return bytes;
    },
    part: (manifest, sha256, signal) => store.file(manifest, { path: partPath(sha256), sha256 }, { signal }),
    async prefetch(manifest, parts, signal) {
      for (const sha256 of cache ? parts : []) {
        if (!(await cache?.has(manifest.id, sha256))) await store.part(manifest, sha256, signal);
      }
    },
    async prune(manifest) {
      await cache?.prune(manifest.id);
    },
  };
  return store;
}

const RETRY_PAUSES_MS = [400, 1_200, 3_600, 8_000];
/** A transfer that brings nothing for this long is given up and tried again. */
const STALL_MS = 20_000;

class TransferError extends Error {
  readonly mayRecover: boolean;

  constructor(message: string, mayRecover: boolean) {
    super(message);
    this.mayRecover = mayRecover;
  }
}

async function fetchOnce(
  fetch: typeof globalThis.fetch,
  url: URL,
  init: RequestInit,
  signal: AbortSignal,
  onBytes: (count: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const stalled = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expectBytes = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      stalled.abort(new TransferError("the transfer stalled", true));
    }, STALL_MS);
  };
  expectBytes();
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.any([signal, stalled.signal]) });
    if (!response.ok) {
      await response.body?.cancel();
      throw new TransferError(
        `the server answered ${String(response.status)} ${response.statusText}`.trim(),
        response.status >= 500 || response.status === 408 || response.status === 429,
      );
    }
    const chunks: Uint8Array[] = [];
    let length = 0;
    if (response.body) {
      for await (const chunk of chunksOf(response.body)) {
        expectBytes();
        chunks.push(chunk);
        length += chunk.length;
        onBytes(chunk.length);
      }
    }
    const bytes = new Uint8Array(length);
    let at = 0;
    for (const chunk of chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  } finally {
    clearTimeout(timer);
  }
}

/** Safari's streams cannot be iterated. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (!("subtle" in crypto)) {
    throw new MachineError(
      "unsupported",
      "This page cannot verify the machine's files, because it was not loaded securely.",
      {
        hint: "Open it over https, or from localhost.",
      },
    );
  }
  return Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

function downloadFailed(url: URL, cause: unknown): MachineError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new MachineError(
    "download-failed",
    `${url.pathname.split("/").slice(-2).join("/")} could not be downloaded: ${reason}.`,
    {
      hint: "Check the network connection, then try again. What was already loaded is kept.",
      cause,
    },
  );
}
