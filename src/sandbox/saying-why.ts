import { errorSentence } from "./error-sentence.ts";
import type { NoticeBoard } from "./notice-board.ts";

/** Does `act`, and answers what that does. Should it fail, `board` says `otherwise` and why, and the answer is undefined. */
export async function sayingWhy<T>(
  board: NoticeBoard,
  otherwise: string,
  act: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    board.show("failed", `${otherwise} ${errorSentence(error)}`);
    return undefined;
  }
}
