import { signal, type ReadonlySignal } from "@preact/signals";
import type { Clock } from "../checks/clock.ts";
import type { Machine } from "../machine/contract.ts";

/** How much room the machine's disk has left, looked at only when something may have used it up. */
export class DiskSpace implements Disposable {
  readonly #machine: Pick<Machine, "run">;
  readonly #clock: Clock;
  readonly #isShort = signal(false);
  readonly #stop = new AbortController();
  #timer: Disposable | undefined;

  constructor(machine: Pick<Machine, "run">, clock: Clock) {
    this.#machine = machine;
    this.#clock = clock;
  }

  /** Whether so little is left that the next build or pull may fail. */
  get isShort(): ReadonlySignal<boolean> {
    return this.#isShort;
  }

  /** Looks soon; several calls in a row look once. */
  look(inMs = 3000): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = this.#clock.after(inMs, () => void this.#measure());
  }

  /** Looks at once if a program says that the disk is full. */
  readOutput(text: string): void {
    if (/no space left on device/i.test(text)) this.look(0);
  }

  [Symbol.dispose](): void {
    this.#stop.abort();
    this.#timer?.[Symbol.dispose]();
  }

  async #measure(): Promise<void> {
    try {
      const { signal: stop } = this.#stop;
      const { stdout } = await this.#machine.run(["df", "-P", "-k", "/var/lib/docker"], {
        signal: stop,
        timeoutMs: 10_000,
      });
      const [, total, , free] = stdout.trim().split("\n").at(-1)?.split(/\s+/) ?? [];
      if (total === undefined || free === undefined) return;
      this.#isShort.value = Number(free) < Math.max(shortKiB, Number(total) * 0.05);
    } catch {
      // A machine that does not answer has its own way of being shown.
    }
  }
}

/** Less than a small image needs. */
const shortKiB = 24 * 1024;
