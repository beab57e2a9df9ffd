import { errorSentence } from "./error-sentence.ts";

export interface FreshLookOptions {
  readonly signal: AbortSignal;
  /** Told why a look failed, and `undefined` after one that did not. */
  readonly tell: (problem: string | undefined) => void;
  /** Between two looks that follow each other. */
  readonly settle?: () => Promise<void>;
}

/** Looks at something that changes: what happens while it looks becomes one more look. */
export class FreshLook {
  readonly #look: () => Promise<void>;
  readonly #options: FreshLookOptions;
  #looking: Promise<void> | undefined;
  #isStale = false;

  constructor(look: () => Promise<void>, options: FreshLookOptions) {
    this.#look = look;
    this.#options = options;
  }

  /** Resolves when what is known is as new as this request, or nobody wants to know any more. Never rejects. */
  async again(): Promise<void> {
    this.#isStale = true;
    this.#looking ??= this.#lookUntilFresh().finally(() => (this.#looking = undefined));
    await this.#looking;
  }

  async #lookUntilFresh(): Promise<void> {
    const { signal, tell, settle } = this.#options;
    while (this.#isStale) {
      this.#isStale = false;
      try {
        await this.#look();
        tell(undefined);
      } catch (error) {
        if (signal.aborted) return;
        tell(errorSentence(error));
      }
      await settle?.();
    }
  }
}
