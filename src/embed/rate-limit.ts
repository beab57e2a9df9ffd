/** Lets at most `most` through in any `windowMs`; `now` is in ms. */
export class RateLimit {
  readonly #most: number;
  readonly #windowMs: number;
  readonly #now: () => number;
  #times: readonly number[] = [];

  constructor(most: number, windowMs: number, now: () => number) {
    this.#most = most;
    this.#windowMs = windowMs;
    this.#now = now;
  }

  /** Whether one more may pass now. One that may not does not count. */
  take(): boolean {
    const now = this.#now();
    this.#times = this.#times.filter((time) => now - time < this.#windowMs);
    if (this.#times.length >= this.#most) return false;
    this.#times = [...this.#times, now];
    return true;
  }
}
