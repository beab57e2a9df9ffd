import { computed, signal } from "@preact/signals";
import type { Clock } from "../../checks/clock.ts";
import type { Workspace } from "../../machine/contract.ts";
import { editorWords } from "../../words/editor.ts";
import { errorSentence } from "../error-sentence.ts";
import { EditorFiles } from "./editor-files.ts";
import { FileProblems } from "./file-problems.ts";
import { findProblems } from "./find-problems.ts";
import { formatText } from "./format-text.ts";
import type { TextEditor } from "./text-editor.ts";
import { TreeCursor } from "./tree-cursor.ts";
import { UploadDesk } from "./upload-desk.ts";

/** The file that is shown, beside another text of the same file. */
export interface Comparison {
  readonly path: string;
  readonly other: string;
  /** What the other text is. */
  readonly label: string;
}

export interface EditorDeskOptions {
  readonly workspace: Workspace;
  readonly editor: TextEditor;
  readonly clock: Clock;
  /** What the solution of the step that is open writes into a file. */
  readonly solutionOf: (path: string) => string | undefined;
  /** The person is shown that. */
  readonly onSolutionSeen: () => void;
}

/** What can be done in the editor with the files of the workspace. */
export class EditorDesk implements Disposable {
  readonly files: EditorFiles;
  readonly problems: FileProblems;
  readonly uploads: UploadDesk;
  readonly cursor: TreeCursor;
  readonly editor: TextEditor;
  /** What is wrong in the file that is shown. */
  readonly shownProblems = computed(() => {
    const path = this.files.open.value?.path;
    return path === undefined ? [] : this.problems.of(path).value;
  });
  /** What the last formatting came to; of the file that is shown. */
  readonly formatting = signal("");
  readonly #comparison = signal<Comparison | undefined>(undefined);
  readonly comparison = computed(() => {
    const comparison = this.#comparison.value;
    return comparison?.path === this.files.open.value?.path ? comparison : undefined;
  });
  readonly #options: EditorDeskOptions;

  constructor(options: EditorDeskOptions) {
    const { workspace, editor, clock } = options;
    this.#options = options;
    this.editor = editor;
    this.problems = new FileProblems({
      clock,
      find: findProblems,
      mark: (path, problems) => editor.mark(path, problems),
    });
    this.files = new EditorFiles(workspace, editor, {
      onText: (path, text) => {
        this.formatting.value = "";
        this.problems.look(path, text);
      },
      onForgotten: (path) => this.problems.forget(path),
    });
    this.uploads = new UploadDesk(workspace, clock);
    this.cursor = new TreeCursor(this.files.tree);
  }

  async format(): Promise<void> {
    const { words, open } = { words: editorWords.format, open: this.files.open.peek() };
    if (open === undefined) return;
    const before = open.text;
    this.formatting.value = words.loading;
    try {
      const { text, cursor } = await formatText(open.path, before, this.editor.cursor());
      if (this.files.open.peek() !== open || open.text !== before) {
        this.formatting.value = words.typedOn;
        return;
      }
      this.files.replaceShown(text, cursor);
      this.formatting.value = text === before ? words.already : words.done;
    } catch (error) {
      // A formatter shows the place in further lines.
      this.formatting.value = words.failed(errorSentence(error).split("\n")[0] ?? "");
    }
  }

  compareWithSolution(): void {
    const path = this.files.open.peek()?.path;
    const other = path === undefined ? undefined : this.#options.solutionOf(path);
    if (path === undefined || other === undefined) return;
    this.#comparison.value = { path, other, label: editorWords.compare.solution };
    this.#options.onSolutionSeen();
  }

  /** Shows both sides of a file that was changed on both. */
  async compareWithTerminal(path: string): Promise<void> {
    await this.files.show(path, { focus: false });
    const state = this.files.find(path)?.state.peek();
    if (state?.is === "conflict" && state.theirs !== undefined)
      this.#comparison.value = { path, other: state.theirs, label: editorWords.compare.terminal };
  }

  endComparison(): void {
    this.#comparison.value = undefined;
  }

  /** Goes to the next problem behind the cursor, and from the last to the first. */
  goToNextProblem(): void {
    const text = this.files.open.peek()?.text ?? "";
    const before = text.slice(0, this.editor.cursor()).split("\n");
    const line = before.length;
    const column = (before.at(-1) ?? "").length + 1;
    const all = this.shownProblems.peek();
    const next = all.find((problem) => problem.line > line || (problem.line === line && problem.column > column));
    const to = next ?? all[0];
    if (to !== undefined) this.editor.goTo(to.line, to.column);
  }

  [Symbol.dispose](): void {
    this.files[Symbol.dispose]();
    this.problems[Symbol.dispose]();
    this.uploads[Symbol.dispose]();
  }
}
