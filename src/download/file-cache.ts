/**
 * Keeps verified files by their hash, in folders, and a few texts by their address. Nothing here may fail a start: what cannot be kept is fetched
 * again.
 */
export interface FileCache {
  read(folder: string, sha256: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** The hashes of a folder's files. */
  list(folder: string): Promise<ReadonlySet<string>>;
  write(folder: string, sha256: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Drops the files of a folder that are not wanted any more. */
  retain(folder: string, isWanted: (sha256: string) => boolean): Promise<void>;
  /** Drops every folder whose name begins with `prefix`, but this one. */
  dropOthers(prefix: string, folder: string): Promise<void>;
  readText(url: URL): Promise<string | undefined>;
  writeText(url: URL, text: string): Promise<void>;
}

export function createMemoryCache(): FileCache {
  const folders = new Map<string, Map<string, Uint8Array<ArrayBuffer>>>();
  const texts = new Map<string, string>();
  const open = (folder: string) => {
    const files = folders.get(folder) ?? new Map<string, Uint8Array<ArrayBuffer>>();
    folders.set(folder, files);
    return files;
  };
  return {
    // A copy, because what is handed to a worker is transferred.
    read: (folder, sha256) => Promise.resolve(open(folder).get(sha256)?.slice()),
    list: (folder) => Promise.resolve(new Set(open(folder).keys())),
    write(folder, sha256, bytes) {
      open(folder).set(sha256, bytes.slice());
      return Promise.resolve();
    },
    retain(folder, isWanted) {
      const files = open(folder);
      for (const sha256 of files.keys()) if (!isWanted(sha256)) files.delete(sha256);
      return Promise.resolve();
    },
    dropOthers(prefix, folder) {
      for (const name of folders.keys()) if (name.startsWith(prefix) && name !== folder) folders.delete(name);
      return Promise.resolve();
    },
    readText: (url) => Promise.resolve(texts.get(url.href)),
    writeText(url, text) {
      texts.set(url.href, text);
      return Promise.resolve();
    },
  };
}
