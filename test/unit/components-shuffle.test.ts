import { expect, it } from "vitest";
import { shuffleById } from "../../src/components/shuffle.ts";

const items = ["a", "b", "c", "d", "e"];

it("keeps the same order for the same id", () => {
  expect(shuffleById(items, "steps")).toEqual(shuffleById(items, "steps"));
});

it("depends on the id", () => {
  const orders = new Set(["one", "two", "three", "four", "five"].map((id) => shuffleById(items, id).join("")));
  expect(orders.size).toBeGreaterThan(2);
});

it("never shows the right order, and loses nothing", () => {
  for (let n = 0; n < 200; n++) {
    for (const few of [items.slice(0, 2), items.slice(0, 3), items]) {
      const shuffled = shuffleById(few, `quiz-${n}`);
      expect(shuffled).not.toEqual(few);
      expect(shuffled.toSorted()).toEqual(few);
    }
  }
});
