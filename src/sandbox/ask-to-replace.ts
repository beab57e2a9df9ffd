import type { LessonFile } from "../lessons/model.ts";
import type { NoticeBoard } from "./notice-board.ts";
import { sayingWhy } from "./saying-why.ts";
import type { WorkspaceKeeper } from "./workspace-keeper.ts";
import { stepWords } from "../words/steps.ts";

/** Asks whether `files` may take the place of the learner's own. */
export function askToReplace(
  board: NoticeBoard,
  keeper: WorkspaceKeeper,
  files: readonly LessonFile[],
  whose: "step" | "lesson",
): void {
  if (files.length === 0) return;
  const names = files.map(({ path }) => path).join(", ");
  const isOne = files.length === 1;
  const words = (isOne ? stepWords.bringsFile(names) : stepWords.bringsFiles(names))[whose];
  board.show("replace", words, {
    [stepWords.replaceMine]: () => void sayingWhy(board, stepWords.couldNotWritten(names), () => keeper.write(files)),
    [isOne ? stepWords.keepMineAsItIs : stepWords.keepMineAsTheyAre]: () => undefined,
  });
}
