import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { updateProgress } from "../../components/progress-store.ts";
import { systemClock } from "../../checks/clock.ts";
import { createEngine } from "../../engine/create-engine.ts";
import { withSolutionSeen } from "../../lessons/progress.ts";
import type { Machine } from "../../machine/contract.ts";
import { editorWords } from "../../words/editor.ts";
import type { Workbench } from "../workbench.ts";
import { ComparisonView } from "./ComparisonView.tsx";
import { EditorBar } from "./EditorBar.tsx";
import { EditorDesk } from "./editor-desk.ts";
import { EditorFoot } from "./EditorFoot.tsx";
import { editorKey } from "./editor-keys.ts";
import { EditorNotices } from "./EditorNotices.tsx";
import { FileTree } from "./FileTree.tsx";
import { ProblemList } from "./ProblemList.tsx";
import { solutionOf } from "./solution-of.ts";
import { createTextEditor, wantsPlainText, type TextEditor, type TextEditorOptions } from "./text-editor.ts";
import "./editor.css";

/** The files of /workspace: their tree, the ones that are open, and what happens to them below. */
export function EditorPanel({ machine, bench }: { machine: Machine; bench: Workbench }) {
  const surface = useRef<HTMLDivElement>(null);
  const made = useSignal<EditorDesk | undefined>(undefined);
  const failure = useSignal<string | undefined>(undefined);
  /** On a narrow page the tree and the text take turns. */
  const showsFiles = useSignal(false);
  const showsProblems = useSignal(false);
  const isPlain = usePlainText(() => made.peek()?.files.hasUnsaved.peek() === true);

  useEffect(() => {
    let editor: TextEditor | undefined;
    let isGone = false;
    const options: TextEditorOptions = {
      label: editorWords.label,
      onEdit: (path, text) => made.peek()?.files.edit(path, text),
      imageNames: () => imageNames(machine),
    };
    createTextEditor(options, isPlain)
      .then((created) => {
        if (isGone || surface.current === null) {
          created[Symbol.dispose]();
          return;
        }
        editor = created;
        editor.mount(surface.current);
        made.value = openDesk(machine, bench, editor);
      })
      .catch(() => (failure.value = editorWords.notOpened));
    return () => {
      isGone = true;
      bench.saveFiles = bench.closeFile = undefined;
      made.peek()?.[Symbol.dispose]();
      made.value = undefined;
      editor?.[Symbol.dispose]();
    };
  }, [machine, made, failure, bench, isPlain]);

  const desk = made.value;
  const documents = desk?.files.documents.value;
  const open = desk?.files.open.value;
  useEffect(() => {
    if (documents !== undefined)
      bench.openFiles.value = { paths: documents.map(({ path }) => path), shown: open?.path };
  }, [documents, open, bench]);
  const isShown = bench.panel.value === "editor";
  useEffect(() => desk?.files.setShown(isShown), [desk, isShown]);
  const asked = bench.asked.value;
  useEffect(() => {
    if (asked?.panel === "editor" && asked.of !== undefined) void desk?.files.show(asked.of);
  }, [desk, asked]);

  const comparison = desk?.comparison.value;
  useLayoutEffect(() => {
    // Only now is the text on the page and can take the keyboard.
    if (desk?.files.wantsFocus !== true) return;
    desk.files.wantsFocus = false;
    desk.editor.focus();
  }, [desk, open, comparison]);
  const isUnsafe = desk?.files.hasUnsaved.value === true;
  useEffect(() => {
    if (!isUnsafe) return;
    // What was typed is nowhere but here.
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [isUnsafe]);

  return (
    <div
      class="editor"
      data-files={showsFiles.value || open === undefined ? "" : undefined}
      // Before Monaco, which has other uses for some of them.
      onKeyDownCapture={(event) => {
        if (desk === undefined || !editorKey(desk, event)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {desk !== undefined && (
        <FileTree desk={desk} workspace={machine.workspace} onOpen={() => (showsFiles.value = false)} />
      )}
      <div class="editor-main">
        {desk !== undefined && (
          <>
            <EditorBar
              desk={desk}
              showsFiles={showsFiles}
              hasSolution={open !== undefined && solutionFor(bench, open.path) !== undefined}
            />
            <EditorNotices desk={desk} />
          </>
        )}
        {desk !== undefined && comparison !== undefined && (
          <ComparisonView key={comparison.path + comparison.label} desk={desk} comparison={comparison} />
        )}
        <div
          class="editor-surface"
          id="editor-text"
          role="tabpanel"
          aria-labelledby={open === undefined ? undefined : "editor-tab-shown"}
          ref={surface}
          data-empty={open === undefined ? "" : undefined}
          hidden={comparison !== undefined}
        />
        {open === undefined && (
          <p class="editor-note">
            {desk === undefined ? (failure.value ?? editorWords.opening) : editorWords.chooseFile}
          </p>
        )}
        {desk !== undefined && showsProblems.value && desk.shownProblems.value.length > 0 && (
          <ProblemList desk={desk} />
        )}
        {desk !== undefined && <EditorFoot desk={desk} showsProblems={showsProblems} />}
      </div>
    </div>
  );
}

/** Whether a plain text field is better here; when that changes, as soon as nothing would be lost by another editor. */
function usePlainText(isBusy: () => boolean): boolean {
  const isPlain = useSignal(matchMedia(wantsPlainText).matches);
  useEffect(() => {
    const query = matchMedia(wantsPlainText);
    const follow = () => {
      if (!isBusy()) isPlain.value = query.matches;
    };
    query.addEventListener("change", follow);
    return () => query.removeEventListener("change", follow);
  });
  return isPlain.value;
}

function openDesk(machine: Machine, bench: Workbench, editor: TextEditor): EditorDesk {
  const desk = new EditorDesk({
    workspace: machine.workspace,
    editor,
    clock: systemClock,
    solutionOf: (path) => solutionFor(bench, path),
    onSolutionSeen: () => {
      const lesson = bench.lesson.peek()?.id;
      const step = currentStep(bench);
      if (lesson !== undefined && step !== undefined)
        updateProgress((progress) => withSolutionSeen(progress, lesson, step));
    },
  });
  bench.saveFiles = () => desk.files.save();
  bench.closeFile = () => desk.files.closeAll();
  const { paths, shown } = bench.openFiles.peek();
  void desk.files.restore(paths, shown);
  return desk;
}

function solutionFor(bench: Workbench, path: string): string | undefined {
  return solutionOf(bench.lesson.value, currentStep(bench), path);
}

function currentStep(bench: Workbench): string | undefined {
  return bench.steps.value.find(({ isCurrent }) => isCurrent)?.id;
}

async function imageNames(machine: Machine): Promise<string[]> {
  const images = await createEngine(machine).images.list();
  return images.flatMap(({ RepoTags }) => RepoTags);
}
