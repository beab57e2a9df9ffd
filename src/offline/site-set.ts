import { OfflineError } from "./offline-error.ts";
import { addressOf, isPage, type SiteFile } from "./site-files.ts";
import { isOfVersion } from "./site-version.ts";

/** The files of one build of the site, as they are kept together: a page is never given a file of another build. */
export interface SiteSet {
  readonly version: string;
  /** Ends in a slash. */
  readonly root: URL;
  readonly cache: Cache;
}

export interface FillOptions {
  readonly signal: AbortSignal;
  readonly fetch?: typeof fetch;
  /** Told of each file that is there from now on, with its size. */
  readonly onFile?: (file: SiteFile) => void;
}

/** The cache of a build; the one of the page `/offline/` is there from the first visit on. */
export const siteCachePrefix = "drydock-site-";

export async function openSiteSet(version: string, root: URL, storage: CacheStorage = caches): Promise<SiteSet> {
  return { version, root, cache: await storage.open(siteCachePrefix + version) };
}

/** Which of `wanted` are not there. */
export async function missingOf(wanted: readonly SiteFile[], { cache, root, version }: SiteSet): Promise<SiteFile[]> {
  const kept = new Set((await cache.keys()).map(({ url }) => url));
  return wanted.filter((file) => !kept.has(addressOf(file, root, version)));
}

/** Fetches what is missing, a few at a time. Rejects with an `OfflineError`; what has come by then stays. */
export async function fillSet(wanted: readonly SiteFile[], set: SiteSet, options: FillOptions): Promise<void> {
  const queue = await missingOf(wanted, set);
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const work = async () => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const response = await fetchFile(file, set, { ...options, signal });
      await put(set.cache, addressOf(file, set.root, set.version), response);
      options.onFile?.(file);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    stop.abort();
  }
}

/** Keeps a response, or says in words for people why not. */
export async function put(cache: Cache, address: string, response: Response): Promise<void> {
  try {
    await cache.put(address, response);
  } catch (cause) {
    throw new OfflineError(isFull(cause) ? "full" : "refused", { cause });
  }
}

export async function fetchFile(file: SiteFile, set: SiteSet, options: FillOptions): Promise<Response> {
  const { signal, fetch = globalThis.fetch.bind(globalThis) } = options;
  const isHashed = file.sha256 === undefined && !isPage(file);
  let response: Response;
  try {
    response = await fetch(addressOf(file, set.root, set.version), {
      cache: isHashed ? "default" : "no-cache",
      credentials: "same-origin",
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
  } catch (cause) {
    throw new OfflineError(signal.aborted ? "cancelled" : "unreachable", { cause });
  }
  // A host that has the next build has no such file any more, or another under its name.
  if (response.status === 404) throw new OfflineError("updated");
  if (!response.ok) throw new OfflineError("unreachable", { cause: new Error(`${response.status} for ${file.path}`) });
  if (isHashed && !response.redirected) return response;
  const bytes = await response.arrayBuffer().catch((cause: unknown) => {
    throw new OfflineError(signal.aborted ? "cancelled" : "unreachable", { cause });
  });
  const isRight =
    isHashed ||
    (file.sha256 === undefined
      ? isOfVersion(new TextDecoder().decode(bytes), set.version)
      : (await hexHash(bytes)) === file.sha256);
  if (!isRight) throw new OfflineError("updated");
  return cleanCopy(response, bytes);
}

/** Without a redirection, which browsers refuse as an answer to a navigation; the headers are those that the host sent. */
export function cleanCopy({ status, statusText, headers }: Response, body: ArrayBuffer): Response {
  const copied = new Headers(headers);
  // The body is unpacked by now.
  copied.delete("content-encoding");
  copied.delete("content-length");
  return new Response(body, { status, statusText, headers: copied });
}

export async function hexHash(bytes: ArrayBuffer): Promise<string> {
  return [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}

export function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}

const AT_ONCE = 4;
/** For one file; the largest has less than 3 MB. */
const PATIENCE_MS = 60_000;
