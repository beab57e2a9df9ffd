/** Lets only so many work at a time; a few more may wait. */
export class Turns {
  readonly #atOnce: number;
  readonly #waiting: number;
  #busy = 0;
  readonly #queue: (() => void)[] = [];

  constructor({ atOnce, waiting }: { atOnce: number; waiting: number }) {
    this.#atOnce = atOnce;
    this.#waiting = waiting;
  }

  /** Resolves to the turn, to be disposed when it is over; undefined where too many wait already. */
  async take(): Promise<Disposable | undefined> {
    if (this.#busy >= this.#atOnce) {
      if (this.#queue.length >= this.#waiting) return undefined;
      await new Promise<void>((resolve) => this.#queue.push(resolve));
    } else {
      this.#busy++;
    }
    let isOver = false;
    return {
      [Symbol.dispose]: () => {
        if (isOver) return;
        isOver = true;
        const next = this.#queue.shift();
        // The turn goes on to who waits.
        if (next !== undefined) next();
        else this.#busy--;
      },
    };
  }
}
