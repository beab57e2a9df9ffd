/** Whether a layer came with its image or was taken from what was there, as far as that is known. */
export type LayerAge =
  /** It was not there when the page looked at that time. */
  | { readonly kind: "new"; readonly since: Date }
  /** It was there before the image was. */
  | { readonly kind: "there" };

export interface SeenImage {
  readonly id: string;
  /** Digests, oldest first. */
  readonly layers: readonly string[];
  /** Unix seconds, by the image itself. */
  readonly created: number;
  /** Its `created` says nothing of when it came to this engine. */
  readonly isPulled: boolean;
}

/**
 * Remembers which layers the engine had each time the page looked, for no answer of the engine says whether a build made a layer or found it. Of an
 * image that was there at the first look, only those layers are known to have been there before which an older image of this engine has.
 */
export class LayerAges {
  #last: { readonly at: Date; readonly layers: ReadonlySet<string> } | undefined;
  #first: Date | undefined;
  readonly #ages = new Map<string, readonly (LayerAge | undefined)[]>();

  /** When the page looked first. */
  get since(): Date | undefined {
    return this.#first;
  }

  /** `images` are all that the engine had at `at`. */
  note(images: readonly SeenImage[], at: Date): void {
    const last = this.#last;
    const places = new Map(images.map(({ id, layers }) => [id, placesOf(layers)]));
    const fresh = images.filter(({ id }) => !this.#ages.has(id));
    for (const image of fresh) {
      const older = new Set(
        images
          .filter(({ id, created, isPulled }) => id !== image.id && !isPulled && created < image.created)
          .flatMap(({ id }) => places.get(id) ?? []),
      );
      const ageOf = (place: string): LayerAge | undefined => {
        if (last?.layers.has(place) === true || older.has(place)) return { kind: "there" };
        return last && { kind: "new", since: last.at };
      };
      this.#ages.set(image.id, (places.get(image.id) ?? []).map(ageOf));
    }
    for (const id of this.#ages.keys()) if (!places.has(id)) this.#ages.delete(id);
    this.#last = { at, layers: new Set([...places.values()].flat()) };
    this.#first ??= at;
  }

  /** By the layers' numbers. */
  of(image: string): readonly (LayerAge | undefined)[] {
    return this.#ages.get(image) ?? [];
  }
}

/** A layer is the same only where all below it are. */
function placesOf(layers: readonly string[]): string[] {
  return layers.map((_, number) => layers.slice(0, number + 1).join());
}
