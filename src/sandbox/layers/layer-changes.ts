import type { LayerEntry } from "./list-layers.ts";

/** One name of a layer, as what the layer does to what is below it. */
export interface LayerChange {
  readonly path: string;
  readonly kind: LayerEntry["kind"];
  readonly change: "added" | "changed" | "deleted" | "kept";
  /** Of a deleted one: what it had below. */
  readonly bytes: number;
  readonly mode: number;
}

export interface LayerContent {
  /** In the order of a tree: each folder before what is in it. */
  readonly changes: readonly LayerChange[];
  /** Bytes of its files. */
  readonly bytes: number;
  /** Of these, what a layer above replaces or deletes: the image carries them, and no container sees them. */
  hiddenBytes: number;
}

interface Below {
  readonly layer: number;
  readonly bytes: number;
  readonly isFolder: boolean;
  readonly mode: number;
}

/** What each layer changes, from the bottom up. `layers` are in that order. A folder that is only there to hold what is in it is `kept`. */
export function describeChanges(layers: readonly (readonly LayerEntry[])[]): LayerContent[] {
  const below = new Map<string, Below>();
  const contents: LayerContent[] = [];
  const hide = (path: string): number => {
    const found = below.get(path);
    const owner = found && contents[found.layer];
    if (found === undefined || owner === undefined) return 0;
    below.delete(path);
    owner.hiddenBytes += found.bytes;
    return found.bytes;
  };
  /** Everything in a folder. */
  const hideIn = (folder: string): number => {
    let bytes = 0;
    for (const path of below.keys()) if (path.startsWith(`${folder}/`)) bytes += hide(path);
    return bytes;
  };
  for (const [number, entries] of layers.entries()) {
    const changes: LayerChange[] = [];
    // Its own files are seen only when all of it has been looked at: an opaque folder hides what lies below the layer, not in it.
    const own: [string, Below][] = [];
    for (const { path, kind, bytes, mode } of entries) {
      const found = below.get(path);
      const isFolder = kind === "folder" || kind === "opaque";
      if (kind === "whiteout") {
        const hidden = (found?.isFolder === true ? hideIn(path) : 0) + hide(path);
        changes.push({ path, kind, change: "deleted", bytes: hidden, mode });
        continue;
      }
      if (kind === "opaque" || (found?.isFolder === true && !isFolder)) hideIn(path);
      if (found !== undefined) hide(path);
      // As Docker counts: what a link says takes no room.
      const held = kind === "file" ? bytes : 0;
      own.push([path, { layer: number, bytes: held, isFolder, mode }]);
      const isKept = kind === "folder" && found?.isFolder === true && found.mode === mode;
      changes.push({
        path,
        kind,
        change: found === undefined ? "added" : isKept ? "kept" : "changed",
        bytes: held,
        mode,
      });
    }
    for (const [path, entry] of own) below.set(path, entry);
    contents.push({ changes, bytes: own.reduce((sum, [, { bytes }]) => sum + bytes, 0), hiddenBytes: 0 });
  }
  return contents;
}
