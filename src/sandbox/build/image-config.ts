import * as z from "zod/mini";
import { readInstruction } from "../layers/image-stack.ts";

/** What the configuration of an image says of how it came about. */
export interface ImageSettings {
  /** Digests of the layers that were there before the build. */
  readonly baseLayers: readonly string[];
  /** The last `WORKDIR`. */
  readonly workingFolder: string;
  /** Which layer a step made, counted from the bottom, from 0, and how many there are. */
  layerOf(words: string): { readonly layer: number; readonly layers: number } | undefined;
  /** The instructions without a layer that stand above a step, from the top of its image's history. */
  settingsAbove(words: string): string[] | undefined;
}

const schema = z.looseObject({
  history: z.array(z.looseObject({ created_by: z.optional(z.string()), empty_layer: z.optional(z.boolean()) })),
  config: z.optional(z.looseObject({ WorkingDir: z.optional(z.string()) })),
  rootfs: z.looseObject({ diff_ids: z.nullish(z.array(z.string())) }),
});

/** Of the configuration as BuildKit's history keeps it, whose layers are only those of the base. Undefined where there is none. */
export function readSettings(imageConfig: string | undefined): ImageSettings | undefined {
  if (imageConfig === undefined) return undefined;
  const found = schema.safeParse(parse(imageConfig));
  if (!found.success) return undefined;
  const steps = found.data.history.map(({ created_by: by = "", empty_layer: isEmpty = false }) => ({
    words: squeeze(readInstruction(by)),
    isEmpty,
  }));
  const find = (words: string) => steps.findLastIndex((step) => !step.isEmpty && step.words === squeeze(words));
  return {
    baseLayers: found.data.rootfs.diff_ids ?? [],
    workingFolder: found.data.config?.WorkingDir ?? "/",
    layerOf(words) {
      const at = find(words);
      if (at === -1) return undefined;
      const withLayer = (some: typeof steps) => some.filter(({ isEmpty }) => !isEmpty).length;
      return { layer: withLayer(steps.slice(0, at)), layers: withLayer(steps) };
    },
    settingsAbove(words) {
      const at = find(words);
      if (at === -1) return undefined;
      return steps.slice(0, at).flatMap((step) => (step.isEmpty ? [step.words] : []));
    },
  };
}

function squeeze(words: string): string {
  return words.replaceAll(/\s+/g, " ").trim();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
