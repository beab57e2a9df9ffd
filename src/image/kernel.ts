import { cp, readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { cpio, fileMode, folderMode, programMode, type CpioEntry } from "./cpio.ts";
import { ImageError } from "./error.ts";

/** Parts of the kernel's module tree that the machine keeps: network filters, overlay, 9p, virtio, and what Swarm's networks need. */
const keptModules = [
  "net/netfilter",
  "net/ipv4",
  "net/ipv6",
  "net/bridge",
  "net/802",
  "net/llc",
  "net/9p",
  "net/xfrm",
  "net/core/failover.ko",
  "net/sched",
  "fs/9p",
  "fs/overlayfs",
  "fs/fscache",
  "fs/netfs",
  "fs/ext4",
  "fs/jbd2",
  "fs/mbcache.ko",
  "drivers/virtio",
  "drivers/char/virtio_console.ko",
  "drivers/net/veth.ko",
  "drivers/net/virtio_net.ko",
  "drivers/net/net_failover.ko",
  "drivers/net/vxlan",
  "drivers/net/dummy.ko",
  "drivers/net/macvlan.ko",
  "drivers/net/ipvlan",
  "drivers/block/loop.ko",
  "lib",
  "crypto/crc32c_generic.ko",
  "crypto/xxhash_generic.ko",
];

/** What must be there before the root disk can be mounted, in the order of loading (v86's disk is IDE). */
const bootModules = [
  "crypto/crc32c_generic.ko",
  "crypto/crct10dif_common.ko",
  "crypto/crct10dif_generic.ko",
  "lib/crc64.ko",
  "crypto/crc64_rocksoft_generic.ko",
  "lib/crc-t10dif.ko",
  "lib/crc64-rocksoft.ko",
  "block/t10-pi.ko",
  "drivers/scsi/scsi_common.ko",
  "drivers/scsi/scsi_mod.ko",
  "drivers/ata/libata.ko",
  "drivers/ata/ata_piix.ko",
  "drivers/scsi/sd_mod.ko",
  "lib/crc16.ko",
  "lib/libcrc32c.ko",
  "fs/mbcache.ko",
  "fs/jbd2/jbd2.ko",
  "fs/ext4/ext4.ko",
];

export interface Kernel {
  readonly version: string;
  readonly bzImage: Buffer;
  readonly initrd: Buffer;
}

/** Copies the kept modules into `root` and makes the kernel and its initial RAM file system from the unpacked package. */
export async function prepareKernel(unpacked: string, root: string, busybox: string, init: string): Promise<Kernel> {
  const [version] = await readdir(join(unpacked, "lib/modules"));
  if (version === undefined)
    throw new ImageError("root", "The kernel package holds no modules.", {
      hint: "Refresh the package lock: npm run machine:lock.",
    });
  const modules = join(unpacked, "lib/modules", version);
  const target = join(root, "usr/lib/modules", version);
  for (const path of keptModules) await copyIfThere(join(modules, "kernel", path), join(target, "kernel", path));
  for (const name of ["modules.order", "modules.builtin", "modules.builtin.modinfo"])
    await cp(join(modules, name), join(target, name));
  const entries: CpioEntry[] = ["bin", "dev", "proc", "sys", "newroot", "modules"].map((path) => ({
    path,
    mode: folderMode,
    content: new Uint8Array(),
  }));
  entries.push({ path: "bin/busybox", mode: programMode, content: await readFile(busybox) });
  entries.push({ path: "init", mode: programMode, content: await readFile(init) });
  const order: string[] = [];
  for (const path of bootModules) {
    const content = await readFile(join(modules, "kernel", path)).catch(() => undefined);
    if (content === undefined) continue; // built into this kernel
    const name = path.slice(path.lastIndexOf("/") + 1);
    order.push(name);
    entries.push({ path: `modules/${name}`, mode: fileMode, content });
  }
  entries.push({ path: "modules/order", mode: fileMode, content: Buffer.from(`${order.join("\n")}\n`) });
  return {
    version,
    bzImage: await readFile(join(unpacked, `boot/vmlinuz-${version}`)),
    initrd: gzipSync(cpio(entries), { level: 9 }),
  };
}

async function copyIfThere(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true }).catch((cause: unknown) => {
    if (!(cause instanceof Error && "code" in cause && cause.code === "ENOENT")) throw cause;
  });
}
