import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, glob, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { root } from "../../../src/server/build-site.ts";
import { createSiteCopy } from "../../unit/site-copy.ts";
import { openScope, type PartContext } from "../part.ts";
import { courseCopies, siteId } from "../site-growth.ts";

/** Builds the site with its longest course once and several times: how build and pages grow with the lessons. */
export async function measureSite(context: PartContext): Promise<void> {
  const { ledger } = context;
  for (const copies of courseCopies) {
    await using scope = openScope(context);
    const { folder } = scope.held.use(await createSiteCopy());
    for (const part of ["content", "public/early.js", "public/favicon.svg"])
      await cp(join(root, part), join(folder, part), { recursive: true });
    for (let copy = 2; copy <= copies; copy++)
      await cp(join(root, "content/containers"), join(folder, `content/containers-${copy}`), { recursive: true });
    const record = (measure: string, value: number): void => ledger.record(siteId(copies, measure), value);
    const start = performance.now();
    await buildCopy(folder, scope);
    record("build", (performance.now() - start) / 1000);
    const dist = join(folder, "dist");
    const page = "learn/containers/first-image/index.html";
    record(
      "lessons",
      (await listFiles(dist, "learn/*/*/index.html")).filter((path) => !path.includes("/done/")).length,
    );
    record("site", await total(await listFiles(dist, "**"), async (path) => (await stat(path)).size / 1e6));
    record("search", await compressed(join(dist, "search-index.json")));
    record("home", await compressed(join(dist, "index.html")));
    record("lesson", await compressed(join(dist, page)));
    record("glossary", await compressed(join(dist, "glossary/index.html")));
    const html = await readFile(join(dist, page), "utf8");
    const scripts = [...html.matchAll(/<script[^>]* src="\/([^"?]+)/g)].map(([, path = ""]) => join(dist, path));
    record("scripts", await total(scripts, compressed));
  }
}

async function buildCopy(folder: string, { held }: PartContext): Promise<void> {
  const child = spawn(process.execPath, [join(folder, "node_modules/astro/bin/astro.mjs"), "build"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: "production",
      NO_COLOR: "1",
      ASTRO_TELEMETRY_DISABLED: "1",
    },
  });
  const closed = once(child, "close") as Promise<[number | null]>;
  held.defer(async () => {
    child.kill("SIGKILL");
    await closed;
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-4000)));
  const [code] = await closed;
  if (code !== 0) throw new Error(`The site could not be built with more lessons:\n${said}`);
}

async function listFiles(folder: string, pattern: string): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of glob(pattern, { cwd: folder, withFileTypes: true }))
    if (entry.isFile()) found.push(join(entry.parentPath, entry.name));
  return found;
}

async function total(paths: readonly string[], measure: (path: string) => Promise<number>): Promise<number> {
  const values = await Promise.all(paths.map(measure));
  return values.reduce((sum, value) => sum + value, 0);
}

/** KB, as gzip makes them. */
async function compressed(path: string): Promise<number> {
  return gzipSync(await readFile(path)).byteLength / 1000;
}
