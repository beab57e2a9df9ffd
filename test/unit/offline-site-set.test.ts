import { createHash } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { addressOf, type SiteFile } from "../../src/offline/site-files.ts";
import { fillSet, missingOf, openSiteSet, type SiteSet } from "../../src/offline/site-set.ts";
import { FakeStorage, home, pageOf, root, shell } from "./offline-fakes.ts";

const version = "1111111111111111";
const early: SiteFile = { path: "early.js", bytes: 5, sha256: createHash("sha256").update("early").digest("hex") };
const signal = new AbortController().signal;

let storage: FakeStorage;
let set: SiteSet;
/** What the host has. */
let host: Map<string, () => Response>;
let asked: string[];

beforeEach(async () => {
  storage = new FakeStorage();
  set = await openSiteSet(version, root, storage.asStorage());
  const html = { headers: { "content-type": "text/html", "content-encoding": "gzip", "x-policy": "kept" } };
  host = new Map([
    ["https://drydock.test/sub/", () => new Response(pageOf(version), html)],
    [`https://drydock.test/sub/early.js?v=${version}`, () => new Response("early")],
    ["https://drydock.test/sub/_astro/Page.AbCd1234.js", () => new Response("script")],
  ]);
  asked = [];
});

const ask = ((address: string) => {
  asked.push(address);
  return Promise.resolve(host.get(address)?.() ?? new Response("", { status: 404 }));
}) as unknown as typeof fetch;

describe("the set of files of one build", () => {
  it("is filled with what is missing, each file under its own address and with the host's headers", async () => {
    const files: string[] = [];
    await fillSet([home, early, shell], set, { signal, fetch: ask, onFile: ({ path }) => files.push(path) });
    expect(files.sort()).toEqual(["", "_astro/Page.AbCd1234.js", "early.js"]);
    expect(await missingOf([home, early, shell], set)).toEqual([]);
    const page = await set.cache.match(addressOf(home, root, version));
    expect(await page?.text()).toBe(pageOf(version));
    expect([page?.headers.get("x-policy"), page?.headers.get("content-encoding")]).toEqual(["kept", null]);
    asked = [];
    await fillSet([home, early, shell], set, { signal, fetch: ask });
    expect(asked).toEqual([]);
  });

  it.each([
    ["a page of another build", () => host.set(root.href, () => new Response(pageOf("2222222222222222")))],
    ["a file that has changed", () => host.set(addressOf(early, root, version), () => new Response("later"))],
    ["a file that is gone", () => host.delete(addressOf(shell, root, version))],
  ])("refuses %s", async (_, change) => {
    change();
    await expect(fillSet([home, early, shell], set, { signal, fetch: ask })).rejects.toMatchObject({ code: "updated" });
    expect(await missingOf([home, early, shell], set)).not.toEqual([]);
  });

  it("says that there is no room, and keeps what has come", async () => {
    storage.roomFor = 120;
    const large: SiteFile = { path: "_astro/large.AbCd1234.js", bytes: 500 };
    host.set(addressOf(large, root, version), () => new Response("x".repeat(500)));
    await expect(fillSet([early, shell, large], set, { signal, fetch: ask })).rejects.toMatchObject({ code: "full" });
    expect((await missingOf([early, shell, large], set)).map(({ path }) => path)).toContain(large.path);
    storage.roomFor = 1000;
    await fillSet([early, shell, large], set, { signal, fetch: ask });
    expect(await missingOf([early, shell, large], set)).toEqual([]);
  });

  it("tells a network that fails from a reader who stops", async () => {
    const failing = (() => Promise.reject(new TypeError("no network"))) as unknown as typeof fetch;
    await expect(fillSet([home], set, { signal, fetch: failing })).rejects.toMatchObject({ code: "unreachable" });
    const stopped = AbortSignal.abort();
    await expect(fillSet([home], set, { signal: stopped, fetch: failing })).rejects.toMatchObject({
      code: "cancelled",
    });
  });
});
