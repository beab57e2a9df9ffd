import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { holdChild } from "./held-child.ts";
import { openLanguageServer } from "./language-server.ts";
import { startDevServer } from "./site-copy.ts";

/** Programs that this process has started and that run. */
const running = () => process.getActiveResourcesInfo().filter((name) => name === "ProcessWrap").length;

it("a site that does not start in time is ended", async () => {
  const folder = await siteOf("setInterval(() => undefined, 1000);");
  const start = startDevServer(folder, { signal: AbortSignal.timeout(300) });
  expect(running()).toBe(1);
  await expect(start).rejects.toMatchObject({ name: "TimeoutError" });
  await expect.poll(running).toBe(0);
});

it("a site that ends instead of starting says what it printed", async () => {
  const folder = await siteOf('console.log("No port is free.");');
  const start = startDevServer(folder, { signal: AbortSignal.timeout(10_000) });
  await expect(start).rejects.toThrow("astro dev ended:\nNo port is free.");
  await expect.poll(running).toBe(0);
});

it("a language server that does not answer in time is ended", async () => {
  await expect(openLanguageServer(tmpdir(), { signal: AbortSignal.timeout(1) })).rejects.toMatchObject({
    name: "TimeoutError",
  });
  await expect.poll(running).toBe(0);
});

it("a program that cannot be started says so to who waits for it, and to nobody else", async () => {
  const child = holdChild(spawn("/no/such/program"), () => "It ended.");
  await expect(child.during(new Promise(() => undefined))).rejects.toThrow("ENOENT");
  await child[Symbol.asyncDispose]();
});

/** A folder whose `astro` is this program. */
async function siteOf(program: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "drydock-held-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, "node_modules/astro/bin"), { recursive: true });
  await writeFile(join(folder, "node_modules/astro/bin/astro.mjs"), program);
  return folder;
}
