import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseManifest } from "../../src/machine/v86/manifest.ts";
import { siteFolder } from "../../src/server/build-site.ts";
import { openVisit, type Visit } from "../e2e/browser.ts";
import { imageBudget, pageBudgets } from "./budgets.ts";
import { embeddedKinds, pageKinds } from "./page-kinds.ts";
import { weighPage, weightTypes } from "./weigh.ts";

let visit: Visit;

beforeAll(async () => {
  visit = await openVisit();
});

afterAll(() => visit[Symbol.asyncDispose]());

describe("a page stays within its budget of bytes and requests", () => {
  it.each([...pageKinds, ...embeddedKinds])("$name", async ({ name, path }) => {
    const { page } = await visit.newPage();
    const { requests, bytes } = await weighPage(page, visit.url + path);
    await page.context().close();
    const weight = { requests, ...Object.fromEntries(weightTypes.map((type) => [type, bytes[type] / 1000])) };
    const budget = pageBudgets[name];
    expect(Object.keys(budget ?? {}).sort()).toEqual(Object.keys(weight).sort());
    const over = Object.entries(weight).filter(([what, is]) => is > (budget?.[what as keyof typeof weight] ?? 0));
    expect(over).toEqual([]);
  });
});

it("the machine's image stays within its budget of bytes before the prompt", async () => {
  const folder = join(siteFolder, "machine");
  const { files } = parseManifest(await readFile(join(folder, "manifest.json"), "utf8"));
  // Compressed as hosts do; the snapshot is already.
  const wanted = [files.wasm, files.bios, files.vgaBios, files.diskIndex, files.state];
  const sizes = await Promise.all(
    wanted.map(async ({ path }) => {
      const content = await readFile(join(folder, path));
      return Math.min(content.length, gzipSync(content).length);
    }),
  );
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeGreaterThan(1_000_000);
  expect(bytes / 1e6).toBeLessThanOrEqual(imageBudget);
});
