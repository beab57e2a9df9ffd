import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { cpio, fileMode, folderMode, programMode, type CpioEntry } from "./cpio.ts";

/** The second, small machine that a lesson compares a container with: the machine's own kernel, busybox, and nothing else. */
export interface SmallMachineParts {
  readonly memoryBytes: number;
  readonly commandLine: string;
  readonly initrd: Buffer;
  /** What it is when the kernel has unpacked it. */
  readonly initrdBytes: number;
}

/** v86 puts an initial RAM file system 64 MB into the memory, so that it cannot do with less than a little more. */
const memoryBytes = 72 << 20;

/** As the machine's own (guest.ts), but for `quiet`: a whole system's start is there to be seen. */
const commandLine = "console=ttyS0 tsc=reliable mitigations=off random.trust_cpu=on nowatchdog";

/** `folder` holds its init and its shell's profile. */
export async function makeSmallMachine(busybox: Buffer, folder: string): Promise<SmallMachineParts> {
  const folders = ["bin", "dev", "etc", "proc", "root", "sys", "tmp"];
  const archive = cpio([
    ...folders.map((path): CpioEntry => ({ path, mode: folderMode, content: new Uint8Array() })),
    { path: "bin/busybox", mode: programMode, content: busybox },
    { path: "init", mode: programMode, content: await readFile(join(folder, "init")) },
    { path: "etc/profile", mode: fileMode, content: await readFile(join(folder, "profile")) },
  ]);
  return { memoryBytes, commandLine, initrd: gzipSync(archive, { level: 9 }), initrdBytes: archive.length };
}
