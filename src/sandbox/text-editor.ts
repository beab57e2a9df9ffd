/** What edits one text at a time: Monaco, or a plain text field where that is better. */
export interface TextEditor extends Disposable {
  mount(element: HTMLElement): void;
  /** Shows another file, or another text of the same one, which keeps its undo history. */
  show(path: string, text: string): void;
  /** Forgets a file's undo history. */
  forget(path: string): void;
  focus(): void;
}

export interface TextEditorOptions {
  /** The person typed; not called for `show`. */
  onEdit: (text: string) => void;
  label: string;
}

/** Monaco is neither made for fingers nor for narrow windows. */
export async function createTextEditor(options: TextEditorOptions): Promise<TextEditor> {
  if (matchMedia("(pointer: coarse), (max-width: 40rem)").matches) {
    return new (await import("./plain-editor.ts")).PlainEditor(options);
  }
  return new (await import("./monaco-editor.ts")).MonacoEditor(options);
}
