import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { command } from "./command.ts";
import { ImageError } from "./error.ts";

export const lockedPackage = z.object({
  name: z.string(),
  version: z.string(),
  file: z.string().regex(/^[\w.+~%-]+\.deb$/),
  bytes: z.number().int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type LockedPackage = z.infer<typeof lockedPackage>;

export interface Apt {
  /** Private state and cache; made by the first use and kept between builds. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** What apt would install today for `packages` of `suite` into an empty i386 system, sorted by name. */
export async function resolve(apt: Apt, suite: string, packages: readonly string[]): Promise<LockedPackage[]> {
  const args = await aptOptions(apt, suite);
  await updateLists(apt, args);
  const output = await run(apt, [
    ...args,
    "-y",
    "--no-install-recommends",
    "-o",
    "Acquire::ForceHash=SHA256",
    "--print-uris",
    "install",
    ...packages,
  ]);
  const found: LockedPackage[] = [];
  for (const match of output.matchAll(/^'[^']+' (\S+\.deb) (\d+) SHA256:([0-9a-f]{64})$/gm)) {
    const [, file = "", bytes, sha256 = ""] = match;
    const [name = "", version = ""] = decodeURIComponent(file.replace(/\.deb$/, "")).split("_");
    found.push({ name, version, file, bytes: Number(bytes), sha256 });
  }
  if (found.length === 0)
    throw new ImageError("packages", `apt found nothing for ${packages.join(", ")} of ${suite}.`, {
      hint: "See whether apt-get update works on this host.",
    });
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Puts every locked package of a suite into `cache`, verified; returns the paths in the lock's order. */
export async function fetchPackages(
  apt: Apt,
  suite: string,
  locked: readonly LockedPackage[],
  { cache, detail }: { cache: string; detail: (text: string) => void },
): Promise<string[]> {
  await mkdir(cache, { recursive: true });
  const missing: LockedPackage[] = [];
  for (const entry of locked) if (!(await hasHash(pathInCache(cache, entry), entry.sha256))) missing.push(entry);
  if (missing.length > 0) {
    const bytes = missing.reduce((sum, entry) => sum + entry.bytes, 0);
    detail(`${String(missing.length)} packages to fetch from ${suite}, ${megabytes(bytes)}`);
    await download(apt, suite, missing, cache);
  }
  return locked.map((entry) => pathInCache(cache, entry));
}

/** Where a package that was fetched is kept. */
export function pathInCache(cache: string, { sha256, file }: LockedPackage): string {
  return join(cache, `${sha256.slice(0, 16)}-${file}`);
}

async function download(apt: Apt, suite: string, missing: LockedPackage[], cache: string): Promise<void> {
  const folder = join(cache, `incoming-${String(process.pid)}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  try {
    const args = await aptOptions(apt, suite);
    await updateLists(apt, args);
    await command("apt-get", [...args, "download", ...missing.map((entry) => `${entry.name}=${entry.version}`)], {
      phase: "packages",
      signal: apt.signal,
      cwd: folder,
      hint: "See whether this host reaches its Debian mirror, and run the command again; what arrived is kept.",
    });
    const arrived = await readdir(folder);
    for (const entry of missing) {
      const file = arrived.find((name) => name === entry.file);
      const path = file === undefined ? undefined : join(folder, file);
      if (path === undefined || !(await hasHash(path, entry.sha256))) {
        throw new ImageError("packages", `${entry.file} did not arrive whole.`, {
          hint: "Run the command again; what arrived is kept.",
        });
      }
      await rename(path, pathInCache(cache, entry));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function hasHash(path: string, sha256: string): Promise<boolean> {
  const content = await readFile(path).catch(() => undefined);
  return content !== undefined && createHash("sha256").update(content).digest("hex") === sha256;
}

const updated = new Set<string>();

async function updateLists(apt: Apt, args: readonly string[]): Promise<void> {
  const key = args.join(" ");
  if (updated.has(key)) return;
  await run(apt, [...args, "update"]);
  updated.add(key);
}

function run(apt: Apt, args: readonly string[]): Promise<string> {
  return command("apt-get", args, {
    phase: "packages",
    signal: apt.signal,
    hint: "See whether this host reaches its Debian mirror (apt-get update).",
  });
}

/** A private apt for i386: the host's own lists, cache and dpkg state are neither read nor written. */
async function aptOptions(apt: Apt, suite: string): Promise<string[]> {
  const folder = join(apt.folder, suite);
  await mkdir(join(folder, "lists/partial"), { recursive: true });
  await mkdir(join(folder, "cache/archives/partial"), { recursive: true });
  const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
  await stat(keyring).catch((cause: unknown) => {
    throw new ImageError("packages", `${keyring} is missing.`, {
      hint: "Install the package debian-archive-keyring.",
      cause,
    });
  });
  await writeFile(join(folder, "sources.list"), `deb [signed-by=${keyring}] ${await debianMirror()} ${suite} main\n`);
  const options = {
    "APT::Architecture": "i386",
    "APT::Architectures": "i386",
    "APT::Sandbox::User": "root",
    "Acquire::Retries": "3",
    "Dir::State": folder,
    "Dir::State::Lists": join(folder, "lists"),
    "Dir::State::status": "/dev/null",
    "Dir::Cache": join(folder, "cache"),
    "Dir::Etc::SourceList": join(folder, "sources.list"),
    "Dir::Etc::SourceParts": "/dev/null",
    "Dir::Etc::Preferences": "/dev/null",
    "Dir::Etc::PreferencesParts": "/dev/null",
    "Debug::NoLocking": "true",
  };
  return ["-q", ...Object.entries(options).flatMap(([name, value]) => ["-o", `${name}=${value}`])];
}

/** The mirror this host already uses, from either form of apt's sources. */
async function debianMirror(): Promise<string> {
  const folder = "/etc/apt/sources.list.d";
  const names = (await readdir(folder).catch(() => [])).filter((name) => /\.(sources|list)$/.test(name));
  const texts = await Promise.all(
    [...names.map((name) => join(folder, name)), "/etc/apt/sources.list"].map((path) =>
      readFile(path, "utf8").catch(() => ""),
    ),
  );
  const found = /^(?:URIs:\s*|deb\s+(?:\[[^\]]*\]\s+)?)(\S+\/debian\/?)(?:\s|$)/m.exec(texts.join("\n"))?.[1];
  if (found !== undefined) return found;
  throw new ImageError("packages", "This host's apt names no Debian mirror.", {
    hint: "Add Debian's main archive to /etc/apt/sources.list.d.",
  });
}

/** Unpacks packages into one tree, without running their scripts. */
export async function unpack(paths: readonly string[], into: string, signal: AbortSignal): Promise<void> {
  await mkdir(into, { recursive: true });
  for (const path of paths) await command("dpkg-deb", ["-x", path, into], { phase: "root", signal });
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
