import type { TextEditor, TextEditorOptions } from "./text-editor.ts";

/** A text field, with the phone's own keyboard and selection. */
export class PlainEditor implements TextEditor {
  readonly #field = document.createElement("textarea");

  constructor({ onEdit, label }: TextEditorOptions) {
    this.#field.className = "plain-editor";
    this.#field.spellcheck = false;
    this.#field.autocapitalize = "off";
    this.#field.setAttribute("autocorrect", "off");
    this.#field.wrap = "off";
    this.#field.setAttribute("aria-label", label);
    this.#field.addEventListener("input", () => onEdit(this.#field.value));
  }

  mount(element: HTMLElement): void {
    element.append(this.#field);
  }

  show(path: string, text: string): void {
    this.#field.setAttribute("aria-label", path);
    if (this.#field.value !== text) this.#field.value = text;
  }

  forget(): void {
    this.#field.value = "";
  }

  focus(): void {
    this.#field.focus();
  }

  [Symbol.dispose](): void {
    this.#field.remove();
  }
}
