import { effect } from "@preact/signals";
import { editor, MarkerSeverity, Uri } from "monaco-editor/editor.js";
import EditorWorker from "monaco-editor/editor/editor.worker.js?worker";
import { codePixels } from "../code-size.ts";
import { fontReady } from "../fonts.ts";
import { letTabLeave } from "./let-tab-leave.ts";
import { modeOf } from "./language-of.ts";
import { registerJson } from "./monaco-json.ts";
import { optionsFor, paint } from "./monaco-look.ts";
import type { Problem } from "./problem.ts";
import type { ComparisonLabels, TextEditor, TextEditorOptions } from "./text-editor.ts";

/** Monaco with the languages of container work, in the page's colours. */
export class MonacoEditor implements TextEditor {
  readonly #options: TextEditorOptions;
  readonly #cleanup: (() => void)[] = [];
  /** Where the person was in the files that are not shown. */
  readonly #places = new Map<string, editor.ICodeEditorViewState>();
  #editor: editor.IStandaloneCodeEditor | undefined;
  #path: string | undefined;
  #isShowing = false;
  #isDockerfileServed = false;

  constructor(options: TextEditorOptions) {
    this.#options = options;
    globalThis.MonacoEnvironment ??= { getWorker: () => new EditorWorker() };
    registerJson();
  }

  mount(element: HTMLElement): void {
    const style = getComputedStyle(element);
    paint(style);
    const created = editor.create(element, {
      ...optionsFor(style),
      // Who has written a word to its end wants a new line.
      acceptSuggestionOnEnter: "smart",
      // Above the first line it would be cut off.
      hover: { above: false },
      ariaLabel: this.#options.label,
      model: null,
      renderLineHighlight: "line",
      tabSize: 2,
    });
    created.onDidChangeModelContent(() => {
      if (!this.#isShowing && this.#path !== undefined) this.#options.onEdit(this.#path, created.getValue());
    });
    this.#editor = created;
    this.#cleanup.push(effect(() => created.updateOptions({ fontSize: codePixels.value })));
    letTabLeave(created, element);
    const stop = new AbortController();
    const repaint = () => paint(getComputedStyle(element));
    document.addEventListener("drydock:theme", repaint, { signal: stop.signal });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint, { signal: stop.signal });
    this.#cleanup.push(() => stop.abort());
    this.#cleanup.push(() => created.dispose());
    // The widths of letters change when the font arrives.
    void fontReady(style.fontFamily).then(() => editor.remeasureFonts());
  }

  show(path: string, text: string): void {
    const address = addressOf(path);
    const model = editor.getModel(address) ?? editor.createModel(text, modeOf(path), address);
    this.replace(path, text);
    if (this.#editor === undefined || this.#editor.getModel() === model) return;
    const place = this.#editor.saveViewState();
    if (this.#path !== undefined && place !== null) this.#places.set(this.#path, place);
    this.#path = path;
    this.#editor.setModel(model);
    this.#editor.restoreViewState(this.#places.get(path) ?? null);
    this.#editor.updateOptions({ ariaLabel: path, insertSpaces: !/makefile$/i.test(path) });
    if (modeOf(path) === "dockerfile") this.#serveDockerfiles();
  }

  replace(path: string, text: string, cursor?: number): void {
    const model = editor.getModel(addressOf(path));
    if (model === null || model.getValue() === text) return;
    this.#isShowing = true;
    try {
      model.pushStackElement();
      // An edit, not a new value: what the terminal changed can be undone like any other change.
      model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
      model.pushStackElement();
    } finally {
      this.#isShowing = false;
    }
    if (cursor === undefined || this.#editor?.getModel() !== model) return;
    const position = model.getPositionAt(cursor);
    this.#editor.setPosition(position);
    this.#editor.revealPositionInCenterIfOutsideViewport(position);
  }

  forget(path: string): void {
    this.#places.delete(path);
    if (this.#path === path) this.#path = undefined;
    editor.getModel(addressOf(path))?.dispose();
  }

  focus(): void {
    this.#editor?.focus();
  }

  cursor(): number {
    const position = this.#editor?.getPosition();
    return (position && this.#editor?.getModel()?.getOffsetAt(position)) ?? 0;
  }

  goTo(line: number, column: number): void {
    this.#editor?.setPosition({ lineNumber: line, column });
    this.#editor?.revealLineInCenterIfOutsideViewport(line);
    this.focus();
  }

  mark(path: string, problems: readonly Problem[]): void {
    const model = editor.getModel(addressOf(path));
    if (model === null) return;
    const markers = problems.map(({ line, column, endLine, endColumn, severity, message }) => ({
      startLineNumber: line,
      startColumn: column,
      endLineNumber: endLine,
      endColumn,
      severity: severities[severity],
      message,
    }));
    editor.setModelMarkers(model, markerOwner, markers);
  }

  compare(element: HTMLElement, path: string, other: string, { mine, other: label }: ComparisonLabels): Disposable {
    const original = editor.getModel(addressOf(path));
    const modified = editor.createModel(other, modeOf(path));
    const differences = editor.createDiffEditor(element, {
      ...optionsFor(getComputedStyle(element)),
      // The side of the other text only is read-only: what is typed on the left is typed into the file.
      originalEditable: true,
      readOnly: true,
      originalAriaLabel: mine,
      modifiedAriaLabel: label,
      renderSideBySideInlineBreakpoint: 520,
      renderOverviewRuler: false,
      lineNumbersMinChars: 3,
    });
    if (original !== null) differences.setModel({ original, modified });
    for (const side of [differences.getOriginalEditor(), differences.getModifiedEditor()])
      letTabLeave(side, side.getContainerDomNode());
    return {
      [Symbol.dispose]: () => {
        differences.dispose();
        modified.dispose();
      },
    };
  }

  [Symbol.dispose](): void {
    for (const clean of this.#cleanup.splice(0)) clean();
    for (const model of editor.getModels()) model.dispose();
  }

  #serveDockerfiles(): void {
    if (this.#isDockerfileServed) return;
    this.#isDockerfileServed = true;
    import("./monaco-dockerfile.ts").then(
      ({ serveDockerfiles }) => {
        const served = serveDockerfiles(this.#options.imageNames);
        this.#cleanup.push(() => served[Symbol.dispose]());
      },
      // Without it a Dockerfile is a text in colours; the next one that is opened asks again.
      () => (this.#isDockerfileServed = false),
    );
  }
}

const markerOwner = "drydock";
const severities = { error: MarkerSeverity.Error, warning: MarkerSeverity.Warning, hint: MarkerSeverity.Hint } as const;

function addressOf(path: string): Uri {
  return Uri.from({ scheme: "file", path: `/workspace/${path}` });
}
