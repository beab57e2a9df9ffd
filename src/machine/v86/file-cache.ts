/** Keeps files of machine images by their hash, and the last manifest. Nothing here may fail a start: what cannot be kept is fetched again. */
export interface FileCache {
  read(imageId: string, sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  has(imageId: string, sha256: string): Promise<boolean>;
  write(imageId: string, sha256: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  readManifest(url: URL): Promise<string | undefined>;
  writeManifest(url: URL, text: string): Promise<void>;
  /** Drops the files of every image but this one. */
  prune(imageId: string): Promise<void>;
}

/** The browser's Cache Storage where the page may use it, memory otherwise. */
export function createFileCache(): FileCache {
  return typeof caches === "undefined" ? createMemoryCache() : createStorageCache(caches);
}

export function createMemoryCache(): FileCache {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const manifests = new Map<string, string>();
  return {
    // A copy, because what is handed to a worker is transferred.
    read: (_imageId, sha256) => Promise.resolve(files.get(sha256)?.slice()),
    has: (_imageId, sha256) => Promise.resolve(files.has(sha256)),
    write(_imageId, sha256, bytes) {
      files.set(sha256, bytes.slice());
      return Promise.resolve();
    },
    readManifest: (url) => Promise.resolve(manifests.get(url.href)),
    writeManifest(url, text) {
      manifests.set(url.href, text);
      return Promise.resolve();
    },
    prune: () => Promise.resolve(),
  };
}

function createStorageCache(storage: CacheStorage): FileCache {
  const quietly = async <T>(action: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await action();
    } catch {
      // No room, private browsing, or storage switched off: it is a cache, and the network has the same bytes.
      return undefined;
    }
  };
  return {
    read: (imageId, sha256) =>
      quietly(async () => {
        const response = await (await storage.open(PREFIX + imageId)).match(`/${sha256}`);
        return response && new Uint8Array(await response.arrayBuffer());
      }),
    async has(imageId, sha256) {
      return (await quietly(async () => (await storage.open(PREFIX + imageId)).match(`/${sha256}`))) !== undefined;
    },
    async write(imageId, sha256, bytes) {
      await quietly(async () => (await storage.open(PREFIX + imageId)).put(`/${sha256}`, new Response(bytes)));
    },
    readManifest: (url) => quietly(async () => (await (await storage.open(MANIFESTS)).match(url))?.text()),
    async writeManifest(url, text) {
      await quietly(async () => (await storage.open(MANIFESTS)).put(url, new Response(text)));
    },
    async prune(imageId) {
      await quietly(async () => {
        const names = await storage.keys();
        await Promise.all(
          names
            .filter((name) => name.startsWith(PREFIX) && name !== PREFIX + imageId)
            .map((name) => storage.delete(name)),
        );
      });
    },
  };
}

const PREFIX = "drydock-image-";
const MANIFESTS = "drydock-manifests";
