import { mkdir, statfs, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Manifest } from "../machine/v86/manifest.ts";
import { ImageError } from "./error.ts";
import type { Apt } from "./apt.ts";
import { kernelCommandLine } from "./guest.ts";
import { fetchMachinePackages, wanted, worlds, type PackageLock } from "./packages.ts";
import { compressState, partBytes, sha256, writeParts } from "./parts.ts";
import { cacheFolder, recipeFolder } from "./places.ts";
import type { Progress } from "./progress.ts";
import { exact, provision, readBytes } from "./provision.ts";
import { v86WasmPath } from "./recipe.ts";
import { memoryBytes, vgaMemoryBytes, type MachineShape } from "./shape.ts";
import { makeSmallMachine } from "./small-machine.ts";
import { takeSnapshot, tryOut } from "./snapshot.ts";
import { unpackMachine } from "./tree.ts";
import type { Licences } from "./licences.ts";

/** What a build writes while it runs, at its fullest. */
const NEEDED_BYTES = 3e9;

export interface Plan {
  readonly key: string;
  readonly lock: PackageLock;
  readonly apt: Apt;
  /** The image is written here. */
  readonly folder: string;
  /** Scratch space. */
  readonly work: string;
}

/** From Debian packages to a finished image in `folder`. */
export async function makeImage(
  { key, lock, apt, folder, work }: Plan,
  progress: Progress,
  signal: AbortSignal,
): Promise<void> {
  await requireSpace(folder);
  progress.phase("packages", "Debian packages of the machine");
  const paths = await fetchMachinePackages(apt, lock, join(cacheFolder, "debs"), progress.detail);
  const unpacked = await unpackMachine(paths, work, progress, signal);
  const wasm = await readBytes(v86WasmPath);
  const shape: MachineShape = {
    wasm,
    bios: exact(unpacked.bios),
    vgaBios: exact(unpacked.vgaBios),
    memoryBytes,
    vgaMemoryBytes,
  };
  const provisioned = await provision(unpacked, shape, progress, signal);

  progress.phase("parts", "cutting the disk into compressed parts");
  const disk = await writeParts(provisioned.disk, join(folder, "parts"), signal);
  progress.detail(
    `${String(disk.hashes.filter((hash) => hash !== null).length)} parts, ${megabytes(disk.storedBytes)}`,
  );

  const index = { parts: [...disk.hashes] };
  const state = await takeSnapshot(unpacked.kernel, index, join(folder, "parts"), shape, progress, signal);
  progress.detail(`compressing ${megabytes(state.length)}`);
  const compressed = await compressState(state);
  progress.detail(`the snapshot is ${megabytes(compressed.length)}`);

  const prefetch = await tryOut(exact(compressed), index, join(folder, "parts"), shape, progress, signal);

  const small = await makeSmallMachine(unpacked.busybox, join(recipeFolder, "guest/small"));
  const kernel = await put(folder, "vmlinuz", unpacked.kernel.bzImage);

  const manifest: Omit<Manifest, "id"> = {
    format: 1,
    created: new Date().toISOString(),
    memoryBytes,
    vgaMemoryBytes,
    engineVersion: provisioned.engineVersion,
    kernelVersion: unpacked.kernel.version,
    containerImages: [...provisioned.containerImages],
    features: [...provisioned.features],
    files: {
      wasm: await put(folder, "v86.wasm", wasm),
      bios: await put(folder, "bios.bin", unpacked.bios),
      vgaBios: await put(folder, "vgabios.bin", unpacked.vgaBios),
      state: { ...(await put(folder, "state.zst", compressed)), rawBytes: state.length },
      diskIndex: await put(folder, "disk.json", Buffer.from(JSON.stringify(index))),
      savedImages: await put(folder, "container-images.bin", gzipSync(provisioned.savedImages, { level: 9 })),
      licences: await put(folder, "licences.txt", Buffer.from(unpacked.licences.text)),
    },
    small: {
      memoryBytes: small.memoryBytes,
      commandLine: small.commandLine,
      kernel,
      initrd: { ...(await put(folder, "small-initrd.bin", small.initrd)), rawBytes: small.initrdBytes },
    },
    boot: {
      kernel,
      initrd: await put(folder, "initrd.bin", unpacked.kernel.initrd),
      commandLine: kernelCommandLine,
    },
    disk: { bytes: provisioned.disk.length, partBytes },
    packages: listPackages(lock, unpacked.licences),
    prefetch,
  };
  const id = sha256(Buffer.from(JSON.stringify([manifest.files, manifest.small, key]))).slice(0, 32);
  await writeFile(join(folder, "manifest.json"), `${JSON.stringify({ id, ...manifest }, null, 1)}\n`);
}

/** Writes a file under a name that contains its hash, and does not end like a packed file's: some hosts then tell browsers to unpack it. */
async function put(folder: string, name: string, content: Uint8Array): Promise<Manifest["files"]["wasm"]> {
  const hash = sha256(content);
  const path = `files/${hash.slice(0, 16)}-${name}`;
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
  return { path, bytes: content.length, sha256: hash };
}

function listPackages(lock: PackageLock, licences: Licences): Manifest["packages"] {
  return worlds.flatMap((world) =>
    lock[world].map(({ name, version }) => ({
      name,
      version,
      suite: wanted[world].suite,
      licence: licences.byPackage.get(name) ?? "see licences.txt",
    })),
  );
}

async function requireSpace(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= NEEDED_BYTES) return;
  throw new ImageError(
    "plan",
    `Only ${megabytes(bavail * bsize)} are free where ${folder} is; a build needs ${megabytes(NEEDED_BYTES)}.`,
    {
      hint: "Free some space, or set XDG_CACHE_HOME to a folder on a larger disk.",
    },
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
