import { editor, Uri } from "monaco-editor/editor.js";
import EditorWorker from "monaco-editor/editor/editor.worker.js?worker";
import "monaco-editor/features/bracketMatching/register.js";
import "monaco-editor/features/caretOperations/register.js";
import "monaco-editor/features/clipboard/register.js";
import "monaco-editor/features/comment/register.js";
import "monaco-editor/features/contextmenu/register.js";
import "monaco-editor/features/cursorUndo/register.js";
import "monaco-editor/features/find/register.js";
import "monaco-editor/features/folding/register.js";
import "monaco-editor/features/indentation/register.js";
import "monaco-editor/features/lineSelection/register.js";
import "monaco-editor/features/linesOperations/register.js";
import "monaco-editor/features/multicursor/register.js";
import "monaco-editor/features/quickCommand/register.js";
import "monaco-editor/features/toggleTabFocusMode/register.js";
import "monaco-editor/features/wordHighlighter/register.js";
import "monaco-editor/features/wordOperations/register.js";
import "monaco-editor/languages/definitions/css/register.js";
import "monaco-editor/languages/definitions/dockerfile/register.js";
import "monaco-editor/languages/definitions/html/register.js";
import "monaco-editor/languages/definitions/javascript/register.js";
import "monaco-editor/languages/definitions/markdown/register.js";
import "monaco-editor/languages/definitions/python/register.js";
import "monaco-editor/languages/definitions/shell/register.js";
import "monaco-editor/languages/definitions/yaml/register.js";
import { effect } from "@preact/signals";
import { codePixels } from "./code-size.ts";
import { fontReady } from "./fonts.ts";
import { hexadecimal } from "./hexadecimal.ts";
import type { TextEditor, TextEditorOptions } from "./text-editor.ts";

/** Monaco with the languages of container work, in the page's colours. */
export class MonacoEditor implements TextEditor {
  readonly #options: TextEditorOptions;
  readonly #cleanup: (() => void)[] = [];
  #editor: editor.IStandaloneCodeEditor | undefined;
  #isShowing = false;

  constructor(options: TextEditorOptions) {
    this.#options = options;
    globalThis.MonacoEnvironment ??= { getWorker: () => new EditorWorker() };
  }

  mount(element: HTMLElement): void {
    const style = getComputedStyle(element);
    this.#paint(style);
    const created = editor.create(element, {
      ariaLabel: this.#options.label,
      automaticLayout: true,
      fontFamily: style.fontFamily,
      fontSize: codePixels.peek(),
      lineHeight,
      minimap: { enabled: false },
      model: null,
      padding: { top: 12, bottom: 12 },
      renderLineHighlight: "line",
      scrollBeyondLastLine: false,
      smoothScrolling: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      stickyScroll: { enabled: false },
      tabSize: 2,
      theme: themeName,
      wordBasedSuggestions: "off",
    });
    created.onDidChangeModelContent(() => {
      if (!this.#isShowing) this.#options.onEdit(created.getValue());
    });
    this.#editor = created;
    const stop = new AbortController();
    const repaint = () => this.#paint(getComputedStyle(element));
    document.addEventListener("drydock:theme", repaint, { signal: stop.signal });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint, { signal: stop.signal });
    this.#cleanup.push(() => stop.abort());
    this.#cleanup.push(effect(() => created.updateOptions({ fontSize: codePixels.value })));
    this.#cleanup.push(() => created.dispose());
    // The widths of letters change when the font arrives.
    void fontReady(style.fontFamily).then(() => editor.remeasureFonts());
  }

  show(path: string, text: string): void {
    const address = addressOf(path);
    const model = editor.getModel(address) ?? editor.createModel(text, languageOf(path), address);
    this.#isShowing = true;
    try {
      if (model.getValue() !== text) {
        // An edit, not a new value: what the terminal changed can be undone like any other change.
        model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
      }
      if (this.#editor?.getModel() !== model) this.#editor?.setModel(model);
    } finally {
      this.#isShowing = false;
    }
    this.#editor?.updateOptions({ ariaLabel: path, insertSpaces: !/makefile$/i.test(path) });
  }

  forget(path: string): void {
    editor.getModel(addressOf(path))?.dispose();
  }

  focus(): void {
    this.#editor?.focus();
  }

  [Symbol.dispose](): void {
    for (const clean of this.#cleanup.splice(0)) clean();
    for (const model of editor.getModels()) model.dispose();
  }

  #paint(style: CSSStyleDeclaration): void {
    const isDark = style.colorScheme === "dark" || (style.colorScheme !== "light" && prefersDark());
    const colour = (name: string) => hexadecimal(style.getPropertyValue(name), isDark);
    const entries = Object.entries({
      "editor.background": colour("--sandbox-ground"),
      "editor.foreground": colour("--sandbox-ink"),
      "editorLineNumber.foreground": colour("--line-strong"),
      "editorLineNumber.activeForeground": colour("--sandbox-ink"),
      "editorCursor.foreground": colour("--accent-vivid"),
      "editor.lineHighlightBackground": colour("--sunken"),
      "editor.lineHighlightBorder": "#00000000",
      focusBorder: colour("--focus"),
    });
    editor.defineTheme(themeName, {
      base: isDark ? "vs-dark" : "vs",
      inherit: true,
      rules: [],
      colors: Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined)),
    });
    editor.setTheme(themeName);
  }
}

const themeName = "drydock";
/** Below 8 it is a factor of the size of letters. */
const lineHeight = 1.57;

function prefersDark(): boolean {
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

function addressOf(path: string): Uri {
  return Uri.from({ scheme: "file", path: `/workspace/${path}` });
}

function languageOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  if (/^(dockerfile|containerfile)(\..*)?$|\.dockerfile$/.test(name)) return "dockerfile";
  const extension = name.slice(name.lastIndexOf(".") + 1);
  return languages[extension] ?? "plaintext";
}

const languages: Readonly<Record<string, string>> = {
  yml: "yaml",
  yaml: "yaml",
  js: "javascript",
  mjs: "javascript",
  json: "javascript",
  sh: "shell",
  bash: "shell",
  env: "shell",
  py: "python",
  md: "markdown",
  html: "html",
  htm: "html",
  css: "css",
};
