import { computed, signal } from "@preact/signals";
import { recall, remember } from "./remembered-choice.ts";

/** Per cent of the panels' height. */
export const belowSmallest = 20;
export const belowLargest = 75;
const usual = 40;

/** Whether a terminal is shown below the other panels, and how high it is. The choice outlasts a window that is too small for it. */
export class TerminalBelow {
  readonly #wanted = signal(readKept().isOn);
  readonly #fits = signal(false);
  readonly height = signal(readKept().height);
  readonly canBe = computed(() => this.#fits.value);
  readonly isOn = computed(() => this.#wanted.value && this.#fits.value);

  constructor(fits: Pick<MediaQueryList, "matches" | "addEventListener"> = matchMedia(roomy)) {
    this.#fits.value = fits.matches;
    fits.addEventListener("change", () => (this.#fits.value = fits.matches));
  }

  choose(isOn: boolean): void {
    this.#wanted.value = isOn;
    this.#keep();
  }

  resize(percent: number): void {
    this.height.value = Math.round(Math.min(belowLargest, Math.max(belowSmallest, percent)));
    this.#keep();
  }

  resizeToUsual(): void {
    this.resize(usual);
  }

  #keep(): void {
    remember(key, `${this.#wanted.peek() ? "on" : "off"} ${this.height.peek()}`);
  }
}

const key = "drydock:below";
/** Where the text stands beside the sandbox, in a window that has room for two panels on top of each other. */
const roomy = "(min-width: 56rem) and (min-height: 34rem)";

function readKept(): { readonly isOn: boolean; readonly height: number } {
  const [, isOn, height] = /^(on|off) (\d{2})$/.exec(recall(key) ?? "") ?? [];
  const percent = Number(height);
  const isHeight = percent >= belowSmallest && percent <= belowLargest;
  return { isOn: isOn === "on", height: isHeight ? percent : usual };
}
