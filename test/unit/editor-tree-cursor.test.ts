import { signal } from "@preact/signals";
import { beforeEach, expect, test } from "vitest";
import { TreeCursor } from "../../src/sandbox/editor/tree-cursor.ts";
import type { TreeEntry } from "../../src/sandbox/editor/workspace-tree.ts";

const entries = signal<readonly TreeEntry[]>([]);
let cursor: TreeCursor;

beforeEach(() => {
  entries.value = [
    { path: "app", name: "app", kind: "folder", depth: 0 },
    { path: "app/lib", name: "lib", kind: "folder", depth: 1 },
    { path: "app/lib/a.js", name: "a.js", kind: "file", depth: 2 },
    { path: "app/main.js", name: "main.js", kind: "file", depth: 1 },
    { path: "Dockerfile", name: "Dockerfile", kind: "file", depth: 0 },
  ];
  cursor = new TreeCursor(entries);
});

function press(...keys: string[]): string | undefined {
  for (const key of keys) cursor.press(key);
  return cursor.at.value?.path;
}

test("arrows go from row to row, and stay at the ends", () => {
  expect(press("ArrowDown", "ArrowDown")).toBe("app/lib/a.js");
  expect(press("End", "ArrowDown")).toBe("Dockerfile");
  expect(press("Home", "ArrowUp")).toBe("app");
});

test("left closes a folder or goes to it, right opens it or goes in", () => {
  expect(press("End", "ArrowUp")).toBe("app/main.js");
  expect(press("ArrowLeft")).toBe("app");
  expect(press("ArrowLeft")).toBe("app");
  expect(cursor.rows.value.map(({ path }) => path)).toEqual(["app", "Dockerfile"]);
  expect(press("ArrowRight")).toBe("app");
  expect(press("ArrowRight")).toBe("app/lib");
});

test("Enter opens a file and opens or closes a folder; F2 and Delete ask", () => {
  expect(cursor.press("Enter")).toBe(true);
  expect(cursor.isOpen("app")).toBe(false);
  press("End");
  expect(cursor.press("Enter")).toBe("open");
  expect(cursor.press("F2")).toBe("rename");
  expect(cursor.press("Delete")).toBe("delete");
  expect(cursor.press("Escape")).toBeUndefined();
});

test("after what is deleted comes the next row that is not in it, or the one before", () => {
  expect(cursor.besides("app/lib")?.path).toBe("app/main.js");
  expect(cursor.besides("app")?.path).toBe("Dockerfile");
  expect(cursor.besides("Dockerfile")?.path).toBe("app/main.js");
});

test("a letter goes to the next name that begins with it", () => {
  expect(press("d")).toBe("Dockerfile");
  expect(press("a")).toBe("app");
  expect(press("a")).toBe("app/lib/a.js");
});

test("what is opened elsewhere is made visible, and what is gone leaves the keyboard at the top", () => {
  press("ArrowLeft");
  cursor.goTo("app/lib/a.js");
  expect(cursor.at.value?.path).toBe("app/lib/a.js");
  entries.value = entries.value.filter(({ kind }) => kind === "folder");
  expect(cursor.at.value?.path).toBe("app");
  expect(cursor.chosen).toBeUndefined();
});
