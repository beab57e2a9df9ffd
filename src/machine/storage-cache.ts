import { createMemoryCache, type FileCache } from "../download/file-cache.ts";

/** The browser's Cache Storage where the page may use it, memory otherwise. */
export function createFileCache(): FileCache {
  return typeof caches === "undefined" ? createMemoryCache() : createStorageCache(caches);
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
    read: (folder, sha256) =>
      quietly(async () => {
        const response = await (await storage.open(PREFIX + folder)).match(`/${sha256}`);
        return response && new Uint8Array(await response.arrayBuffer());
      }),
    async list(folder) {
      const requests = (await quietly(async () => (await storage.open(PREFIX + folder)).keys())) ?? [];
      return new Set(requests.map(hashOf));
    },
    async write(folder, sha256, bytes) {
      await quietly(async () => (await storage.open(PREFIX + folder)).put(`/${sha256}`, new Response(bytes)));
    },
    async retain(folder, isWanted) {
      await quietly(async () => {
        const cache = await storage.open(PREFIX + folder);
        const dropped = (await cache.keys()).filter((request) => !isWanted(hashOf(request)));
        await Promise.all(dropped.map((request) => cache.delete(request)));
      });
    },
    async dropOthers(prefix, folder) {
      await quietly(async () => {
        const names = await storage.keys();
        await Promise.all(
          names
            .filter((name) => name.startsWith(PREFIX + prefix) && name !== PREFIX + folder)
            .map((name) => storage.delete(name)),
        );
      });
    },
    readText: (url) => quietly(async () => (await (await storage.open(TEXTS)).match(url))?.text()),
    async writeText(url, text) {
      await quietly(async () => (await storage.open(TEXTS)).put(url, new Response(text)));
    },
  };
}

function hashOf({ url }: Request): string {
  return url.slice(url.lastIndexOf("/") + 1);
}

const PREFIX = "drydock-";
const TEXTS = "drydock-manifests";
