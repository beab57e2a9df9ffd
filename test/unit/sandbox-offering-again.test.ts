import { expect, it } from "vitest";
import { NoticeBoard } from "../../src/sandbox/notice-board.ts";
import { offeringAgain } from "../../src/sandbox/offering-again.ts";
import { settle } from "./checks-fakes.ts";

it("says why something could not be done, and does it again on request, as often as it fails", async () => {
  const board = new NoticeBoard();
  const words = () => board.notices.value.map((notice) => notice.words);
  const again = async () => {
    board.notices.value[0]?.choices.find(({ label }) => label === "Try again")?.act();
    await settle();
  };
  let failures = 2;
  let done = 0;
  await offeringAgain(board, "parts", "The page has a hole.", () => {
    if (failures-- > 0) return Promise.reject(new Error("Failed to fetch."));
    done++;
    return Promise.resolve();
  });
  expect([words(), done]).toEqual([["The page has a hole. Failed to fetch."], 0]);
  await again();
  expect([words(), done]).toEqual([["The page has a hole. Failed to fetch."], 0]);
  await again();
  expect([words(), done]).toEqual([[], 1]);
});
