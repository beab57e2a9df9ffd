import { posix } from "node:path";
import type { SourceFolder } from "./scenario.ts";

/** The folder, and which of its files were not read through it. */
export function recordReading(source: SourceFolder): {
  readonly folder: SourceFolder;
  unread(): Promise<string[]>;
} {
  const read = new Set<string>();
  const record = (path: string): void => {
    read.add(posix.normalize(path.replace(/^\/+/, "")));
  };
  return {
    folder: {
      ...source,
      text(path) {
        record(path);
        return source.text(path);
      },
      bytes(path) {
        record(path);
        return source.bytes(path);
      },
    },
    unread: async () => (await source.list()).filter((path) => !read.has(path)),
  };
}
