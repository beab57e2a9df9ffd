import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { floorScript, readFloor } from "../floor-programs.ts";
import { holdFolder, openScope, type PartContext } from "../part.ts";
import { assembleDisk, readImage, readIndex } from "./image.ts";

/** What chroot ends with when the kernel does not take the program. */
const CANNOT_EXECUTE = 126;

/**
 * The machine's own programs without the emulator: on one CPU of the host, in a chroot of the machine's disk. It is mounted in a mount
 * namespace of the process that needs it, and goes with it, the loop device too, however that ends.
 */
export async function measureFloor(context: PartContext): Promise<void> {
  const { runs, ledger } = context;
  if (process.getuid?.() !== 0) throw new Error("Only root can mount the machine's disk: run the bench with sudo.");
  const manifest = await readImage();
  const folder = await holdFolder(context);
  const [disk, root] = [join(folder, "disk.img"), join(folder, "root")];
  await mkdir(root);
  await assembleDisk(await readIndex(manifest), manifest, disk);
  const enter = [
    "set -e",
    `mount -o loop,ro ${disk} ${root}`,
    `mount -t proc proc ${root}/proc`,
    `mount --bind /dev ${root}/dev`,
    `mount -t tmpfs tmpfs ${root}/run`,
    `exec taskset -c 0 chroot ${root} /bin/bash -c "$1"`,
  ].join("\n");
  for (let run = 0; run < runs; run++) {
    const args = ["--mount", "--propagation", "private", "sh", "-c", enter, "sh", floorScript];
    const child = spawn("unshare", args, { stdio: ["ignore", "pipe", "inherit"] });
    const closed = once(child, "close") as Promise<[number | null]>;
    await using scope = openScope(context);
    scope.held.defer(async () => {
      child.kill("SIGKILL");
      await closed;
    });
    const output = await text(child.stdout);
    const [code] = await closed;
    if (code === CANNOT_EXECUTE)
      throw new Error("This host's kernel runs no 32-bit programs, so that there is no floor to compare with.");
    for (const [name, seconds] of readFloor(output)) ledger.record(`floor native ${name}`, seconds);
  }
}
