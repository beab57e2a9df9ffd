import type { ImageHistoryStep } from "../../engine/images.ts";
import { LayerAges } from "./layer-ages.ts";
import type { LayerEntry } from "./list-layers.ts";

/** What an image's id stands for. */
export interface ImageFacts {
  /** Digests, oldest first. */
  readonly layers: readonly string[];
  /** Bytes of all layers. */
  readonly size: number;
}

/** What was learnt of a machine's images during this visit, for all who show it. Only what never changes is kept: by an image's id, or by the folder of a layer. */
export class LayersMemory {
  readonly facts = new Map<string, ImageFacts>();
  readonly histories = new Map<string, readonly ImageHistoryStep[]>();
  readonly listings = new Map<string, readonly LayerEntry[]>();
  readonly ages = new LayerAges();
}

const memories = new WeakMap<object, LayersMemory>();

export function memoryOf(machine: object): LayersMemory {
  const memory = memories.get(machine) ?? new LayersMemory();
  memories.set(machine, memory);
  return memory;
}
