import type { Signal } from "@preact/signals";
import { editorWords } from "../../words/editor.ts";
import type { EditorDesk } from "./editor-desk.ts";
import { modeOf } from "./language-of.ts";
import type { OpenDocument } from "./open-document.ts";

/** Below the text: whether it is saved, what is wrong in it, what kind of text it is, and how the keyboard gets out. */
export function EditorFoot({ desk, showsProblems }: { desk: EditorDesk; showsProblems: Signal<boolean> }) {
  const open = desk.files.open.value;
  if (open === undefined) return null;
  const problems = desk.shownProblems.value;
  const { keys } = editorWords;
  const worst = problems.some(({ severity }) => severity === "error") ? "error" : "warning";
  return (
    <div class="editor-foot">
      <SaveState document={open} />
      <button
        type="button"
        class="problem-count"
        data-severity={problems.length === 0 ? undefined : worst}
        disabled={problems.length === 0}
        aria-expanded={showsProblems.value && problems.length > 0}
        aria-controls="editor-problems"
        onClick={() => (showsProblems.value = !showsProblems.peek())}
      >
        {editorWords.problems.count(problems.length)}
      </button>
      <span role="status">{desk.formatting.value}</span>
      <span class="editor-mode">{editorWords.modes[modeOf(open.path)]}</span>
      <span class="editor-keys">
        <span>
          <kbd>Esc</kbd> <kbd>Tab</kbd> {keys.leave}
        </span>
        <span>
          <kbd>Ctrl</kbd> <kbd>M</kbd> {keys.toggle}
        </span>
        <span>
          <kbd>F8</kbd> {keys.problem}
        </span>
      </span>
    </div>
  );
}

function SaveState({ document }: { document: OpenDocument }) {
  const words = editorWords.state;
  const state = document.state.value;
  const said = {
    saved: () => words.saved,
    unsaved: () => words.saving,
    saving: () => words.saving,
    conflict: () => words.conflict,
    removed: () => words.removed,
    failed: () => words.failed(state.is === "failed" ? state.message : ""),
  }[state.is]();
  return (
    <span class="save-state" data-state={state.is}>
      {/* Only what needs the person is told at once: being saved is nothing new. */}
      <span role={state.is === "failed" ? "alert" : undefined} title={document.path}>
        {said}
      </span>
      {state.is === "failed" && (
        <button type="button" onClick={() => void document.save()}>
          {words.again}
        </button>
      )}
    </span>
  );
}
