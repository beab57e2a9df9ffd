import { describe, expect, it, vi } from "vitest";
import { readWebContainerLicence } from "../../src/components/web-container-licence.ts";
import { headlessUrl, reachVendor, sendsIsolation } from "../../src/sandbox/run-here/reach.ts";
import type { RunHereError } from "../../src/sandbox/run-here/run-here-error.ts";
import { findObstacle, type Surroundings } from "../../src/sandbox/run-here/surroundings.ts";
import { runHereWords } from "../../src/words/run-here.ts";

const fine: Surroundings = {
  hasWebAssembly: true,
  isSecure: true,
  isIsolated: true,
  hasSharedMemory: true,
  hasServiceWorkers: true,
  isOnline: true,
  host: "127.0.0.1",
};
const none = { kind: "none" } as const;

describe("before anything is loaded", () => {
  it.each<[string, Partial<Surroundings>]>([
    ["no-webassembly", { hasWebAssembly: false }],
    ["insecure", { isSecure: false, isIsolated: false, hasSharedMemory: false }],
    ["no-isolation", { isIsolated: false, hasSharedMemory: false }],
    ["no-shared-memory", { hasSharedMemory: false }],
    ["no-service-workers", { hasServiceWorkers: false }],
    ["offline", { isOnline: false }],
  ])("%s is told when %j", (code, differs) => {
    expect(findObstacle({ ...fine, ...differs }, none)).toBe(code);
  });

  it.each([
    ["127.0.0.1", undefined, undefined],
    ["localhost", undefined, undefined],
    ["localhost.example.org", undefined, "no-licence"],
    ["example.org", undefined, "no-licence"],
    ["example.org", "", "no-licence"],
    ["example.org", "non-commercial", undefined],
    ["example.org", "wc_api_owner_1234", undefined],
  ])("on %s with the setting %j, what is in the way is %j", (host, setting, code) => {
    expect(findObstacle({ ...fine, host }, readWebContainerLicence(setting))).toBe(code);
  });

  it.each(["two words", "short", '"><script>'])("refuses %j as a key, with what to write", (setting) => {
    expect(() => readWebContainerLicence(setting)).toThrow(/Write the one that StackBlitz gave you/);
  });
});

describe("on the way to StackBlitz", () => {
  const { signal } = new AbortController();
  const here = "https://site.example/run-here/";
  const failing = (...hosts: string[]) =>
    vi.fn<typeof fetch>((url) =>
      hosts.some((host) => (url as string).includes(host))
        ? Promise.reject(new TypeError("Failed to fetch"))
        : Promise.resolve(new Response()),
    );

  it("asks for the page that will be framed, without credentials and without reading it", async () => {
    const fetch = failing();
    await reachVendor({ fetch, page: new EventTarget(), here }, signal);
    expect(fetch).toHaveBeenCalledExactlyOnceWith(
      headlessUrl,
      expect.objectContaining({ mode: "no-cors", credentials: "omit" }),
    );
  });

  it.each([
    ["unreachable", ["stackblitz.com"]],
    ["offline", ["stackblitz.com", "site.example"]],
  ])("is %s where %j do not answer", async (code, hosts) => {
    const reach = reachVendor({ fetch: failing(...hosts), page: new EventTarget(), here }, signal);
    expect(await reach.catch((error: unknown) => (error as RunHereError).code)).toBe(code);
  });

  it("is blocked where the page's policy was violated by it, and not by something else", async () => {
    const page = new EventTarget();
    const violate = (blockedURI: string) =>
      page.dispatchEvent(Object.assign(new Event("securitypolicyviolation"), { blockedURI }));
    const fetchWith =
      (blockedURI: string): typeof fetch =>
      (url) => {
        if ((url as string) !== headlessUrl) return Promise.resolve(new Response());
        violate(blockedURI);
        return Promise.reject(new TypeError("Failed to fetch"));
      };
    const codeWith = (blockedURI: string) =>
      reachVendor({ fetch: fetchWith(blockedURI), page, here }, signal).catch(
        (error: unknown) => (error as RunHereError).code,
      );
    expect(await codeWith("https://stackblitz.com/headless")).toBe("blocked");
    expect(await codeWith("https://elsewhere.example")).toBe("unreachable");
  });

  it("is left when the reader stops it", async () => {
    const stop = new AbortController();
    const fetch = vi.fn<typeof globalThis.fetch>((_, init) => {
      const { promise, reject } = Promise.withResolvers<Response>();
      init?.signal?.addEventListener("abort", () => reject(new DOMException("Stopped.", "AbortError")));
      return promise;
    });
    const reach = reachVendor({ fetch, page: new EventTarget(), here }, stop.signal);
    stop.abort(new DOMException("Stopped.", "AbortError"));
    await expect(reach).rejects.toThrow("Stopped.");
  });

  it.each([
    [true, { "cross-origin-embedder-policy": "require-corp" }],
    [false, {}],
  ])("tells whether the host isolates its pages: %j", async (isSent, headers) => {
    const fetch = vi.fn<typeof globalThis.fetch>(() => Promise.resolve(new Response("", { headers })));
    expect(await sendsIsolation({ fetch, page: new EventTarget(), here }, signal)).toBe(isSent);
  });
});

it("has words of its own for each obstacle, with what to do", () => {
  const all = Object.values(runHereWords.obstacles);
  expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
  for (const words of all) for (const text of Object.values(words)) expect(text).not.toBe("");
});
