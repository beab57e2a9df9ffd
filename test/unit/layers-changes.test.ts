import { describe, expect, test } from "vitest";
import { treeOf } from "../../src/sandbox/layers/change-tree.ts";
import { describeChanges } from "../../src/sandbox/layers/layer-changes.ts";
import { readListing, type LayerEntry } from "../../src/sandbox/layers/list-layers.ts";

const entry = (path: string, kind: LayerEntry["kind"] = "file", bytes = 0, mode = 0o755): LayerEntry => ({
  path,
  kind,
  bytes,
  mode,
});
const told = (layers: readonly (readonly LayerEntry[])[]) =>
  describeChanges(layers).map(({ changes }) => changes.map(({ path, change }) => `${path} ${change}`));

describe("what a layer does to those below", () => {
  test("it adds, changes and deletes, and keeps the folder that it does so in", () => {
    const layers = [
      [entry("etc", "folder"), entry("etc/motd", "file", 10), entry("etc/hosts", "file", 5)],
      [
        entry("etc", "folder"),
        entry("etc/motd", "file", 12),
        entry("etc/hosts", "whiteout"),
        entry("etc/new", "file", 1),
      ],
    ];
    expect(told(layers)).toEqual([
      ["etc added", "etc/motd added", "etc/hosts added"],
      ["etc kept", "etc/motd changed", "etc/hosts deleted", "etc/new added"],
    ]);
  });

  test("what is replaced or deleted is counted where it was written, once", () => {
    const contents = describeChanges([
      [entry("big", "file", 100), entry("data", "folder"), entry("data/a", "file", 7), entry("data/b", "file", 8)],
      [entry("big", "file", 60)],
      [entry("big", "whiteout"), entry("data", "whiteout")],
    ]);
    expect(contents.map(({ bytes, hiddenBytes }) => [bytes, hiddenBytes])).toEqual([
      [115, 115],
      [60, 60],
      [0, 0],
    ]);
    expect(contents[2]?.changes.map(({ bytes }) => bytes)).toEqual([60, 15]);
  });

  test("only files take room, as the engine counts", () => {
    const [content] = describeChanges([
      [entry("bin", "folder", 4096), entry("bin/sh", "file", 9), entry("bin/ash", "link", 2)],
    ]);
    expect(content?.bytes).toBe(9);
  });

  test("an opaque folder hides what lies below its layer, not what it holds itself", () => {
    const layers = [
      [entry("app", "folder"), entry("app/old", "file", 9)],
      [entry("app", "opaque"), entry("app/new", "file", 4)],
      [entry("app/old", "file", 2), entry("app/new", "file", 3)],
    ];
    expect(told(layers)[1]).toEqual(["app changed", "app/new added"]);
    expect(told(layers)[2]).toEqual(["app/old added", "app/new changed"]);
    expect(describeChanges(layers).map(({ hiddenBytes }) => hiddenBytes)).toEqual([9, 4, 0]);
  });

  test("a folder with other permissions has changed, and a folder that becomes a file hides what it held", () => {
    const layers = [
      [entry("run", "folder"), entry("run/lock", "file", 3)],
      [entry("run", "folder", 0, 0o700)],
      [entry("run", "file", 1)],
    ];
    expect(told(layers).slice(1)).toEqual([["run changed"], ["run changed"]]);
    expect(describeChanges(layers)[0]?.hiddenBytes).toBe(3);
  });
});

test("a listing is read by layers, and names may have tabs", () => {
  const listing = (...records: string[]) => records.map((record) => `${record}\0`).join("");
  const text = listing("0\td\t755\t4096\tetc", "0\tf\t644\t3\ta\tb", "1\tw\t0\t0\tetc/motd");
  expect(readListing(text, 2)).toEqual([
    [entry("etc", "folder", 4096), entry("a\tb", "file", 3, 0o644)],
    [entry("etc/motd", "whiteout", 0, 0)],
  ]);
  expect(() => readListing(listing("2\tf\t644\t3\ta"), 2)).toThrow("no line of a listing");
  expect(() => readListing(listing("0\tq\t644\t3\ta"), 2)).toThrow("no line of a listing");
});

test("a tree has folders that the layer does not name, and counts what was done in each", () => {
  const [content] = describeChanges([[entry("etc/motd"), entry("etc/ssl", "folder"), entry("etc/ssl/key")]]);
  expect(treeOf(content?.changes ?? [])).toMatchObject([
    { name: "etc", count: 3, children: [{ name: "motd" }, { name: "ssl", path: "etc/ssl", count: 2 }] },
  ]);
});
