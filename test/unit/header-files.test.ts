import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readEmbedSettings } from "../../src/embed/hosts.ts";
import { headerFiles } from "../../src/server/header-files.ts";

let folder: string;
const coep = "Cross-Origin-Embedder-Policy";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-headers-"));
  const { hooks } = headerFiles();
  await hooks["astro:config:done"]?.({ config: { base: "/sub/" } } as never);
  await hooks["astro:build:done"]?.({ dir: pathToFileURL(folder + sep) } as never);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

it("tells hosts that read _headers how long to keep each file", async () => {
  const rules = new Map(
    (await readFile(join(folder, "_headers"), "utf8")).split("\n\n").map((rule) => {
      const [path = "", ...fields] = rule.trim().split("\n");
      return [path, fields.map((field) => field.trim())] as const;
    }),
  );
  const forever = "Cache-Control: public, max-age=31536000, immutable";
  expect(rules.get("/sub/machine/parts/*")).toEqual([forever]);
  expect(rules.get("/sub/catalogue/blobs/*")).toEqual([forever, "Content-Type: application/octet-stream"]);
  expect(rules.get("/sub/catalogue/index.json")).toEqual(["Cache-Control: no-cache"]);
  expect(rules.get("/sub/offline-worker.js")).toEqual(["Cache-Control: no-cache"]);
  expect(rules.get("/sub/*")?.[0]).toMatch(/^Content-Security-Policy: default-src 'self'/);
  expect(rules.get("/sub/*")?.join()).not.toMatch(/Embedder-Policy|stackblitz/);
  expect(rules.get("/sub/_astro/*")).toEqual([forever, `${coep}: require-corp`]);
  // Hosts that add up take the first policy away; hosts on which the last rule wins have it last.
  expect([...rules.keys()].at(-1)).toBe("/sub/run-here/*");
  expect(rules.get("/sub/run-here/*")).toEqual([
    "! Content-Security-Policy",
    expect.stringMatching(
      /^Content-Security-Policy: .*frame-src 'self' blob: https:\/\/stackblitz\.com https:\/\/\*\.webcontainer-api\.io/,
    ),
    `${coep}: require-corp`,
  ]);
});

it("tells Vercel the same", async () => {
  const { headers } = JSON.parse(await readFile(join(folder, "vercel.json"), "utf8")) as {
    headers: { source: string; headers: { key: string; value: string }[] }[];
  };
  const of = (source: string) => headers.find((rule) => rule.source === source)?.headers;
  expect(of("/sub/catalogue/blobs/(.*)")).toContainEqual({ key: "Content-Type", value: "application/octet-stream" });
  expect(of("/sub/machine/manifest.json")).toEqual([{ key: "Cache-Control", value: "no-cache" }]);
  expect(headers.at(-1)?.source).toBe("/sub/run-here/(.*)");
  expect(of("/sub/run-here/(.*)")).toContainEqual({ key: coep, value: "require-corp" });
  expect(of("/sub/(.*)")?.map(({ key }) => key)).not.toContain(coep);
});

it("tells Apache the same", async () => {
  const text = await readFile(join(folder, ".htaccess"), "utf8");
  expect(text).toContain('"expr=%{REQUEST_URI} =~ m#/(_astro|machine/files|machine/parts|catalogue/blobs)/#"');
  expect(text).toContain('Header set Cache-Control "no-cache" "expr=%{REQUEST_URI} =~ m#/(machine/manifest.json|');
  const isolated = text.split("\n").filter((line) => line.includes(coep));
  expect(isolated).toEqual([
    `  Header always set ${coep} "require-corp" "expr=%{REQUEST_URI} =~ m#^/sub/run-here/#"`,
    `  Header always set ${coep} "require-corp" "expr=%{REQUEST_URI} =~ m#^/sub/_astro/#"`,
  ]);
  expect(text.lastIndexOf("stackblitz.com")).toBeGreaterThan(text.indexOf("Content-Security-Policy"));
});

it("lets the site frame its preview host, and no page of it be framed but by the site", async () => {
  const site = "https://learn.example.org/sub/";
  const made = await mkdtemp(join(tmpdir(), "drydock-headers-"));
  const { hooks } = headerFiles("https://preview.example.org");
  await hooks["astro:config:done"]?.({ config: { base: "/sub/", site } } as never);
  await hooks["astro:build:done"]?.({ dir: pathToFileURL(made + sep) } as never);
  for (const name of ["_headers", "vercel.json", ".htaccess"]) {
    const text = await readFile(join(made, name), "utf8");
    expect(text).toContain("frame-src 'self' blob: https://preview.example.org;");
    expect(text).toContain("frame-ancestors 'self' https://learn.example.org");
    expect(await readFile(join(folder, name), "utf8")).toMatch(/frame-src 'self' blob:;.*frame-ancestors 'self'\W/);
  }
  await rm(made, { recursive: true });
});

it("lets the sites that may embed lessons frame those pages and what they frame of the preview host, and nothing else", async () => {
  const hosts = readEmbedSettings("https://blog.example.org https://school.example", "");
  const made = await mkdtemp(join(tmpdir(), "drydock-headers-"));
  const { hooks } = headerFiles("https://preview.example.org", hosts);
  await hooks["astro:config:done"]?.({ config: { base: "/", site: "https://learn.example.org" } } as never);
  await hooks["astro:build:done"]?.({ dir: pathToFileURL(made + sep) } as never);
  const text = await readFile(join(made, "_headers"), "utf8");
  const rules = new Map(
    text.split("\n\n").map((rule) => [/^\S+/.exec(rule.trim())?.[0], rule.trim().split("\n").slice(1)]),
  );
  const embedders = "https://blog.example.org https://school.example";
  expect(rules.get("/*")?.join()).toMatch(/frame-ancestors 'self' https:\/\/learn\.example\.org,/);
  expect(rules.get("/embed/*")).toEqual([
    "  ! Content-Security-Policy",
    expect.stringMatching(
      new RegExp(
        `frame-src 'self' blob: https://preview.example.org;.*frame-ancestors 'self' https://learn.example.org ${embedders}$`,
      ),
    ),
  ]);
  expect(rules.get("/preview/bridge/*")).toEqual([
    "  ! Content-Security-Policy",
    expect.stringMatching(new RegExp(`frame-ancestors 'self' https://learn.example.org ${embedders}$`)),
  ]);
  expect(rules.get("/run-here/*")?.join()).toMatch(/frame-ancestors 'self',/);
  const vercel = JSON.parse(await readFile(join(made, "vercel.json"), "utf8")) as { headers: { source: string }[] };
  expect(vercel.headers.slice(-3).map(({ source }) => source)).toEqual([
    "/embed/(.*)",
    "/preview/bridge/(.*)",
    "/run-here/(.*)",
  ]);
  const apache = (await readFile(join(made, ".htaccess"), "utf8"))
    .split("\n")
    .filter((line) => line.includes("^/embed/"));
  expect(apache).toEqual([expect.stringContaining(`frame-ancestors 'self' https://learn.example.org ${embedders}"`)]);
  // Where nobody may, those pages are as all others.
  expect(await readFile(join(folder, "_headers"), "utf8")).not.toMatch(/\/(embed|bridge)\/\*/);
  await rm(made, { recursive: true });
});

it("stops a build whose preview host cannot be used", () => {
  const { hooks } = headerFiles("https://learn.example.org");
  const config = { base: "/", site: "https://learn.example.org" };
  const setUp = () => hooks["astro:config:setup"]?.({ command: "build", config, updateConfig: () => config } as never);
  expect(setUp).toThrow("DRYDOCK_PREVIEW");
});
