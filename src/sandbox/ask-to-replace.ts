import type { LessonFile } from "../lessons/model.ts";
import type { NoticeBoard } from "./notice-board.ts";
import { sayingWhy } from "./saying-why.ts";
import type { WorkspaceKeeper } from "./workspace-keeper.ts";

/** Asks whether `files` may take the place of the learner's own. */
export function askToReplace(
  board: NoticeBoard,
  keeper: WorkspaceKeeper,
  files: readonly LessonFile[],
  whose: "step" | "lesson",
): void {
  if (files.length === 0) return;
  const names = files.map(({ path }) => path).join(", ");
  const [brings, own] = files.length === 1 ? ["a file", "it is"] : ["files", "they are"];
  const words = `This ${whose} brings ${brings} that you have changed or made yourself: ${names}.`;
  board.show("replace", words, {
    "Replace mine": () => void sayingWhy(board, `${names} could not be written.`, () => keeper.write(files)),
    [`Keep mine as ${own}`]: () => undefined,
  });
}
