import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BaseIntegrationHooks } from "astro";
import { expect, it, onTestFinished } from "vitest";
import { lessonEditors } from "../../src/server/lesson-editors.ts";

it.each([
  ["dev", true],
  ["build", false],
  ["sync", false],
  ["preview", false],
] as const)("lessons are entered for editors by astro %s: %s", async (command, isEntered) => {
  const folder = await mkdtemp(join(tmpdir(), "drydock-editors-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, "content/.schemas"), { recursive: true });
  await writeFile(join(folder, "content/.schemas/front-matter.json"), "{}");
  const { hooks } = lessonEditors();
  type Given<Hook extends keyof BaseIntegrationHooks> = Parameters<BaseIntegrationHooks[Hook]>[0];
  await hooks["astro:config:setup"]?.({ command } as Given<"astro:config:setup">);
  const config = { root: pathToFileURL(`${folder}/`) };
  await hooks["astro:config:done"]?.({ config } as Given<"astro:config:done">);
  expect(existsSync(join(folder, ".astro/collections/collections.json"))).toBe(isEntered);
});
