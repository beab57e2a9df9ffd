import { systemClock } from "../checks/clock.ts";
import { isProgressLasting, loadProgress, onProgress, updateProgress } from "../components/progress-store.ts";
import { pageKeptWork } from "./kept-work.ts";
import { LessonDesk } from "./lesson-desk.ts";
import type { Workbench } from "./workbench.ts";
import { stepWords } from "../words/steps.ts";

/** The desk of the page's workbench, with the progress and the kept work of this browser. */
export function createLessonDesk(bench: Workbench): LessonDesk {
  const { board } = bench;
  const desk = new LessonDesk({
    board,
    progress: { load: loadProgress, update: updateProgress, onChange: onProgress },
    now: () => new Date(),
    clock: systemClock,
    judge: async (spec, answer) => (await import("../checks/judge-quiz.ts")).judgeQuiz(spec, answer),
    openKeeper: async () => {
      const { WorkspaceKeeper } = await import("./workspace-keeper.ts");
      const kept = pageKeptWork();
      void kept.where().then((where) => {
        if (where.kind === "memory") board.show("memory", stepWords.yourFilesNotKept(where.why));
      });
      let said: string | undefined;
      return new WorkspaceKeeper({
        kept,
        clock: systemClock,
        now: () => new Date(),
        onNotKept: (words) => {
          // What the person has closed is not said again.
          if (words === said) return;
          said = words;
          if (words === undefined) board.close("kept");
          else board.show("kept", words);
        },
        onReplaced: () => void desk.enterAgain(),
      });
    },
    saveEditor: async () => bench.saveFiles?.(),
    closeEditor: async () => {
      await bench.closeFile?.();
      bench.openFiles.value = { paths: [], shown: undefined };
    },
    resetMachine: (workspace, whenReset) => bench.resetMachine(workspace, whenReset),
    showTerminal: (terminal) => bench.show(`terminal-${Math.min(terminal, 2) as 0 | 1 | 2}`),
    forgetMachine: (lesson) => bench.keeper.forget(lesson),
  });
  let isProgressSaid = false;
  const lookAtProgress = () => {
    const isLasting = isProgressLasting();
    if (isLasting) board.close("progress");
    else if (!isProgressSaid) board.show("progress", progressNotKept);
    isProgressSaid = !isLasting;
  };
  lookAtProgress();
  onProgress(lookAtProgress);
  return desk;
}

const progressNotKept = stepWords.yourProgressNotKept;
