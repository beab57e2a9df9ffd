import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** A program that tests or the image builder need, and the Debian package that brings it. */
interface Need {
  readonly command: string;
  readonly package: string;
  readonly why: string;
}

/** What the bench needs besides. */
export const benchNeeds: readonly Need[] = [
  { command: "chromium", package: "chromium", why: "the bench" },
  { command: "qemu-system-i386", package: "qemu-system-x86", why: "the bench's references" },
];

const testNeeds: readonly Need[] = [
  { command: "chromium-headless-shell", package: "chromium-headless-shell", why: "the browser tests" },
  { command: "dockerd", package: "docker.io", why: "the engine tests" },
  { command: "docker", package: "docker.io", why: "the engine tests" },
  { command: "skopeo", package: "skopeo", why: "the tests of the image catalogue" },
  { command: "docker-registry", package: "docker-registry", why: "the tests of the image catalogue" },
  { command: "mke2fs", package: "e2fsprogs", why: "the image builder" },
];

/**
 * Installs through apt what is missing, as root or with a `sudo` that asks nothing. Returns what is still missing after
 * that, each as a line that says what to do.
 */
export function ensureDebianPackages(more: readonly Need[] = []): string[] {
  const needs = [...testNeeds, ...more];
  const missing = needs.filter(({ command }) => !isOnPath(command));
  if (missing.length > 0) install([...new Set(missing.map((need) => need.package))]);
  return missing
    .filter(({ command }) => !isOnPath(command))
    .map(
      (need) =>
        `${need.why} need ${need.command}: run  sudo apt-get install -y --no-install-recommends ${need.package}`,
    );
}

function install(packages: readonly string[]): void {
  if (!isOnPath("apt-get")) return;
  const prefix = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const options = { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } } as const;
  console.log(`Installing ${packages.join(", ")} through apt`);
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", ...packages]]) {
    const [command, ...rest] = [...prefix, "apt-get", "-qq", ...args];
    if (command !== undefined) spawnSync(command, rest, options);
  }
}

/** `/usr/sbin` is where Debian keeps some of them; the path of an ordinary user may lack it. */
function isOnPath(command: string): boolean {
  const folders = [...(process.env.PATH ?? "").split(":"), "/usr/sbin", "/sbin"];
  return folders.some((folder) => existsSync(`${folder}/${command}`));
}
