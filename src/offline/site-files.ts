import * as z from "zod/mini";

const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));
/** Below the root of the site, without a leading slash; pages end in a slash, and the home page is the empty path. */
const path = z.string().check(z.regex(/^(?!\/)(?!.*\.\.)[^?#\\\s]*$/));

const file = z.object({
  path,
  /** As it is when nothing has packed it. */
  bytes: z.int().check(z.nonnegative()),
  /** Of a file whose name says nothing of its content and which is no page: its address has the version added. */
  sha256: z.optional(sha256),
});

/** What `site-files.json` says: all files of one build of the site, but for the machine's and the catalogue's. */
export const siteFiles = z.object({
  version: z.string().check(z.minLength(8)),
  /** What the page is made of that stands in for pages that are not kept. */
  base: z.array(path),
  /** Of all courses: scripts, styles, fonts, pages that belong to none. */
  shared: z.array(file),
  /** The pages of each course; `machineBytes` are all of the machine and of the images that the course pulls. */
  courses: z.array(z.object({ id: z.string(), files: z.array(file), machineBytes: z.int().check(z.nonnegative()) })),
});

const part = z.object({ path, sha256, bytes: z.int().check(z.nonnegative()) });

/** What `machine-files.json` says: the files that a machine may ask for, by their hash. */
export const machineFiles = z.object({
  /** The image's own id; there is none where the site was built without. */
  image: z.nullable(z.object({ id: z.string().check(z.regex(/^[0-9a-f]+$/)), files: z.array(part) })),
  /** Of the images that each course pulls, by the course's id. */
  blobs: z.record(z.string(), z.array(part)),
});

export type SiteFile = z.infer<typeof file>;
export type SiteFiles = z.infer<typeof siteFiles>;
export type MachineFiles = z.infer<typeof machineFiles>;
export type MachinePart = z.infer<typeof part>;

export const siteFilesName = "site-files.json";
export const machineFilesName = "machine-files.json";
export const workerName = "offline-worker.js";
/** The page that is shown in place of one that is not kept. */
export const offlinePage = "offline/";

export function isPage({ path: name }: SiteFile): boolean {
  return name === "" || name.endsWith("/") || name.endsWith(".html");
}

/** Where a file is asked for, and the key that it is kept under. */
export function addressOf({ path: name, sha256: hash }: SiteFile, root: URL, version: string): string {
  return hash === undefined ? new URL(name, root).href : versionedAddress(name, root, version);
}

export function versionedAddress(name: string, root: URL, version: string): string {
  return `${new URL(name, root).href}?v=${version}`;
}

/** All that is wanted of the site for these courses to work without a network. */
export function filesFor({ shared, courses }: SiteFiles, kept: readonly string[]): readonly SiteFile[] {
  const pages = courses.filter(({ id }) => kept.includes(id)).flatMap(({ files }) => files);
  return kept.length === 0 ? [] : [...shared, ...pages];
}

export function baseFiles({ base, shared }: SiteFiles): readonly SiteFile[] {
  const wanted = new Set(base);
  return shared.filter(({ path: name }) => wanted.has(name));
}

/**
 * The files of this build that take the place of those another build was kept with: its pages, and what has the same name but for the hash. So what
 * could be opened without a network still can be after an update.
 */
export function successorsOf(
  addresses: readonly string[],
  { shared, courses }: SiteFiles,
  root: URL,
): readonly SiteFile[] {
  const stems = new Set(addresses.map((address) => stemOf(address.slice(root.href.length))));
  return [...shared, ...courses.flatMap(({ files }) => files)].filter(({ path: name }) => stems.has(stemOf(name)));
}

/** `_astro/Sandbox.CbzCO6ca.js` and what comes in its place have one. */
function stemOf(name: string): string {
  return name.replace(/\?.*$/, "").replace(/[.-][\w-]{8}(?=\.\w+$)/, "");
}
