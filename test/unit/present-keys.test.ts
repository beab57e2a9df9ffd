import { expect, it } from "vitest";
import { pauseBefore } from "../../src/present/human-pace.ts";
import { actOfKey, talkKeys } from "../../src/present/talk-keys.ts";
import { presentWords as words } from "../../src/words/present.ts";

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  isComposing: false,
  ...more,
});

const nowhere = () => false;
const inPlace = (place: string) => (selector: string) => selector.split(", ").includes(place);

it("knows the keys of presenters and clickers", () => {
  expect(actOfKey(press("PageDown"), nowhere)).toBe("next");
  expect(actOfKey(press("PageUp"), nowhere)).toBe("previous");
  expect(actOfKey(press("."), nowhere)).toBe("black");
  expect(actOfKey(press("T"), nowhere)).toBe("type");
  expect(actOfKey(press("Enter"), nowhere)).toBe("enter");
});

it("leaves keys to the browser that are not its own", () => {
  expect(actOfKey(press("t", { ctrlKey: true }), nowhere)).toBeUndefined();
  expect(actOfKey(press("n", { repeat: true }), nowhere)).toBeUndefined();
  expect(actOfKey(press("q"), nowhere)).toBeUndefined();
});

it("lets a terminal have all but a clicker's keys, and a field all", () => {
  expect(actOfKey(press("PageDown"), inPlace(".xterm"))).toBe("next");
  for (const key of ["t", ".", "Enter", "ArrowRight", " "])
    expect(actOfKey(press(key), inPlace(".xterm"))).toBeUndefined();
  expect(actOfKey(press("PageDown"), inPlace("textarea"))).toBeUndefined();
});

it("lets Enter and Space press a button that has the focus", () => {
  for (const key of ["Enter", " "]) expect(actOfKey(press(key), inPlace("button"))).toBeUndefined();
  expect(actOfKey(press("n"), inPlace("button"))).toBe("next");
});

it("has each key once, and words for each act", () => {
  const keys = talkKeys.flatMap((each) => each.keys);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { act } of talkKeys) expect(words.keys[act]).toMatch(/\w/);
});

it("types as a person does: uneven, slower where a word begins", () => {
  const even = pauseBefore("o", "d", "usual", () => 0.5);
  expect(even).toBeGreaterThan(30);
  expect(pauseBefore("i", " ", "usual", () => 0.5)).toBeGreaterThan(even);
  expect(pauseBefore("|", "x", "usual", () => 0.5)).toBeGreaterThan(even);
  expect(pauseBefore("o", "d", "fast", () => 0.5)).toBeLessThan(even);
  expect(pauseBefore("o", "d", "usual", () => 0)).toBeLessThan(pauseBefore("o", "d", "usual", () => 0.99));
});
