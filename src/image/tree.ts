import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { makeDisk } from "./disk.ts";
import { prepareKernel, type Kernel } from "./kernel.ts";
import { collectLicences, type Licences } from "./licences.ts";
import { unpack } from "./apt.ts";
import type { World } from "./packages.ts";
import type { Progress } from "./progress.ts";
import { recipeFolder } from "./places.ts";
import { finishRoot } from "./root.ts";

export interface UnpackedMachine {
  readonly kernel: Kernel;
  readonly disk: Uint8Array<ArrayBuffer>;
  readonly licences: Licences;
  readonly bios: Buffer;
  readonly vgaBios: Buffer;
  /** Unpacked packages that are used while building only: the C compiler and its headers. */
  readonly toolsFolder: string;
  readonly busybox: Buffer;
}

/** From packages to a disk that has never been booted. `work` is a scratch folder of this build. */
export async function unpackMachine(
  packages: Record<World, string[]>,
  work: string,
  progress: Progress,
  signal: AbortSignal,
): Promise<UnpackedMachine> {
  const guest = join(recipeFolder, "guest");
  const [root, kernelFolder, tools] = ["root", "kernel", "tools"].map((name) => join(work, name)) as [
    string,
    string,
    string,
  ];
  progress.phase(
    "root",
    `unpacking ${String(packages.guest.length + packages.kernel.length + packages.parts.length)} packages`,
  );
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  await unpack(packages.guest, root, signal);
  await unpack(packages.kernel, kernelFolder, signal);
  await unpack(packages.parts, tools, signal);
  const licences = await collectLicences([root, kernelFolder, tools]);
  await finishRoot(root, guest);
  const busybox = join(root, "usr/bin/busybox");
  const kernel = await prepareKernel(kernelFolder, root, busybox, join(guest, "initramfs-init"));
  progress.phase("disk", `making the root file system with Linux ${kernel.version}`);
  const disk = await makeDisk(root, join(work, "disk.img"), signal);
  return {
    kernel,
    disk,
    licences,
    bios: await readFile(join(tools, "usr/share/seabios/bios.bin")),
    vgaBios: await readFile(join(tools, "usr/share/seabios/vgabios-stdvga.bin")),
    toolsFolder: tools,
    busybox: await readFile(busybox),
  };
}
