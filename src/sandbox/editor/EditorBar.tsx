import type { Signal } from "@preact/signals";
import { editorWords } from "../../words/editor.ts";
import type { EditorDesk } from "./editor-desk.ts";
import { EditorTabs } from "./EditorTabs.tsx";
import { canFormat } from "./format-text.ts";
import { Icon } from "./Icon.tsx";
import { modeOf } from "./language-of.ts";

interface EditorBarProps {
  desk: EditorDesk;
  showsFiles: Signal<boolean>;
  hasSolution: boolean;
}

/** The tabs of the files that are open, and what can be done with the one that is shown. */
export function EditorBar({ desk, showsFiles, hasSolution }: EditorBarProps) {
  const { files } = desk;
  const open = files.open.value;
  if (open === undefined) return null;
  const isFormatted = canFormat(open.path);
  const words = editorWords.format;
  return (
    <div class="editor-bar">
      <button
        type="button"
        class="files-button"
        aria-expanded={showsFiles.value}
        onClick={() => (showsFiles.value = !showsFiles.peek())}
      >
        <Icon name="files" /> {editorWords.tabs.showFiles}
      </button>
      <EditorTabs files={files} />
      <div class="editor-acts">
        {hasSolution && desk.comparison.value === undefined && (
          <button
            type="button"
            aria-label={editorWords.compare.button}
            title={`${editorWords.compare.button}. ${editorWords.compare.title}`}
            onClick={() => desk.compareWithSolution()}
          >
            <span class="long">{editorWords.compare.button}</span>
            <span class="short">{editorWords.compare.short}</span>
          </button>
        )}
        <button
          type="button"
          aria-disabled={!isFormatted}
          title={isFormatted ? words.hint : words.none(editorWords.modes[modeOf(open.path)])}
          onClick={() => {
            if (isFormatted) void desk.format();
            else desk.formatting.value = words.none(editorWords.modes[modeOf(open.path)]);
          }}
        >
          {words.button}
        </button>
        <button type="button" class="icon-button close-shown" onClick={() => void files.closeTab()}>
          {editorWords.tabs.close(open.path)}
        </button>
      </div>
    </div>
  );
}
