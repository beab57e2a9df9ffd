import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { glob, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const root = fileURLToPath(new URL("../..", import.meta.url));
export const siteFolder = join(root, "dist");

const inputs = [
  "content/**",
  "public/!(machine|catalogue)/**",
  "public/*",
  "public/machine/manifest.json",
  "public/catalogue/index.json",
  "src/!(image|handout)/**",
  "src/*",
  "*.mjs",
  "package-lock.json",
  "tsconfig.json",
];

/** Environment variables that change what is built. */
const settings = [
  "SITE_URL",
  "SITE_BASE",
  "DRYDOCK_CONTACT",
  "DRYDOCK_EMBED_ORIGINS",
  "DRYDOCK_EMBED_RUN_ORIGINS",
  "DRYDOCK_FEEDBACK",
  "DRYDOCK_PREVIEW",
  "DRYDOCK_WEBCONTAINER_KEY",
];

/** Where the hash of the inputs of the last build is kept. */
const stamp = join(root, "node_modules/.cache/drydock/site-inputs");

/** Builds the machine image unless it is in the cache, showing its own progress. */
export async function buildMachine(signal?: AbortSignal): Promise<void> {
  await runNode("The machine image could not be built", [join(root, "src/image/build.ts")], signal);
}

/** Builds the site into `dist`, unless its inputs are those of the last build. Resolves to whether it had to. */
export async function buildSite(signal?: AbortSignal): Promise<boolean> {
  const hash = await hashInputs();
  if (existsSync(join(siteFolder, "index.html")) && (await readLastHash()) === hash) return false;
  await runNode("The site could not be built", [join(root, "node_modules/astro/bin/astro.mjs"), "build"], signal);
  await mkdir(dirname(stamp), { recursive: true });
  await writeFile(stamp, hash);
  return true;
}

async function readLastHash(): Promise<string | undefined> {
  return existsSync(stamp) ? await readFile(stamp, "utf8") : undefined;
}

async function hashInputs(): Promise<string> {
  const hash = createHash("sha256");
  for (const name of settings) hash.update(`${process.env[name] ?? ""}\0`);
  const paths = new Set<string>();
  for await (const entry of glob(inputs, { cwd: root, withFileTypes: true })) {
    if (entry.isFile()) paths.add(join(entry.parentPath, entry.name));
  }
  for (const path of [...paths].sort()) {
    hash
      .update(`${path}\0`)
      .update(await readFile(path))
      .update("\0");
  }
  return hash.digest("hex");
}

async function runNode(failure: string, args: readonly string[], signal: AbortSignal | undefined): Promise<void> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: "inherit",
    // Vitest says "test", and then what is built is not what readers get.
    env: { ...process.env, NODE_ENV: "production", ASTRO_TELEMETRY_DISABLED: "1" },
    ...(signal && { signal }),
  });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new BuildError(`${failure}: the output above says why.`);
}

/** A build that failed after it told the reason itself. */
export class BuildError extends Error {
  override readonly name = "BuildError";
}
