import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "../../src/server/build-site.ts";
import { holdChild } from "./held-child.ts";

const parts = ["content/.schemas", "src", "astro.config.mjs", "package.json", "tsconfig.json", "tsconfig.pure.json"];

/** A copy of the site's sources without its lessons and the machine image. Lasts until it is disposed of. */
export async function createSiteCopy(): Promise<{ readonly folder: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), "drydock-site-"));
  for (const part of parts) await cp(join(root, part), join(folder, part), { recursive: true });
  await mkdir(join(folder, "node_modules"));
  for (const name of await readdir(join(root, "node_modules"))) {
    // Vite's and Astro's caches are the copy's own.
    if (name.startsWith(".")) continue;
    const [from, to] = [join(root, "node_modules", name), join(folder, "node_modules", name)];
    // Astro does not find its own components where they are outside of the site.
    if (name === "astro") await cp(from, to, { recursive: true });
    else await symlink(from, to);
  }
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

export interface DevServer extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly address: string;
  /** The lines that it has printed so far. */
  readonly printed: readonly string[];
}

/** `astro dev` in `folder`, as an author starts it. `signal` is for its start. */
export async function startDevServer(folder: string, { signal }: { signal: AbortSignal }): Promise<DevServer> {
  const astro = join(folder, "node_modules/astro/bin/astro.mjs");
  const child = spawn(process.execPath, [astro, "dev", "--host", "127.0.0.1", "--port", "0"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    // Vitest's own variables, such as MODE, would change the site.
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: "1", ASTRO_TELEMETRY_DISABLED: "1" },
  });
  const printed: string[] = [];
  await using held = new AsyncDisposableStack();
  const running = held.use(holdChild(child, () => `astro dev ended:\n${printed.join("\n")}`));
  const { promise, resolve } = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      printed.push(line);
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (address !== undefined) resolve(address);
    });
  }
  const address = await running.during(promise, signal);
  const all = held.move();
  return { address, printed, [Symbol.asyncDispose]: () => all.disposeAsync() };
}
