import { readLayout, splitOf } from "./page-view.ts";

/** Width of the reading column in per cent of the window. */
const smallest = 25;
const largest = 75;
const step = 2;

/** Moves the border between the text and the sandbox, by pointer or by the arrow, Home and End keys. Each layout has its own. */
class SplitSeparator extends HTMLElement {
  #stop = new AbortController();

  connectedCallback() {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    this.#follow();
    document.addEventListener("drydock:view", this.#follow, { signal });
    this.addEventListener("keydown", this.#onKey, { signal });
    this.addEventListener("pointerdown", this.#onPointerDown, { signal });
    this.addEventListener("pointermove", this.#onPointerMove, { signal });
    this.addEventListener("dblclick", () => this.#moveTo(splitOf(readLayout()).initial), { signal });
  }

  disconnectedCallback() {
    this.#stop.abort();
  }

  /** Takes the width that is kept for the layout. */
  readonly #follow = () => {
    const { key, initial } = splitOf(readLayout());
    const stored = Number(read(key) ?? "");
    const isChosen = stored >= smallest && stored <= largest;
    if (isChosen) document.documentElement.style.setProperty("--split", `${stored}%`);
    else document.documentElement.style.removeProperty("--split");
    this.setAttribute("aria-valuenow", String(isChosen ? Math.round(stored) : initial));
  };

  readonly #onKey = (event: KeyboardEvent) => {
    const now = Number(this.getAttribute("aria-valuenow"));
    const targets: Partial<Record<string, number>> = {
      ArrowLeft: now - step,
      ArrowRight: now + step,
      Home: smallest,
      End: largest,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    this.#moveTo(target);
  };

  readonly #onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.preventDefault();
    this.focus();
    this.setPointerCapture(event.pointerId);
  };

  readonly #onPointerMove = (event: PointerEvent) => {
    if (this.hasPointerCapture(event.pointerId)) this.#moveTo((event.clientX / innerWidth) * 100);
  };

  #moveTo(percent: number) {
    const split = Math.round(Math.min(largest, Math.max(smallest, percent)));
    this.setAttribute("aria-valuenow", String(split));
    document.documentElement.style.setProperty("--split", `${split}%`);
    try {
      localStorage.setItem(splitOf(readLayout()).key, String(split));
    } catch {
      // Storage may be refused; then the width lasts as long as the page.
    }
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

customElements.define("split-separator", SplitSeparator);
