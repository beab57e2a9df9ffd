import { describe, expect, test } from "vitest";
import { compareStacks } from "../../src/sandbox/layers/compare-stacks.ts";
import type { StackRow } from "../../src/sandbox/layers/image-stack.ts";
import type { View } from "../../src/sandbox/layers/layer-view.ts";

const setting = (instruction: string): StackRow => ({ kind: "setting", step: { instruction, created: 1, size: 0 } });

/** From the bottom up: a digest with its bytes, or the words of a setting. */
function viewOf(parts: readonly (readonly [digest: string, bytes: number] | string)[], name = "image"): View {
  let number = 0;
  const rows = parts.map((part): StackRow => {
    if (typeof part === "string") return setting(part);
    const step = { instruction: `RUN ${part[0]}`, created: 1, size: part[1] };
    return { kind: "layer", number: number++, digest: part[0], step, sharedWith: [] };
  });
  const subject = { kind: "image", id: name, names: [name] } as const;
  return { subject, stack: { rows: rows.reverse(), size: 1 }, folders: [], ages: [] };
}

const told = (rows: readonly { readonly kind: string }[]) =>
  rows.map((row) => {
    const { kind, digest, step } = row as { kind: string; digest?: string; step?: { instruction: string } };
    return kind === "setting" ? step?.instruction : (digest ?? kind);
  });

describe("two stacks beside each other", () => {
  const one = viewOf([["base", 40], "CMD sh", ["menu", 2], ["cargo", 800], "CMD sleep"]);
  const two = viewOf([["base", 40], "CMD sh", ["menu", 2], ["tidy", 3], "CMD sleep"]);

  test("have in common what both stand on, and the rest alone, the newest first", () => {
    const { shared, alone } = compareStacks(one, two);
    expect(told(shared)).toEqual(["menu", "CMD sh", "base"]);
    expect(told(alone.of)).toEqual(["CMD sleep", "cargo"]);
    expect(told(alone.with)).toEqual(["CMD sleep", "tidy"]);
  });

  test("have the bytes of what they share once", () => {
    expect(compareStacks(one, two).bytes).toEqual({ shared: 42, alone: { of: 800, with: 3 } });
  });

  test("count read bytes before those of the history, and nothing as long as a size is unknown", () => {
    const read = { changes: [], bytes: 5, hiddenBytes: 0 };
    const base = viewOf([["base", 40]]);
    expect(compareStacks({ ...base, contents: [read] }, base).bytes?.shared).toBe(5);
    const [row] = base.stack.rows;
    if (row?.kind !== "layer") throw new Error("The view has other rows");
    const { step: _, ...rest } = row;
    const unknown = { ...base, stack: { size: 40, rows: [rest] } };
    expect(compareStacks(unknown, unknown).bytes).toBeUndefined();
  });

  test("share a setting right above the last common layer, not one that is above their own", () => {
    const both = ["CMD sh", "ENV A=1"] as const;
    const { shared, alone } = compareStacks(
      viewOf([["base", 40], ...both]),
      viewOf([["base", 40], "CMD sh", "ENV A=2"]),
    );
    expect(told(shared)).toEqual(["CMD sh", "base"]);
    expect([told(alone.of), told(alone.with)]).toEqual([["ENV A=1"], ["ENV A=2"]]);
  });

  test("share nothing from where they part, though the same layer comes again: it is kept twice", () => {
    const { shared, alone, twins } = compareStacks(
      viewOf([
        ["a", 1],
        ["menu", 2],
      ]),
      viewOf([
        ["b", 1],
        ["menu", 2],
      ]),
    );
    expect(told(shared)).toEqual([]);
    expect(told(alone.of)).toEqual(["menu", "a"]);
    expect([...twins]).toEqual(["menu"]);
  });

  test("of which one is a container of the other differ in its writable layer", () => {
    const container: View = { ...one, subject: { kind: "container", id: "c", names: ["boat"] } };
    const { shared, alone } = compareStacks(container, one);
    expect(told(shared)).toEqual(["CMD sleep", "cargo", "menu", "CMD sh", "base"]);
    expect(told(alone.of)).toEqual(["writable"]);
    expect(alone.with).toEqual([]);
    const other: View = { ...container, subject: { kind: "container", id: "d", names: ["barge"] } };
    expect(told(compareStacks(container, other).alone.with)).toEqual(["writable"]);
  });
});
