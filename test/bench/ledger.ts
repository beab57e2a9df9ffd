/** The values of one part while it is measured, by figure. */
export class Ledger {
  readonly #samples = new Map<string, number[]>();

  record(id: string, value: number): void {
    if (!Number.isFinite(value)) throw new RangeError(`${id} was measured as ${value}.`);
    console.log(`  ${id}: ${value.toFixed(value < 10 ? 3 : 1)}`);
    this.#samples.set(id, [...(this.#samples.get(id) ?? []), value]);
  }

  get samples(): Record<string, number[]> {
    return Object.fromEntries(this.#samples);
  }
}
