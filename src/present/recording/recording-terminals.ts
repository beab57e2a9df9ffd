import { Terminal } from "@xterm/xterm";
import "@xterm/xterm/css/xterm.css";
import type { TerminalName } from "../../lessons/model.ts";
import { fontReady, isFontThere } from "../../sandbox/fonts.ts";
import { readTheme } from "../../sandbox/terminal-theme.ts";
import type { RecordingScreen } from "./recording-desk.ts";

export interface RecordedSize {
  readonly columns: number;
  readonly rows: number;
}

/**
 * The terminals of a recording, each xterm.js without a machine: nothing can be typed into them. Their size in cells is the recording's; the
 * letters are as large as their place allows.
 */
export class RecordingTerminals implements RecordingScreen, Disposable {
  readonly #terminals = new Map<TerminalName, Terminal>();
  readonly #places = new Map<TerminalName, HTMLElement>();
  readonly #cleanup: (() => void)[] = [];
  readonly #recorded: RecordedSize;
  #size: RecordedSize;

  constructor(size: RecordedSize) {
    this.#recorded = this.#size = size;
    const stop = new AbortController();
    const paint = () => {
      for (const [name, place] of this.#places) this.#paint(name, place);
    };
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint, { signal: stop.signal });
    document.addEventListener("drydock:theme", paint, { signal: stop.signal });
    this.#cleanup.push(() => stop.abort());
  }

  /** Shows a terminal in `place`, to whose size it keeps fitting its letters, until disposed. */
  mount(name: TerminalName, place: HTMLElement): Disposable {
    const terminal = this.#open(name);
    this.#places.set(name, place);
    const { fontFamily } = getComputedStyle(place);
    terminal.options.fontFamily = fontFamily;
    this.#paint(name, place);
    terminal.open(place);
    // Nobody types here: the keys are the player's, which is around it.
    terminal.textarea?.setAttribute("tabindex", "-1");
    terminal.textarea?.addEventListener("focus", () => place.parentElement?.focus({ preventScroll: true }));
    const fit = () => fitLetters(terminal, place, this.#size);
    const resizes = new ResizeObserver(fit);
    resizes.observe(place);
    if (!isFontThere(fontFamily)) {
      void fontReady(fontFamily).then(() => {
        terminal.options.fontFamily = `${fontFamily}, monospace`;
        fit();
      });
    }
    return {
      [Symbol.dispose]: () => {
        resizes.disconnect();
        this.#places.delete(name);
      },
    };
  }

  reset(): void {
    // In its turn after what is still being written.
    for (const terminal of this.#terminals.values()) terminal.write(fullReset);
    this.#resizeTo(this.#recorded);
  }

  write(name: TerminalName, text: string): void {
    this.#open(name).write(text);
  }

  resize(columns: number, rows: number): void {
    this.#resizeTo({ columns, rows });
  }

  [Symbol.dispose](): void {
    for (const clean of this.#cleanup.splice(0)) clean();
    for (const terminal of this.#terminals.values()) terminal.dispose();
  }

  #open(name: TerminalName): Terminal {
    let terminal = this.#terminals.get(name);
    if (terminal !== undefined) return terminal;
    terminal = new Terminal({
      cols: this.#size.columns,
      rows: this.#size.rows,
      disableStdin: true,
      cursorBlink: false,
      cursorStyle: "block",
      cursorInactiveStyle: "block",
      lineHeight,
      minimumContrastRatio: 4.5,
      scrollback: 5000,
      // A link in it leads into a machine that is gone, or anywhere.
      linkHandler: { activate: () => undefined },
    });
    terminal.attachCustomKeyEventHandler(() => false);
    this.#terminals.set(name, terminal);
    return terminal;
  }

  #resizeTo(size: RecordedSize): void {
    if (size.columns === this.#size.columns && size.rows === this.#size.rows) return;
    this.#size = size;
    for (const [name, terminal] of this.#terminals) {
      const place = this.#places.get(name);
      terminal.write("", () => {
        terminal.resize(size.columns, size.rows);
        if (place !== undefined) fitLetters(terminal, place, size);
      });
    }
  }

  #paint(name: TerminalName, place: HTMLElement): void {
    this.#open(name).options.theme = readTheme(place);
  }
}

/** RIS of ECMA-48. */
const fullReset = "\u001bc";

/** As large as all of the columns and rows have room for; where that would be too small to read, what is too wide is scrolled. */
function fitLetters(
  terminal: Terminal,
  { clientWidth, clientHeight }: HTMLElement,
  { columns, rows }: RecordedSize,
): void {
  if (clientWidth === 0) return;
  const wide = clientWidth / (columns * widthOfLetter);
  const high = clientHeight === 0 ? wide : clientHeight / (rows * heightOfLetter * lineHeight);
  const pixels = Math.max(smallest, Math.min(wide, high, largest));
  // Halves: smaller differences cost a measurement of all letters and are not seen.
  terminal.options.fontSize = Math.floor(pixels * 2) / 2;
}

/** In em, of the site's monospaced font: JetBrains Mono is 0.6 em wide. Some more, as widths are rounded to whole pixels of the screen. */
const widthOfLetter = 0.605;
const heightOfLetter = 1.32;
const lineHeight = 1.15;
/** In px. */
const smallest = 9;
const largest = 40;
