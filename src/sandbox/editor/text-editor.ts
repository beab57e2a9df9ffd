import type { Problem } from "./problem.ts";

/** What edits texts, one shown at a time: Monaco, or a plain text field where that is better. */
export interface TextEditor extends Disposable {
  mount(element: HTMLElement): void;
  /** Shows a file where it was left: cursor, scroll and undo history are its own. */
  show(path: string, text: string): void;
  /** The text of a file, shown or not, is another one now; that can be undone. The cursor goes to an offset, where one is given. */
  replace(path: string, text: string, cursor?: number): void;
  /** Forgets all about a file. */
  forget(path: string): void;
  focus(): void;
  /** Where the cursor is in what is shown, as an offset. */
  cursor(): number;
  /** Puts the cursor there, and the keyboard in the text. Both count from 1. */
  goTo(line: number, column: number): void;
  /** Marks the problems of a file in its text, where that can be shown. */
  mark(path: string, problems: readonly Problem[]): void;
  /** Shows a file, which is open, beside another text in `element` until disposed. Left out where it cannot. */
  compare?(element: HTMLElement, path: string, other: string, labels: ComparisonLabels): Disposable;
}

export interface ComparisonLabels {
  readonly mine: string;
  readonly other: string;
}

export interface TextEditorOptions {
  /** The person typed; not called for `show` and `replace`. */
  onEdit: (path: string, text: string) => void;
  /** References of the images that a Dockerfile can begin from without a pull. */
  imageNames?: () => Promise<readonly string[]>;
  label: string;
}

/** Monaco is neither made for fingers nor for narrow windows. */
export const wantsPlainText = "(pointer: coarse), (max-width: 40rem)";

export async function createTextEditor(options: TextEditorOptions, isPlain: boolean): Promise<TextEditor> {
  if (isPlain) return new (await import("./plain-editor.ts")).PlainEditor(options);
  return (await import("./load-monaco.ts")).loadMonaco(options);
}
