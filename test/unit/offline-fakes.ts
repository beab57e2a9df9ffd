import type { SiteFile, SiteFiles } from "../../src/offline/site-files.ts";
import { versionName } from "../../src/offline/site-version.ts";

export const root = new URL("https://drydock.test/sub/");

/** Cache Storage in memory: what the browser's does with addresses and responses, as far as it is used. `roomFor` is in bytes. */
export class FakeStorage {
  readonly caches = new Map<string, FakeCache>();
  roomFor = Infinity;

  open(name: string): Promise<Cache> {
    const cache = this.caches.get(name) ?? new FakeCache(this);
    this.caches.set(name, cache);
    return Promise.resolve(cache as unknown as Cache);
  }

  has(name: string): Promise<boolean> {
    return Promise.resolve(this.caches.has(name));
  }

  keys(): Promise<string[]> {
    return Promise.resolve([...this.caches.keys()]);
  }

  delete(name: string): Promise<boolean> {
    return Promise.resolve(this.caches.delete(name));
  }

  async match(address: string): Promise<Response | undefined> {
    for (const cache of this.caches.values()) {
      const found = await cache.match(address);
      if (found) return found;
    }
    return undefined;
  }

  asStorage(): CacheStorage {
    return this;
  }
}

class FakeCache {
  readonly #entries = new Map<string, { readonly bytes: ArrayBuffer; readonly init: ResponseInit }>();
  readonly #storage: FakeStorage;

  constructor(storage: FakeStorage) {
    this.#storage = storage;
  }

  async put(address: string, response: Response): Promise<void> {
    const bytes = await response.arrayBuffer();
    if (bytes.byteLength > this.#storage.roomFor) throw new DOMException("no room", "QuotaExceededError");
    this.#storage.roomFor -= bytes.byteLength;
    this.#entries.set(new URL(address, root).href, {
      bytes,
      init: { status: response.status, headers: response.headers },
    });
  }

  match(address: string): Promise<Response | undefined> {
    const entry = this.#entries.get(new URL(address, root).href);
    return Promise.resolve(entry && new Response(entry.bytes.slice(), entry.init));
  }

  keys(): Promise<{ url: string }[]> {
    return Promise.resolve([...this.#entries.keys()].map((url) => ({ url })));
  }

  delete(address: string): Promise<boolean> {
    return Promise.resolve(this.#entries.delete(new URL(address, root).href));
  }
}

export function pageOf(version: string, text = "a lesson"): string {
  return `<html><head><meta name="${versionName}" content="${version}"></head><body>${text}</body></html>`;
}

export const shell: SiteFile = { path: "_astro/Page.AbCd1234.js", bytes: 30 };
export const home: SiteFile = { path: "", bytes: 100 };

export const exampleSite: SiteFiles = {
  version: "1111111111111111",
  base: ["offline/", "_astro/Page.AbCd1234.js"],
  shared: [shell, home, { path: "offline/", bytes: 50 }, { path: "_astro/Sandbox.EfGh5678.js", bytes: 200 }],
  courses: [
    { id: "ships", machineBytes: 1000, files: [{ path: "learn/ships/first/", bytes: 70 }] },
    { id: "ports", machineBytes: 1300, files: [{ path: "learn/ports/first/", bytes: 80 }] },
  ],
};
