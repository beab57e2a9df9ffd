import { expect, it, vi } from "vitest";

it("letters of code have the usual size at first, and follow what the reader chooses", async () => {
  const element = { dataset: {} as Record<string, string | undefined> };
  const page = Object.assign(new EventTarget(), { documentElement: element });
  vi.stubGlobal("document", page);
  const { codePixels } = await import("../../src/sandbox/code-size.ts");
  expect(codePixels.value).toBe(14);
  element.dataset.typeSize = "3";
  page.dispatchEvent(new Event("drydock:view"));
  expect(codePixels.value).toBe(18);
  element.dataset.layout = "present";
  page.dispatchEvent(new Event("drydock:view"));
  expect(codePixels.value).toBe(22);
  vi.unstubAllGlobals();
});
