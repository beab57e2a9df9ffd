import { signal } from "@preact/signals";
import type { ConsoleMessage } from "../../preview/messages.ts";

export interface ConsoleLine {
  readonly id: number;
  readonly level: ConsoleMessage["level"];
  readonly text: string;
  readonly time: Date;
}

/** The last messages of a previewed page's console. A page that writes without end fills neither the memory nor the time of this one. */
export class ConsoleLines implements Disposable {
  readonly lines = signal<readonly ConsoleLine[]>([]);
  /** How many came before those. */
  readonly left = signal(0);
  #come: ConsoleLine[] = [];
  #count = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  add({ level, text }: ConsoleMessage): void {
    this.#come.push({ id: this.#count++, level, text, time: new Date() });
    if (this.#come.length > most) this.#come.shift();
    // Drawn a few times a second, however many come.
    this.#timer ??= setTimeout(() => this.#show(), showMs);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#come = [];
    this.#count = 0;
    this.lines.value = [];
    this.left.value = 0;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #show(): void {
    this.#timer = undefined;
    this.lines.value = [...this.lines.peek(), ...this.#come].slice(-most);
    this.#come = [];
    this.left.value = this.#count - this.lines.peek().length;
  }
}

const most = 200;
const showMs = 150;
