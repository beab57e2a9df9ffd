import { editorWords } from "../../words/editor.ts";
import type { EditorDesk } from "./editor-desk.ts";
import { Icon } from "./Icon.tsx";

/** What the person is asked or told above the text: about both sides of a file, about uploads, about what failed. */
export function EditorNotices({ desk }: { desk: EditorDesk }) {
  return (
    <div class="editor-notices">
      <Conflict desk={desk} />
      <Upload desk={desk} />
      <Failure desk={desk} />
    </div>
  );
}

/** Of the file that is shown, or else of the first that is open. */
function Conflict({ desk }: { desk: EditorDesk }) {
  const { files } = desk;
  const all = files.documents.value.filter(({ state }) => state.value.is === "conflict");
  const document = all.find((each) => each === files.open.value) ?? all[0];
  const state = document?.state.value;
  if (document === undefined || state?.is !== "conflict") return null;
  const words = editorWords.conflict;
  const { path } = document;
  const isRemoved = state.theirs === undefined;
  const resolve = (side: "mine" | "theirs" | "both") => {
    desk.endComparison();
    void document.resolve(side).then(() => files.focus());
  };
  return (
    <div class="sandbox-notice" role="alert" key={path}>
      <p>{isRemoved ? words.removed(path) : words.changed(path)}</p>
      {!isRemoved && (
        <button type="button" onClick={() => void desk.compareWithTerminal(path)}>
          {words.compare}
        </button>
      )}
      <button type="button" onClick={() => resolve("mine")}>
        {words.mine}
      </button>
      <button type="button" onClick={() => resolve("theirs")}>
        {isRemoved ? words.letGo : words.theirs}
      </button>
      {!isRemoved && (
        <button type="button" onClick={() => resolve("both")}>
          {words.both}
        </button>
      )}
    </div>
  );
}

function Upload({ desk: { uploads } }: { desk: EditorDesk }) {
  const state = uploads.state.value;
  const words = editorWords.upload;
  switch (state.is) {
    case "none":
      return null;
    case "said":
      return <Said words={state.words} isProblem={state.isProblem} onClose={() => uploads.dismiss()} />;
    case "writing":
      return (
        <div class="sandbox-notice" data-calm role="status">
          <p>{words.progress(state.done, state.all)}</p>
          <progress value={state.done} max={state.all} aria-hidden="true" />
          <button type="button" onClick={() => uploads.stop()}>
            {words.cancel}
          </button>
        </div>
      );
    case "asking":
      return (
        <div class="sandbox-notice" role="alert">
          <p>{words.taken(state.taken)}</p>
          <button type="button" onClick={() => void uploads.answer("replace")}>
            {words.replace(state.taken.length)}
          </button>
          <button type="button" onClick={() => void uploads.answer("skip")}>
            {words.skip}
          </button>
          <button type="button" onClick={() => void uploads.answer("cancel")}>
            {words.giveUp}
          </button>
        </div>
      );
  }
}

function Failure({ desk: { files } }: { desk: EditorDesk }) {
  const problem = files.problem.value;
  if (problem === undefined) return null;
  return <Said words={problem} isProblem onClose={() => (files.problem.value = undefined)} />;
}

function Said({ words, isProblem, onClose }: { words: string; isProblem: boolean; onClose: () => void }) {
  return (
    <div class="sandbox-notice" data-calm={isProblem ? undefined : ""} role={isProblem ? "alert" : "status"}>
      <p>{words}</p>
      <button type="button" class="icon-button" aria-label={editorWords.closeNotice} onClick={onClose}>
        <Icon name="close" />
      </button>
    </div>
  );
}
