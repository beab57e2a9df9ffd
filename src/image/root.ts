import { chmod, cp, lstat, mkdir, readdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Files no one reads in the sandbox: they would only make the disk larger. */
export const dropped = [
  "usr/share/doc",
  "usr/share/man",
  "usr/share/locale",
  "usr/share/info",
  "usr/share/lintian",
  "usr/share/zsh",
  "usr/share/fish",
  "usr/share/doc-base",
  "usr/share/bug",
  "usr/lib/systemd",
  "usr/lib/i386-linux-gnu/gconv",
  "usr/share/i18n",
  "usr/share/debconf",
  "usr/bin/ctr",
  "usr/bin/containerd-shim",
  "usr/bin/containerd-shim-runc-v1",
  "usr/bin/runc",
  "usr/sbin/runc",
  "usr/bin/docker-proxy",
  "usr/sbin/docker-proxy",
  "etc/init.d",
  "etc/default",
  "etc/systemd",
  "boot",
];

/** Where each of the recipe's own files goes, with its permission bits. */
const own: readonly (readonly [file: string, path: string, mode: number])[] = [
  ["startup", "usr/lib/drydock/startup", 0o755],
  ["console", "usr/lib/drydock/console", 0o755],
  ["engine", "usr/lib/drydock/engine", 0o755],
  ["agent", "usr/lib/drydock/agent", 0o755],
  ["mirror", "usr/lib/drydock/mirror", 0o755],
  ["second-engine", "usr/local/bin/second-engine", 0o755],
  ["modules", "usr/lib/drydock/modules", 0o644],
  ["inittab", "etc/inittab", 0o644],
  ["bashrc", "root/.bashrc", 0o644],
  ["daemon.json", "etc/docker/daemon.json", 0o644],
];

const texts: Readonly<Record<string, string>> = {
  "etc/passwd": "root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n",
  "etc/group": "root:x:0:\ntty:x:5:\ndocker:x:999:\nnogroup:x:65534:\n",
  "etc/hosts": "127.0.0.1 localhost sandbox\n",
  "etc/hostname": "sandbox\n",
  "etc/resolv.conf": "nameserver 192.168.86.1\noptions timeout:1 attempts:1\n",
  "etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\n",
  "root/.profile": "[ -r ~/.bashrc ] && . ~/.bashrc\n",
};

/** Turns a tree of unpacked packages into the machine's root file system. `guest` holds the recipe's own files. */
export async function finishRoot(root: string, guest: string): Promise<void> {
  for (const path of dropped) await rm(join(root, path), { recursive: true, force: true });
  for (const folder of [
    "proc",
    "sys",
    "dev",
    "run",
    "tmp",
    "root",
    "workspace",
    "mnt",
    "var/log",
    "var/lib/docker",
    "var/tmp",
    "usr/local/bin",
    "etc/docker",
  ]) {
    await mkdir(join(root, folder), { recursive: true });
  }
  for (const folder of ["bin", "sbin", "lib"]) await link(root, folder, `usr/${folder}`);
  await link(root, "usr/bin/sh", "bash");
  for (const name of fromBusybox) await link(root, `usr/bin/${name}`, "busybox");
  await link(root, "var/run", "/run", { replace: true });
  await link(root, "var/lock", "/run/lock", { replace: true });
  // Debian chooses these by update-alternatives, which only runs when a package is installed.
  for (const name of [
    "iptables",
    "ip6tables",
    "iptables-save",
    "iptables-restore",
    "ip6tables-save",
    "ip6tables-restore",
  ]) {
    await link(root, `usr/sbin/${name}`, "xtables-nft-multi", { replace: true });
  }
  await link(root, "usr/sbin/runc", "/usr/lib/drydock/runc");
  await mkdir(join(root, "usr/libexec/containerd"), { recursive: true });
  await rename(join(root, "usr/bin", shim), join(root, "usr/libexec/containerd", shim));
  await link(root, `usr/bin/${shim}`, "/usr/lib/drydock/shim");
  // The kernel calls it for what is wanted first when it is used, such as Swarm's networks.
  await link(root, "usr/sbin/modprobe", "/usr/bin/busybox");
  for (const name of await readdir(join(root, cliPlugins))) {
    await rename(join(root, cliPlugins, name), join(root, cliPlugins, "..", name));
    await put("cli-plugin", join(cliPlugins, name), 0o755);
  }
  for (const [file, path, mode] of own) await put(file, path, mode);
  for (const [path, text] of Object.entries(texts)) await writeFile(join(root, path), text);

  async function put(file: string, path: string, mode: number): Promise<void> {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await cp(join(guest, file), join(root, path));
    await chmod(join(root, path), mode);
  }
}

const shim = "containerd-shim-runc-v2";
/** Where Docker's client looks for its plugins. */
const cliPlugins = "usr/libexec/docker/cli-plugins";

/** What people type without thinking, and no package of the machine brings. */
const fromBusybox = (
  "awk bc clear cmp diff hexdump hostname ifconfig killall lsmod nc netstat nslookup patch ping reset route strings telnet " +
  "traceroute unzip vi wget which xxd"
).split(" ");

async function link(root: string, path: string, target: string, { replace = false } = {}): Promise<void> {
  const at = join(root, path);
  const found = await lstat(at).catch(() => undefined);
  if (found && !replace) return;
  await rm(at, { recursive: true, force: true });
  await mkdir(dirname(at), { recursive: true });
  await symlink(target, at);
}
