import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cpio, fileMode, folderMode, programMode } from "../../../src/image/cpio.ts";

const decoder = new TextDecoder();

/** Reads the names, modes and contents back, by the field widths of the kernel's documentation. */
function unpack(archive: Uint8Array) {
  const found = [];
  for (let at = 0; ;) {
    const text = (from: number, length: number) => decoder.decode(archive.subarray(at + from, at + from + length));
    const number = (field: number) => parseInt(text(6 + field * 8, 8), 16);
    expect(text(0, 6)).toBe("070701");
    const nameLength = number(11);
    const name = text(110, nameLength - 1);
    if (name === "TRAILER!!!") return found;
    const start = Math.ceil((110 + nameLength) / 4) * 4;
    found.push({ name, mode: number(1), content: text(start, number(6)) });
    at += start + Math.ceil(number(6) / 4) * 4;
  }
}

const entries = [
  { path: "bin", mode: folderMode, content: new Uint8Array() },
  { path: "bin/program", mode: programMode, content: Buffer.from("12345") },
  { path: "a", mode: fileMode, content: Buffer.from("x") },
];

test("archives folders and files with their modes", () => {
  expect(unpack(cpio(entries))).toEqual([
    { name: "bin", mode: folderMode, content: "" },
    { name: "bin/program", mode: programMode, content: "12345" },
    { name: "a", mode: fileMode, content: "x" },
  ]);
});

const hasCpio = (() => {
  try {
    execFileSync("cpio", ["--version"]);
    return true;
  } catch {
    return false;
  }
})();

test.runIf(hasCpio)("is what the cpio program unpacks", () => {
  const folder = mkdtempSync(join(tmpdir(), "drydock-cpio-"));
  try {
    execFileSync("cpio", ["-i", "--quiet"], { cwd: folder, input: cpio(entries) });
    expect(readFileSync(join(folder, "bin/program"), "utf8")).toBe("12345");
    expect(statSync(join(folder, "bin/program")).mode).toBe(programMode);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
