import type { ShikiConfig } from "astro";
import { readLineKinds } from "./file-diff.ts";

type Transformer = NonNullable<ShikiConfig["transformers"]>[number];

/** Marks the lines of a highlighted difference as inserted, deleted or left out. */
export const diffLines: Transformer = {
  name: "drydock:diff-lines",
  pre(node) {
    if (readLineKinds(this.options.meta?.__raw)) this.addClassToHast(node, "diff");
  },
  line(node, number) {
    const kind = readLineKinds(this.options.meta?.__raw)?.[number - 1];
    if (kind === "added") node.tagName = "ins";
    if (kind === "removed") node.tagName = "del";
    if (kind === "gap") this.addClassToHast(node, "gap");
  },
};
