import { join } from "node:path";
import { z } from "zod";
import { fetchPackages, lockedPackage, resolve, type Apt, type LockedPackage } from "./apt.ts";
import type { LockFile } from "./lock-choice.ts";
import { recipeFolder } from "./places.ts";

/** The parts of the machine that come from Debian, by the suite that still has them for i386. */
export const wanted = {
  /** Docker Engine 26 and all that the learner's shell needs. */
  guest: {
    suite: "trixie",
    packages: [
      "docker.io",
      "docker-cli",
      "docker-buildx",
      "docker-compose",
      "containerd",
      "crun",
      "iptables",
      "tini",
      "ca-certificates",
      "busybox-static",
      "bash",
      "bash-completion",
      "less",
      "nano",
      "curl",
      "jq",
      "pigz",
      "file",
      "tree",
      "procps",
      "iproute2",
      "coreutils",
      "grep",
      "sed",
      "findutils",
      "tar",
      "gzip",
      "util-linux",
      "mount",
      "perl-base",
      "base-files",
      "netbase",
      "libc-bin",
      "ncurses-base",
    ],
  },
  /** Debian 12 is the last release with an i386 kernel. */
  kernel: { suite: "bookworm", packages: ["linux-image-686"] },
  /** The BIOS, and what compiles the small C programs inside the machine while it is built. */
  parts: { suite: "trixie", packages: ["tcc", "seabios"] },
} as const;

export type World = keyof typeof wanted;
export const worlds = ["guest", "kernel", "parts"] as const;

const lockSchema = z.object({
  guest: z.array(lockedPackage),
  kernel: z.array(lockedPackage),
  parts: z.array(lockedPackage),
});
/** Every package of the machine with its version and hash, so that the same recipe gives the same files. */
export type PackageLock = z.infer<typeof lockSchema>;

/** Needed to resolve dependencies, never to run: their files would only be dead weight on the disk. */
const notUnpacked = new Set([
  "adduser",
  "debconf",
  "dpkg",
  "initramfs-tools",
  "initramfs-tools-core",
  "linux-base",
  "klibc-utils",
  "libklibc",
  "udev",
  "runc",
  "musl",
  "init-system-helpers",
  "logsave",
  "login.defs",
  "passwd",
  "kmod",
  "cpio",
]);

/** Asks apt what the wanted packages resolve to today. */
async function resolvePackages(apt: Apt): Promise<PackageLock> {
  const lock: PackageLock = { guest: [], kernel: [], parts: [] };
  for (const world of worlds) {
    const found = await resolve(apt, wanted[world].suite, wanted[world].packages);
    lock[world] = found.filter((entry) => isWanted(entry, world));
  }
  return lock;
}

/** Of the kernel and the host's parts only the packages themselves are unpacked, not what they depend on. */
function isWanted({ name, bytes }: LockedPackage, world: World): boolean {
  if (world === "guest") return !notUnpacked.has(name);
  if (world === "parts") return (wanted.parts.packages as readonly string[]).includes(name);
  const isMetaPackage = bytes < 3000;
  return /^linux-image-\d/.test(name) && !isMetaPackage;
}

/** Puts every locked package of the machine into `cache`, verified; returns the paths by world. */
export async function fetchMachinePackages(
  apt: Apt,
  lock: PackageLock,
  cache: string,
  detail: (text: string) => void,
): Promise<Record<World, string[]>> {
  const paths: Record<World, string[]> = { guest: [], kernel: [], parts: [] };
  for (const world of worlds)
    paths[world] = await fetchPackages(apt, wanted[world].suite, lock[world], { cache, detail });
  return paths;
}

export const machineLock: LockFile<PackageLock> = {
  path: join(recipeFolder, "packages.lock.json"),
  schema: lockSchema,
  resolve: resolvePackages,
};
