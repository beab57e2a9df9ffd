import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { TerminalBelow } from "../../src/sandbox/terminal-below.ts";

const kept = new Map<string, string>();

beforeEach(() => {
  kept.clear();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});
afterEach(() => vi.unstubAllGlobals());

function windowThatFits(fits: boolean) {
  const target = new EventTarget();
  const media = Object.assign(target, { matches: fits });
  return {
    media,
    resize(now: boolean) {
      media.matches = now;
      media.dispatchEvent(new Event("change"));
    },
  };
}

it("is off until it is chosen, and is what it was on the next visit", () => {
  const first = new TerminalBelow(windowThatFits(true).media);
  expect([first.isOn.value, first.height.value]).toEqual([false, 40]);
  first.choose(true);
  first.resize(55.4);
  const second = new TerminalBelow(windowThatFits(true).media);
  expect([second.isOn.value, second.height.value]).toEqual([true, 55]);
});

it("leaves room for the panel and for the terminal", () => {
  const below = new TerminalBelow(windowThatFits(true).media);
  below.resize(3);
  expect(below.height.value).toBe(20);
  below.resize(99);
  expect(below.height.value).toBe(75);
});

it("stays away from a window that is too small, and comes back with the room", () => {
  const { media, resize } = windowThatFits(false);
  const below = new TerminalBelow(media);
  below.choose(true);
  expect([below.canBe.value, below.isOn.value]).toEqual([false, false]);
  resize(true);
  expect([below.canBe.value, below.isOn.value]).toEqual([true, true]);
});

it("takes nothing for a choice that it cannot have made", () => {
  kept.set("drydock:below", "on 99");
  expect(new TerminalBelow(windowThatFits(true).media).height.value).toBe(40);
  kept.set("drydock:below", "maybe");
  expect(new TerminalBelow(windowThatFits(true).media).isOn.value).toBe(false);
});
