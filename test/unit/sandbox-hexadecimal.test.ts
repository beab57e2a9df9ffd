import { expect, it } from "vitest";
import { hexadecimal } from "../../src/sandbox/hexadecimal.ts";

it.each([
  ["#16242f", false, "#16242f"],
  [" light-dark(#fff, #15212b) ", false, "#ffffff"],
  ["light-dark(#fff,#15212b)", true, "#15212b"],
  ["#abcd", true, "#aabbccdd"],
  ["rgb(0 0 0 / 50%)", true, undefined],
  ["", false, undefined],
])("the colour %j, dark: %s, is %s", (colour, isDark, expected) => {
  expect(hexadecimal(colour, isDark)).toBe(expected);
});
