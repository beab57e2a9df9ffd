import type { ImageStack } from "./image-stack.ts";
import type { LayerAge } from "./layer-ages.ts";
import type { LayerContent } from "./layer-changes.ts";
import type { Subject } from "./subject.ts";

/** All that is known of an image or a container and its layers. */
export interface View {
  readonly subject: Subject;
  readonly stack: ImageStack;
  /** By the layers' numbers; of a container, its writable layer comes last. Absent while they are read, or where the engine does not say where they are. */
  readonly contents?: readonly LayerContent[];
  /** Where each layer lies on the machine. */
  readonly folders: readonly string[];
  /** By the layers' numbers, where it is known. */
  readonly ages: readonly (LayerAge | undefined)[];
}

export interface OpenFile {
  readonly path: string;
  /** Its beginning, or why it cannot be shown. */
  readonly text?: string;
  readonly note?: string;
}
