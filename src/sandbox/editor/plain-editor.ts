import type { TextEditor, TextEditorOptions } from "./text-editor.ts";

/** A text field, with the phone's own keyboard and selection. */
export class PlainEditor implements TextEditor {
  readonly #field = document.createElement("textarea");
  /** Where the person was in the files that are not shown. */
  readonly #places = new Map<string, { readonly start: number; readonly end: number; readonly top: number }>();
  #path: string | undefined;

  constructor({ onEdit, label }: TextEditorOptions) {
    this.#field.className = "plain-editor";
    this.#field.spellcheck = false;
    this.#field.autocapitalize = "off";
    this.#field.autocomplete = "off";
    this.#field.setAttribute("autocorrect", "off");
    this.#field.wrap = "off";
    this.#field.setAttribute("aria-label", label);
    this.#field.addEventListener("input", () => {
      if (this.#path !== undefined) onEdit(this.#path, this.#field.value);
    });
  }

  mount(element: HTMLElement): void {
    element.append(this.#field);
  }

  show(path: string, text: string): void {
    const field = this.#field;
    if (this.#path === path) {
      this.replace(path, text);
      return;
    }
    if (this.#path !== undefined)
      this.#places.set(this.#path, { start: field.selectionStart, end: field.selectionEnd, top: field.scrollTop });
    this.#path = path;
    field.setAttribute("aria-label", path);
    field.value = text;
    const { start, end, top } = this.#places.get(path) ?? { start: 0, end: 0, top: 0 };
    field.setSelectionRange(start, end);
    field.scrollTop = top;
  }

  replace(path: string, text: string, cursor?: number): void {
    const field = this.#field;
    if (this.#path !== path || field.value === text) return;
    const { selectionStart, scrollTop } = field;
    field.value = text;
    const at = cursor ?? Math.min(selectionStart, text.length);
    field.setSelectionRange(at, at);
    field.scrollTop = scrollTop;
  }

  forget(path: string): void {
    this.#places.delete(path);
    if (this.#path !== path) return;
    this.#path = undefined;
    this.#field.value = "";
  }

  focus(): void {
    this.#field.focus();
  }

  cursor(): number {
    return this.#field.selectionStart;
  }

  goTo(line: number, column: number): void {
    const lines = this.#field.value.split("\n");
    const before = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
    const at = Math.min(before + column - 1, this.#field.value.length);
    this.focus();
    this.#field.setSelectionRange(at, at);
    const height = parseFloat(getComputedStyle(this.#field).lineHeight);
    this.#field.scrollTop = Math.max(0, (line - 3) * height);
  }

  mark(): void {
    // A text field has no marks; the list of problems says what there is.
  }

  [Symbol.dispose](): void {
    this.#field.remove();
  }
}
