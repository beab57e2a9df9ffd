import { createServer } from "node:http";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import sirv from "sirv";
import { build } from "vite";
import { afterAll, beforeAll, describe, test } from "vitest";
import { chromiumFlags, headlessPath } from "../e2e/chromium.ts";
import { onOneMachine, onTheirOwn } from "./scenarios.ts";

const imageFolder = process.env.DRYDOCK_MACHINE ?? join(import.meta.dirname, "../../public/machine");

describe("the v86 machine in a worker of Chromium", () => {
  const cleanups: (() => Promise<unknown>)[] = [];
  let page: Page;

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), "drydock-machine-page-"));
    cleanups.push(() => rm(folder, { recursive: true, force: true }));
    await build({
      root: join(import.meta.dirname, "page"),
      configFile: false,
      logLevel: "error",
      worker: { format: "es" },
      build: { outDir: folder, emptyOutDir: true, target: "esnext" },
    });
    const address = await serve(folder, cleanups);
    const browser = await chromium.launch({ executablePath: headlessPath, args: chromiumFlags });
    cleanups.push(() => browser.close());
    page = await browser.newPage();
    page.on("console", (message) => {
      if (message.type() === "error") process.stderr.write(`${message.text()}\n`);
    });
    await page.goto(address);
    await page.waitForFunction(() => window.runScenario !== undefined);
  });
  afterAll(async () => {
    for (const cleanup of cleanups.reverse()) await cleanup();
  });

  for (const { name } of [...onOneMachine.filter(({ isOfGuest }) => !isOfGuest), ...onTheirOwn]) {
    test(name, async () => {
      await page.evaluate((wanted) => window.runScenario?.(wanted), name);
    });
  }
});

async function serve(folder: string, cleanups: (() => Promise<unknown>)[]): Promise<string> {
  const site = sirv(folder);
  const image = sirv(imageFolder);
  const server = createServer((request, response) => {
    const inImage = request.url?.startsWith("/machine/");
    if (inImage) request.url = request.url?.slice("/machine".length);
    (inImage ? image : site)(request, response, () => {
      response.writeHead(404).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanups.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return `http://127.0.0.1:${String(address.port)}/`;
}
