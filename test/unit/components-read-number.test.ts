import { expect, it } from "vitest";
import { readNumber } from "../../src/components/read-number.ts";

it.each([
  ["12", 12],
  [" 4.5 ", 4.5],
  ["4,5", 4.5],
  ["4.5 MB", 4.5],
  ["80%", 80],
  [".5", 0.5],
  ["-3", -3],
  ["−3", -3],
])("reads %j as %d", (text, number) => {
  expect(readNumber(text)).toBe(number);
});

it.each(["", "many", "1 or 2", "1.2.3", "MB 4", "-"])("does not take %j for a number", (text) => {
  expect(readNumber(text)).toBeUndefined();
});
