import { expect, test } from "vitest";
import { treeRows, type TreeRow } from "../../src/sandbox/processes/process-tree.ts";
import { Sampler } from "../../src/sandbox/processes/sampler.ts";
import { treeMove } from "../../src/sandbox/processes/tree-keys.ts";
import { fakeMachine, webId } from "./processes-fakes.ts";

const picture = await new Sampler(fakeMachine()).look();
const rows = treeRows(picture, new Set());

test("each process stands below the one that started it, and the kernel's threads in one row", () => {
  expect(rows.map(inShort)).toEqual([
    "1 busybox",
    "2 dockerd",
    "2 containerd-shim",
    "3 httpd enters",
    "4 worker",
    "1 42 kernel threads",
  ]);
  expect(rows.map(({ position, siblings }) => `${position}/${siblings}`)).toEqual([
    "1/2",
    "1/2",
    "2/2",
    "1/1",
    "1/1",
    "2/2",
  ]);
});

test("a closed process keeps what is below it to itself", () => {
  const closed = treeRows(picture, new Set(["811-811"]));
  expect(closed.map(inShort)).toEqual(["1 busybox", "2 dockerd", "2 containerd-shim", "1 42 kernel threads"]);
  expect(closed[2]).toMatchObject({ hasChildren: true, isOpen: false });
});

test("one container's tree begins with its first process", () => {
  expect(treeRows(picture, new Set(), webId).map(inShort)).toEqual(["1 httpd enters", "2 worker"]);
});

test("a process whose parent is not to be seen stands at the top", () => {
  const processes = picture.processes.filter(({ pid }) => pid !== 811);
  expect(treeRows({ ...picture, processes }, new Set()).map(inShort)).toContain("1 httpd enters");
});

test.each([
  ["ArrowDown", "1-1", { to: "60-60" }],
  ["ArrowDown", "kernel", {}],
  ["ArrowUp", "60-60", { to: "1-1" }],
  ["Home", "820-820", { to: "1-1" }],
  ["End", "1-1", { to: "kernel" }],
  ["ArrowRight", "811-811", { to: "812-812" }],
  ["ArrowRight", "60-60", {}],
  ["ArrowLeft", "811-811", { close: "811-811" }],
  ["ArrowLeft", "820-820", { to: "812-812" }],
  ["ArrowLeft", "kernel", {}],
  ["a", "1-1", undefined],
] as const)("%s at %s leads to %o", (key, at, move) => {
  expect(treeMove(rows, at, key)).toEqual(move);
});

test("the right arrow opens what is closed", () => {
  const closed = treeRows(picture, new Set(["811-811"]));
  expect(treeMove(closed, "811-811", "ArrowRight")).toEqual({ open: "811-811" });
});

function inShort(row: TreeRow): string {
  if (row.kind === "kernel") return `${row.level} ${row.threads} kernel threads`;
  return `${row.level} ${row.process.name}${row.entersContainer ? " enters" : ""}`;
}
