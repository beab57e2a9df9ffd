import {
  filesFor,
  type MachineFiles,
  type MachinePart,
  type SiteFile,
  type SiteFiles,
} from "../../offline/site-files.ts";

/** All that can be kept of a build of the site. */
export interface OfflineLists {
  readonly site: SiteFiles;
  readonly machine: MachineFiles;
}

/** What is there of it. */
export interface KeptThings {
  readonly missingFiles: readonly SiteFile[];
  /** By their hash. */
  readonly parts: ReadonlySet<string>;
}

/** How much of a course is there, in bytes. */
export interface CourseState {
  readonly totalBytes: number;
  readonly missingBytes: number;
}

export function partsFor({ machine: { image, blobs } }: OfflineLists, course: string): readonly MachinePart[] {
  return [...(image?.files ?? []), ...(blobs[course] ?? [])];
}

export function stateOf(course: string, lists: OfflineLists, { missingFiles, parts }: KeptThings): CourseState {
  const missing = new Set(missingFiles.map(({ path }) => path));
  const files = filesFor(lists.site, [course]);
  const wanted = partsFor(lists, course);
  return {
    totalBytes: bytesOf(files) + bytesOf(wanted),
    missingBytes:
      bytesOf(files.filter(({ path }) => missing.has(path))) +
      bytesOf(wanted.filter(({ sha256 }) => !parts.has(sha256))),
  };
}

/** The hashes of what only `course` has, which may go with it. */
export function ownParts(course: string, others: readonly string[], lists: OfflineLists): readonly string[] {
  const shared = new Set(others.flatMap((other) => partsFor(lists, other)).map(({ sha256 }) => sha256));
  return partsFor(lists, course).flatMap(({ sha256 }) => (shared.has(sha256) ? [] : [sha256]));
}

function bytesOf(files: readonly { readonly bytes: number }[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
