import { errorSentence } from "./error-sentence.ts";
import type { NoticeBoard } from "./notice-board.ts";
import { machineWords } from "../words/machine.ts";

/** Does `act`. Should it fail, `board` says `otherwise` and why, in the place of `key`, and offers to do it again. */
export async function offeringAgain(
  board: NoticeBoard,
  key: string,
  otherwise: string,
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    board.show(key, `${otherwise} ${errorSentence(error)}`, {
      [machineWords.tryAgain]: () => void offeringAgain(board, key, otherwise, act),
    });
  }
}
