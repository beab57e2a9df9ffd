/** Width of the reading column in per cent of the window. */
const smallest = 25;
const largest = 75;
const initial = 42;
const step = 2;

/** Moves the border between the text and the sandbox, by pointer or by the arrow, Home and End keys. */
class SplitSeparator extends HTMLElement {
  connectedCallback() {
    const stored = Number.parseFloat(document.documentElement.style.getPropertyValue("--split"));
    this.setAttribute("aria-valuenow", String(Math.round(Number.isNaN(stored) ? initial : stored)));
    this.addEventListener("keydown", this.#onKey);
    this.addEventListener("pointerdown", this.#onPointerDown);
    this.addEventListener("pointermove", this.#onPointerMove);
    this.addEventListener("dblclick", () => this.#moveTo(initial));
  }

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
      localStorage.setItem("drydock:split", String(split));
    } catch {
      // Storage may be refused; then the width lasts as long as the page.
    }
  }
}

customElements.define("split-separator", SplitSeparator);
