import { FitAddon } from "@xterm/addon-fit";
import { SearchAddon } from "@xterm/addon-search";
import { WebLinksAddon } from "@xterm/addon-web-links";
import { Terminal } from "@xterm/xterm";
import "@xterm/xterm/css/xterm.css";
import { say } from "../components/say.ts";
import type { Console } from "../machine/contract.ts";
import { effect } from "@preact/signals";
import { terminalWords } from "../words/terminal.ts";
import { codePixels } from "./code-size.ts";
import { fontReady, isFontThere } from "./fonts.ts";
import { addressKind } from "./link-address.ts";
import { readTheme, searchColours } from "./terminal-theme.ts";

export interface TerminalPaneOptions {
  /** Names it for a screen reader. */
  label: string;
  isForScreenReader: boolean;
  /** The keyboard's way out of the terminal was used. */
  onLeave: () => void;
  onSearch: () => void;
  /** A link was followed that leads into the machine, where this browser cannot go. */
  onInsideLink: (address: string) => void;
}

/** One terminal on the page: xterm.js on a machine's console. OSC 52 is not answered, so the guest has no say over the clipboard. */
export class TerminalPane implements Disposable {
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #search = new SearchAddon({ highlightLimit: 500 });
  readonly #options: TerminalPaneOptions;
  readonly #cleanup: (() => void)[] = [];
  #element: HTMLElement | undefined;
  #console: Console | undefined;

