import { EngineError } from "../../engine/error.ts";
import type { ImageDetails, ImageHistoryStep, ImagesApi } from "../../engine/images.ts";
import type { ImageFacts, LayersMemory } from "./layers-memory.ts";

/** Asks the engine of images, and of what never changes only once. */
export class ImageReader {
  readonly #images: Pick<ImagesApi, "inspect" | "history">;
  readonly #memory: LayersMemory;
  readonly #signal: AbortSignal;

  constructor(images: Pick<ImagesApi, "inspect" | "history">, memory: LayersMemory, signal: AbortSignal) {
    this.#images = images;
    this.#memory = memory;
    this.#signal = signal;
  }

  /** Where its layers lie can change: it may be removed and pulled again. */
  async inspect(id: string): Promise<ImageDetails> {
    const details = await this.#images.inspect(id, { signal: this.#signal });
    this.#memory.facts.set(id, { layers: details.RootFS.Layers, size: details.Size });
    return details;
  }

  async facts(id: string): Promise<ImageFacts> {
    const known = this.#memory.facts.get(id);
    if (known !== undefined) return known;
    const { RootFS, Size } = await this.inspect(id);
    return { layers: RootFS.Layers, size: Size };
  }

  async history(id: string): Promise<readonly ImageHistoryStep[]> {
    const known = this.#memory.histories.get(id);
    if (known !== undefined) return known;
    const history = await this.#images.history(id, { signal: this.#signal });
    this.#memory.histories.set(id, history);
    return history;
  }

  /** One after the other, as there may be a hundred; without those that are gone meanwhile. Undefined when `isEnough` says to stop, with what was learnt kept. */
  async factsOfAll(
    ids: readonly string[],
    isEnough: () => boolean,
  ): Promise<ReadonlyMap<string, ImageFacts> | undefined> {
    const found = new Map<string, ImageFacts>();
    for (const id of ids) {
      const isKnown = this.#memory.facts.has(id);
      try {
        found.set(id, await this.facts(id));
      } catch (error) {
        if (!(error instanceof EngineError) || error.code !== "not-found") throw error;
      }
      if (!isKnown && isEnough()) return undefined;
    }
    return found;
  }
}
