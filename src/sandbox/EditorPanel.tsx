import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Machine } from "../machine/contract.ts";
import { EditorFiles } from "./editor-files.ts";
import { FileTree } from "./FileTree.tsx";
import type { OpenDocument } from "./open-document.ts";
import type { Workbench } from "./workbench.ts";
import { createTextEditor, type TextEditor } from "./text-editor.ts";

/** Files on the left, the open one on the right, and what happens to it below. */
export function EditorPanel({ machine, bench }: { machine: Machine; bench: Workbench }) {
  const surface = useRef<HTMLDivElement>(null);
  const files = useSignal<EditorFiles | undefined>(undefined);
  const failure = useSignal<string | undefined>(undefined);

  useEffect(() => {
    let editor: TextEditor | undefined;
    let isGone = false;
    createTextEditor({ label: "Editor", onEdit: (text) => files.peek()?.edit(text) })
      .then((created) => {
        if (isGone || surface.current === null) {
          created[Symbol.dispose]();
          return;
        }
        editor = created;
        editor.mount(surface.current);
        const opened = new EditorFiles(machine.workspace, editor);
        files.value = opened;
        bench.saveFiles = () => opened.save();
        bench.closeFile = () => opened.close();
        const last = bench.openPath.peek();
        if (last !== undefined) void opened.show(last);
      })
      .catch(() => (failure.value = "The editor could not be opened. Reload the page, or use nano in the terminal."));
    return () => {
      isGone = true;
      bench.saveFiles = bench.closeFile = undefined;
      files.peek()?.[Symbol.dispose]();
      editor?.[Symbol.dispose]();
    };
  }, [machine, files, failure, bench]);

  const path = files.value?.open.value?.path;
  useLayoutEffect(() => {
    if (path === undefined) return;
    bench.openPath.value = path;
    // Only now is the editor on the page and can take the keyboard.
    files.peek()?.focus();
  }, [path, files, bench]);

  const open = files.value?.open.value;
  const problem = files.value?.problem.value;
  return (
    <div class="editor">
      {files.value !== undefined && <FileTree files={files.value} />}
      <div class="editor-main">
        {open !== undefined && <Conflict document={open} />}
        <div class="editor-surface" ref={surface} data-empty={open === undefined ? "" : undefined} />
        {open === undefined && (
          <p class="editor-note">
            {files.value === undefined
              ? (failure.value ?? "Opening the editor…")
              : "Choose a file, or make a new one. They lie in /workspace."}
          </p>
        )}
        <p class="editor-foot">
          <span role="status">{problem ?? (open === undefined ? "" : describe(open))}</span>
          <span class="editor-keys">
            <kbd>Ctrl</kbd> <kbd>M</kbd> lets Tab leave the editor
          </span>
        </p>
      </div>
    </div>
  );
}

function Conflict({ document }: { document: OpenDocument }) {
  const state = document.state.value;
  if (state.is !== "conflict") return null;
  const what = state.theirs === undefined ? "was removed" : "was changed";
  return (
    <div class="sandbox-notice" role="alert">
      <p>
        {document.path} {what} in the terminal while you edited it here.
      </p>
      <button type="button" onClick={() => void document.resolve("mine")}>
        Keep mine
      </button>
      <button type="button" onClick={() => void document.resolve("theirs")}>
        {state.theirs === undefined ? "Let it go" : "Take theirs"}
      </button>
    </div>
  );
}

function describe({ path, state }: OpenDocument): string {
  switch (state.value.is) {
    case "saved":
      return `${path}: saved`;
    case "unsaved":
    case "saving":
      return `${path}: saving…`;
    case "conflict":
      return `${path}: not saved`;
    case "removed":
      return `${path} was removed in the terminal. It is made again when you edit it.`;
    case "failed":
      return `${path} could not be saved: ${state.value.message}`;
  }
}
