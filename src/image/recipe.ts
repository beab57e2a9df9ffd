import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { PackageLock } from "./packages.ts";
import { recipeFolder } from "./places.ts";

/** The builder's own files that decide what is in the image. The rest only carries it around. */
const makers = [
  "apt.ts",
  "packages.ts",
  "tree.ts",
  "root.ts",
  "kernel.ts",
  "cpio.ts",
  "disk.ts",
  "licences.ts",
  "guest.ts",
  "provision.ts",
  "parts.ts",
  "shape.ts",
  "small-machine.ts",
  "snapshot.ts",
  "make.ts",
];
/** What a snapshot has to agree with when it is restored. */
const machine = ["emulator.ts", "disk.ts", "memory-disk.ts", "parts-disk.ts", "control-protocol.md"];

export const v86WasmPath = createRequire(import.meta.url).resolve("v86/build/v86.wasm");

/** SHA-256 over everything the image is made from, in hexadecimal. */
export async function recipeKey(lock: PackageLock): Promise<string> {
  const guest = (await readdir(join(recipeFolder, "guest"), { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const paths = [
    ...makers.map((name) => join(recipeFolder, name)),
    ...machine.map((name) => join(recipeFolder, "../machine/v86", name)),
    ...guest.map((entry) => join(entry.parentPath, entry.name)).sort(),
    v86WasmPath,
    v86WasmPath.replace(/v86\.wasm$/, "libv86.mjs"),
  ];
  const hash = createHash("sha256").update(JSON.stringify(lock));
  for (const path of paths) {
    const content = await readFile(path);
    hash.update(`${path.slice(path.lastIndexOf("/") + 1)} ${String(content.length)}\n`).update(content);
  }
  return hash.digest("hex");
}
