import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { editorWords } from "../../words/editor.ts";
import type { EditorFiles } from "./editor-files.ts";
import { Icon } from "./Icon.tsx";
import type { OpenDocument } from "./open-document.ts";

const words = editorWords.tabs;

/** The files that are open. Arrow keys go from one to the next, Delete closes one. */
export function EditorTabs({ files }: { files: EditorFiles }) {
  const list = useRef<HTMLDivElement>(null);
  const documents = files.documents.value;
  const shown = files.open.value;
  /** The keyboard is in the tabs, and goes on to the one that is shown next. */
  const follows = useRef(false);
  useEffect(() => {
    const tab = list.current?.querySelector<HTMLElement>("[aria-selected=true]");
    tab?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (follows.current) tab?.focus();
    follows.current = false;
  }, [shown]);
  const closed = useSignal(0);
  const times = closed.value;
  useEffect(() => {
    // Only now is the tab there that is shown instead.
    if (times > 0) list.current?.querySelector<HTMLElement>("[aria-selected=true]")?.focus();
  }, [times]);
  const close = async (path: string, { byKey = false } = {}) => {
    const row = list.current?.closest(".editor")?.querySelector<HTMLElement>("[role=treeitem][tabindex='0']");
    await files.closeTab(path);
    if (files.open.peek() === undefined) row?.focus();
    else if (byKey) closed.value++;
    else files.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key] as 1 | -1 | undefined;
    if (by === undefined && event.key !== "Delete") return;
    event.preventDefault();
    if (by === undefined) {
      if (shown !== undefined) void close(shown.path, { byKey: true });
      return;
    }
    follows.current = true;
    void files.turn(by, { focus: false });
  };
  return (
    <div class="editor-tabs" role="tablist" aria-label={words.label} ref={list} onKeyDown={onKeyDown}>
      {documents.map((document) => (
        <EditorTab
          key={document.path}
          document={document}
          others={documents}
          isShown={document === shown}
          onShow={() => void files.show(document.path)}
          onClose={() => void close(document.path)}
        />
      ))}
    </div>
  );
}

interface EditorTabProps {
  document: OpenDocument;
  others: readonly OpenDocument[];
  isShown: boolean;
  onShow: () => void;
  onClose: () => void;
}

function EditorTab({ document, others, isShown, onShow, onClose }: EditorTabProps) {
  const { path, state } = document;
  const name = nameAmong(path, others);
  const isSaved = state.value.is === "saved";
  return (
    <div class="editor-tab" role="presentation" data-shown={isShown ? "" : undefined}>
      <button
        type="button"
        role="tab"
        id={isShown ? "editor-tab-shown" : undefined}
        aria-selected={isShown}
        aria-controls="editor-text"
        aria-label={isSaved ? name : words.unsaved(name)}
        tabIndex={isShown ? 0 : -1}
        title={`${path}. ${words.closeHint}`}
        data-state={state.value.is}
        onClick={onShow}
        onMouseDown={(event) => {
          // The middle button would scroll.
          if (event.button === 1) event.preventDefault();
        }}
        onAuxClick={(event) => {
          if (event.button === 1) onClose();
        }}
      >
        {name}
      </button>
      {/* For the pointer: by keyboard the tab itself is closed, and the last button of the bar closes it too. */}
      <span class="editor-tab-close" title={words.close(name)} aria-hidden="true" onClick={onClose}>
        <Icon name="close" />
      </span>
    </div>
  );
}

/** The name of a file, with its folder where another open file has the same name. */
function nameAmong(path: string, others: readonly OpenDocument[]): string {
  const name = nameOf(path);
  return others.filter((other) => nameOf(other.path) === name).length > 1 ? path : name;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
