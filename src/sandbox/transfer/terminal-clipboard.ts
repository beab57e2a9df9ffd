import { say } from "../../components/say.ts";
import { terminalWords } from "../../words/terminal.ts";
import { transferWords as words } from "../../words/transfer.ts";
import type { Workbench } from "../workbench.ts";

/** Copies what is selected in the terminal, else its screen, and says what it did. */
export async function copyFrom(bench: Workbench): Promise<void> {
  try {
    const what = await bench.panes.peek()[bench.terminal.peek()]?.copy();
    say(what === "screen" ? words.screenCopied : words.copied);
  } catch {
    say(terminalWords.copyRefused);
  }
}

/** Pastes into the terminal. Where the page may not read the clipboard, it asks for the text. */
export async function pasteInto(bench: Workbench): Promise<void> {
  const pane = bench.panes.peek()[bench.terminal.peek()];
  try {
    // Not every browser has it, though its type says so.
    const text = await (navigator.clipboard as Partial<Clipboard>).readText?.();
    if (text === undefined) bench.transfer.value = { kind: "paste" };
    else {
      pane?.paste(text);
      pane?.focus();
    }
  } catch {
    bench.transfer.value = { kind: "paste" };
  }
}
