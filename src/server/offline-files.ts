import { createHash } from "node:crypto";
import { glob, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import { blobsOf } from "../catalogue/image-manifest.ts";
import { parseCatalogue } from "../catalogue/catalogue.ts";
import { embedFolder } from "../embed/embed-path.ts";
import {
  machineFilesName,
  offlinePage,
  siteFilesName,
  workerName,
  type MachineFiles,
  type MachinePart,
  type SiteFile,
  type SiteFiles,
} from "../offline/site-files.ts";
import { fixedModules } from "./fixed-modules.ts";

/**
 * Puts the service worker into the built site, gives the build a version, which is a hash of all that is in it, and lists what there is to be kept
 * for use without a network.
 */
export function offlineFiles(): AstroIntegration {
  let root = new URL("file:///");
  return {
    name: "drydock:offline-files",
    hooks: {
      "astro:config:setup": ({ config, updateConfig }) => {
        root = config.root;
        const worker = { [workerName]: "src/offline/worker.ts" };
        updateConfig({
          vite: {
            plugins: [fixedModules("drydock:offline-files", worker, root)],
            environments: { client: { build: { modulePreload: { polyfill: false, resolveDependencies } } } },
            define: { "import.meta.env.SITE_VERSION": JSON.stringify(versionPlaceholder) },
          },
        });
      },
      "astro:build:done": ({ dir }) => nameVersion(dir, new URL("content/", root)),
    },
  };
}

/** What waits until the page is quiet, or for a key, loads what it needs by itself: every page's script would have to name all of it. */
const resolveDependencies = (file: string, needs: string[]) => (/\/(page-offline|comfort)\./.test(file) ? [] : needs);

/** Stands in the built pages and in the service worker until all of the site is there to be hashed, and for good under `astro dev`. */
const versionPlaceholder = "unbuilt-drydock1";

/** Pages in frames of other sites: where there is a network, else not. They are of this build all the same. */
const neverKept = new RegExp(`^${embedFolder}/`);

/** What is kept by its hash, or by the other host, or only means something to hosts. */
const leftOut =
  /^(machine\/(files|parts)\/|catalogue\/(blobs\/|oci-layout)|preview[/-]|_headers$|vercel\.json$|\.|404\.html$)/;

/** `site` is the built site, `content` the folder of the courses' sources. */
export async function nameVersion(site: URL, content: URL): Promise<void> {
  const paths = await listFiles(site);
  const version = await hashOf(site, paths);
  for (const path of paths.filter((each) => each.endsWith(".html") || each === workerName)) {
    const text = await readFile(new URL(path, site), "utf8");
    await writeFile(new URL(path, site), text.replaceAll(versionPlaceholder, version));
  }
  const machine = await describeMachine(site, paths, content);
  await writeFile(new URL(machineFilesName, site), JSON.stringify(machine));
  const kept = [...paths.filter((path) => path !== workerName && !neverKept.test(path)), machineFilesName];
  const files = await Promise.all(kept.map((path) => describeFile(site, path)));
  const courses = Map.groupBy(files, ({ path }) => courseOf(path));
  const list: SiteFiles = {
    version,
    base: await listNeeds(site, `${offlinePage}index.html`),
    shared: courses.get(undefined) ?? [],
    courses: [...courses].flatMap(([id, pages]) =>
      id === undefined ? [] : [{ id, files: pages, machineBytes: bytesOf(machine, id) }],
    ),
  };
  await writeFile(new URL(siteFilesName, site), JSON.stringify(list));
}

function bytesOf({ image, blobs }: MachineFiles, course: string): number {
  return [...(image?.files ?? []), ...(blobs[course] ?? [])].reduce((sum, { bytes }) => sum + bytes, 0);
}

async function listFiles(site: URL): Promise<string[]> {
  const paths: string[] = [];
  for await (const path of glob("**/*", { cwd: fileURLToPath(site), exclude: (name) => leftOut.test(name) })) {
    if (!leftOut.test(path) && (await stat(new URL(path, site))).isFile()) paths.push(path);
  }
  return paths.filter((path) => path !== siteFilesName && path !== machineFilesName).sort();
}

async function hashOf(site: URL, paths: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const path of paths) hash.update(`${path}\0`).update(sha256(await readFile(new URL(path, site))));
  return hash.digest("hex").slice(0, versionPlaceholder.length);
}

async function describeFile(site: URL, path: string): Promise<SiteFile> {
  const bytes = await readFile(new URL(path, site));
  if (path.endsWith(".html")) return { path: path.replace(/(^|\/)index\.html$/, "$1"), bytes: bytes.length };
  // Astro has put a hash into these names.
  if (path.startsWith("_astro/")) return { path, bytes: bytes.length };
  return { path, bytes: bytes.length, sha256: sha256(bytes) };
}

function courseOf(path: string): string | undefined {
  return /^(?:learn|run-here|present|presenter|recordings)\/([^/]+)\//.exec(path)?.[1];
}