  constructor(options: TerminalPaneOptions) {
    this.#options = options;
    this.#terminal = new Terminal({
      allowProposedApi: true, // the search's highlights
      scrollback: 5000,
      fontSize: codePixels.peek(),
      lineHeight: 1.25,
      // A blinking one has the browser draw 60 frames a second for as long as the page is open: a tenth of a core.
      cursorBlink: false,
      cursorStyle: "block",
      minimumContrastRatio: 4.5,
      screenReaderMode: options.isForScreenReader,
      linkHandler: {
        activate: (_, address) => this.#follow(address),
        // What a link says is the guest's; where it leads is shown before it is followed.
        hover: (_, address) => this.#terminal.element?.setAttribute("title", address),
        leave: () => this.#terminal.element?.removeAttribute("title"),
      },
    });
    this.#terminal.loadAddon(this.#fit);
    this.#terminal.loadAddon(this.#search);
    this.#terminal.loadAddon(new WebLinksAddon((_, address) => this.#follow(address)));
    this.#terminal.attachCustomKeyEventHandler((event) => this.#onKey(event));
    this.#terminal.onData((text) => this.#console?.write(new TextEncoder().encode(text)));
    this.#terminal.onBinary((text) => this.#console?.write(Uint8Array.from(text, (letter) => letter.charCodeAt(0))));
    this.#terminal.onResize(({ cols, rows }) => this.#console?.resize(cols, rows));
    this.#cleanup.push(() => this.#terminal.dispose());
  }

  /** Shows it in `element`, to whose size it keeps fitting itself, as soon as that is seen: laying out the rows takes the page a while. */
  mount(element: HTMLElement): void {
    this.#element = element;
    const resizes = new ResizeObserver(() => this.fit());
    resizes.observe(element);
    this.#cleanup.push(() => resizes.disconnect());
    this.fit();
  }

  /** Joins it to a console until disposed. */
  connect(console: Console): Disposable {
    this.#console = console;
    console.resize(this.#terminal.cols, this.#terminal.rows);
    const output = console.onOutput((bytes) => this.#write(bytes));
    return {
      [Symbol.dispose]: () => {
        output[Symbol.dispose]();
        if (this.#console === console) this.#console = undefined;
      },
    };
  }

  focus(): void {
    this.#open();
    this.#terminal.focus();
  }

  fit(): void {
    if (this.#element === undefined || this.#element.clientWidth === 0 || this.#element.clientHeight === 0) return;
    this.#open();
    this.#fit.fit();
  }

  /** Types a command and enters it, as if by keyboard. */
  run(command: string): void {
    this.#open();
    this.#terminal.input(clearLine, false);
    this.#terminal.paste(command);
    this.#terminal.input("\r");
    this.#terminal.scrollToBottom();
  }

  /** Types without entering: a line break is pasted, so that the shell takes it into its line. */
  type(text: string): void {
    this.#open();
    for (const part of text.split(/(\n)/)) {
      if (part === "\n") this.#terminal.paste(part);
      else if (part !== "") this.#terminal.input(part, false);
    }
    this.#terminal.scrollToBottom();
  }

  /** Presses Enter. */
  enter(): void {
    this.#terminal.input("\r");
  }

  /** Takes back what is half typed. */
  clearLine(): void {
    this.#open();
    this.#terminal.input(clearLine, false);
  }

  /** Presses Ctrl+C. */
  interrupt(): void {
    this.#terminal.input("\u0003");
  }

  /** Forgets everything that was shown. */
  reset(): void {
    this.#terminal.reset();
  }

  /** Empties the screen and what has scrolled away, but for the line that is being typed. */
  clear(): void {
    this.#terminal.clear();
  }

  /** As if pasted by the browser: the shell does not run it before Enter. */
  paste(text: string): void {
    this.#open();
    this.#terminal.paste(text);
  }

  /** Types as a key would that a phone does not have. */
  press(sequence: string): void {
    const isArrow = sequence.length === 3 && sequence.startsWith("\u001b[");
    const isApplication = isArrow && this.#terminal.modes.applicationCursorKeysMode;
    this.#terminal.input(isApplication ? sequence.replace("[", "O") : sequence);
  }

  /** Copies what is selected, else what stands on the screen. Rejects when the browser does not let it. */
  async copy(): Promise<"selection" | "screen"> {
    const isSelected = this.#terminal.hasSelection();
    await navigator.clipboard.writeText(isSelected ? this.#terminal.getSelection() : this.#screenText());
    return isSelected ? "selection" : "screen";
  }

  setForScreenReader(isForScreenReader: boolean): void {
    this.#terminal.options.screenReaderMode = isForScreenReader;
  }

  /** Selects the next place with `text`, or the one before; tells whether there is one. */
  find(text: string, direction: "next" | "previous"): boolean {
    const options = { decorations: searchColours };
    return direction === "next" ? this.#search.findNext(text, options) : this.#search.findPrevious(text, options);
  }

  endSearch(): void {
    this.#search.clearDecorations();
    this.#terminal.clearSelection();
  }

  /** The terminal takes what is written to it before; it is drawn, and takes what is pasted, from then on. */
  #open(): void {
    const element = this.#element;
    if (element === undefined || this.#terminal.element !== undefined) return;
    // Before it is drawn: what is set later has the widths of all letters measured again.
    const { fontFamily } = getComputedStyle(element);
    this.#terminal.options.fontFamily = fontFamily;
    this.#terminal.options.fontSize = codePixels.peek();
    this.#paint();
    this.#terminal.open(element);
    this.#terminal.textarea?.setAttribute("aria-label", this.#options.label);
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    const stop = new AbortController();
    scheme.addEventListener("change", () => this.#paint(), { signal: stop.signal });
    document.addEventListener("drydock:theme", () => this.#paint(), { signal: stop.signal });
    this.#cleanup.push(() => stop.abort());
    this.#cleanup.push(
      effect(() => {
        this.#terminal.options.fontSize = codePixels.value;
        this.fit();
      }),
    );
    if (isFontThere(fontFamily)) return;
    // The widths of letters change when the font arrives.
    void fontReady(fontFamily).then(() => {
      this.#terminal.options.fontFamily = `${fontFamily}, monospace`;
      this.fit();
    });
  }

  /** In pieces, between which the terminal looks at the clock: it takes each in one go. */
  #write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) this.#terminal.write(bytes.subarray(at, at + PIECE_BYTES));
  }

  [Symbol.dispose](): void {
    for (const clean of this.#cleanup.splice(0)) clean();
  }

  /** Answers whether the terminal should handle the key itself. */
  #onKey(event: KeyboardEvent): boolean {
    if (event.type !== "keydown") return true;
    if (event.key === "F6") return this.#instead(event, this.#options.onLeave);
    if (!event.ctrlKey || event.altKey || event.metaKey) return true;
    const key = event.key.toLowerCase();
    if (event.shiftKey && key === "f") return this.#instead(event, this.#options.onSearch);
    // The browser's own paste follows, which the terminal brackets for the shell.
    if (event.shiftKey && key === "v") return false;
    if (key === "c" && (event.shiftKey || this.#terminal.hasSelection())) {
      return this.#instead(event, () => this.#copy());
    }
    return true;
  }

  #instead(event: KeyboardEvent, act: () => void): false {
    event.preventDefault();
    event.stopPropagation();
    act();
    return false;
  }

  #copy(): void {
    if (!this.#terminal.hasSelection()) return;
    this.copy().then(
      () => this.#terminal.clearSelection(),
      () => say(terminalWords.copyRefused),
    );
  }

  #screenText(): string {
    const { buffer, rows } = this.#terminal;
    const { active } = buffer;
    const lines = Array.from({ length: rows }, (_, n) => active.getLine(active.viewportY + n)?.translateToString(true));
    return `${lines.join("\n").trimEnd()}\n`;
  }

  #follow(address: string): void {
    const kind = addressKind(address);
    if (kind === "inside") this.#options.onInsideLink(address);
    if (kind === "web") window.open(address, "_blank", "noopener,noreferrer");
  }

  #paint(): void {
    if (this.#element !== undefined) this.#terminal.options.theme = readTheme(this.#element);
  }
}

/** A hundred lines or so, for which a slow device needs a few ms. */
const PIECE_BYTES = 4096;
/** Ctrl+E, Ctrl+U: to the end of the line, and away with what was half typed. */
const clearLine = "\u0005\u0015";
