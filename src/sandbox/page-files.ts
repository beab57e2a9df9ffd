import type { Lesson } from "../lessons/model.ts";
import type { FileWrite } from "./command-queue.ts";
import { givenAt } from "./lesson-files.ts";
import type { NoticeBoard } from "./notice-board.ts";
import { sayingWhy } from "./saying-why.ts";
import { isSame } from "./workspace-content.ts";
import type { WorkspaceKeeper } from "./workspace-keeper.ts";
import { stepWords } from "../words/steps.ts";

/** Files that the page's buttons write. */
export class PageFiles {
  readonly #board: NoticeBoard;
  /** What was written, by path: not the learner's own work, as long as it is still so. */
  readonly #written = new Map<string, Uint8Array[]>();

  constructor(board: NoticeBoard) {
    this.#board = board;
  }

  /** Writes a file. What the learner has made themself is only replaced if they say so. */
  async write(
    { path, content, onWritten }: FileWrite,
    openKeeper: () => Promise<WorkspaceKeeper>,
    lesson: Lesson | null,
  ): Promise<void> {
    const otherwise = stepWords.couldNotWritten(path);
    await sayingWhy(this.#board, otherwise, async () => {
      const keeper = await openKeeper();
      const wanted = new TextEncoder().encode(content);
      const there = await keeper.read(path);
      const writeIt = async () => {
        await keeper.writeText(path, content);
        this.#written.set(path, [...(this.#written.get(path) ?? []), wanted]);
        onWritten?.();
      };
      const given = lesson === null ? [] : givenAt(lesson, path).map((file) => file.content);
      if (there !== undefined && isSame(there, wanted)) onWritten?.();
      else if (there === undefined || [...given, ...(this.#written.get(path) ?? [])].some((one) => isSame(one, there)))
        await writeIt();
      else {
        this.#board.show("replace-one", stepWords.differentWorkspace(path), {
          [stepWords.replaceIt]: () => void sayingWhy(this.#board, otherwise, writeIt),
          [stepWords.keepMine]: () => undefined,
        });
      }
    });
  }

  /** Another lesson's files are there now. */
  forget(): void {
    this.#written.clear();
  }
}