/** A page and all that it loads by itself. */
async function listNeeds(site: URL, page: string): Promise<string[]> {
  const html = await readFile(new URL(page, site), "utf8");
  const needs = new Set(["early.js", "favicon.svg", ...(html.match(/_astro\/[\w./-]+\w/g) ?? [])]);
  for (const path of needs) {
    if (!/\.(js|css)$/.test(path) || !path.startsWith("_astro/")) continue;
    const text = await readFile(new URL(path, site), "utf8");
    // Imports that are not made by a call, and what styles name.
    for (const [, name = ""] of text.matchAll(/(?:\bfrom|\bimport)\s*"\.\/([\w./-]+)"/g)) needs.add(`_astro/${name}`);
    for (const [name] of text.matchAll(/_astro\/[\w./-]+\.(?:woff2|svg|png)/g)) needs.add(name);
  }
  return [page.replace(/index\.html$/, ""), ...needs];
}

async function describeMachine(site: URL, paths: readonly string[], content: URL): Promise<MachineFiles> {
  return { image: await describeImage(site, paths), blobs: await describeBlobs(site, paths, content) };
}

async function describeImage(site: URL, paths: readonly string[]): Promise<MachineFiles["image"]> {
  if (!paths.includes("machine/manifest.json")) return null;
  const folder = new URL("machine/", site);
  const manifest = JSON.parse(await readFile(new URL("manifest.json", folder), "utf8")) as ImageManifest;
  const { diskIndex, savedImages: _savedImages, licences: _licences, ...started } = manifest.files;
  const files = [
    ...Object.values(started),
    diskIndex,
    ...(manifest.small ? [manifest.small.kernel, manifest.small.initrd] : []),
  ];
  const { parts } = JSON.parse(await readFile(new URL(diskIndex.path, folder), "utf8")) as { parts: (string | null)[] };
  const stored = [...new Set(parts)].filter((part) => part !== null);
  const disk = await Promise.all(
    stored.map(async (part): Promise<MachinePart> => {
      const path = `parts/${part}.zst`;
      return { path, sha256: part, bytes: (await stat(new URL(path, folder))).size };
    }),
  );
  return {
    id: manifest.id,
    files: [...files.map(({ path, sha256: hash, bytes }) => ({ path, sha256: hash, bytes })), ...disk].map(
      ({ path, ...part }) => ({ path: `machine/${path}`, ...part }),
    ),
  };
}

/** What is used of the manifest, which the image's own build has just made. */
interface ImageManifest {
  readonly id: string;
  readonly files: Readonly<Record<string, MachinePart>> & { readonly diskIndex: MachinePart };
  readonly small?: { readonly kernel: MachinePart; readonly initrd: MachinePart };
}

/** What the images are made of that the lessons of each course may pull. */
async function describeBlobs(site: URL, paths: readonly string[], content: URL): Promise<MachineFiles["blobs"]> {
  if (!paths.includes("catalogue/index.json")) return {};
  const folder = new URL("catalogue/", site);
  const { images } = parseCatalogue(await readFile(new URL("index.json", folder), "utf8"));
  const blobs: Record<string, MachinePart[]> = {};
  for (const course of new Set(paths.map(courseOf))) {
    if (course === undefined) continue;
    const text = await readTexts(new URL(`${course}/`, content));
    const parts = new Map<string, MachinePart>();
    for (const { repository, manifest } of images) {
      if (!mayPull(text, repository)) continue;
      const hash = hexOf(manifest.digest);
      const bytes = await readFile(new URL(`blobs/sha256/${hash}`, folder));
      for (const { digest, size } of [manifest, ...blobsOf(manifest.digest, bytes)]) {
        const name = hexOf(digest);
        parts.set(name, { path: `catalogue/blobs/sha256/${name}`, sha256: name, bytes: size });
      }
    }
    blobs[course] = [...parts.values()];
  }
  return blobs;
}

/** Whether the sources of a course name the image where one is named: rather one too many than one too few. */
function mayPull(text: string, repository: string): boolean {
  const name = repository.replace(/^library\//, "");
  return new RegExp(
    String.raw`(?:\bFROM|\bdocker\s+\w[\w-]*[^\n\x60|;]*?|\bimage:)[\s"]+(?:docker\.io/)?(?:library/)?${name}(?![\w/-])`,
  ).test(text);
}

async function readTexts(folder: URL): Promise<string> {
  const texts: string[] = [];
  for await (const entry of glob("**/*", { cwd: fileURLToPath(folder), withFileTypes: true })) {
    // A recording has what its lesson has, and whatever the machine printed.
    if (entry.isFile() && !entry.name.endsWith(".cast"))
      texts.push(await readFile(join(entry.parentPath, entry.name), "utf8"));
  }
  return texts.join("\n");
}

function hexOf(digest: string): string {
  return digest.slice("sha256:".length);
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
