import { afterEach, expect, it, vi } from "vitest";
import { parseDockerfile } from "../../src/checks/parse-dockerfile.ts";

afterEach(() => vi.unstubAllGlobals());

it("parses a Dockerfile where there is no Buffer, as in a page, and leaves none behind", () => {
  vi.stubGlobal("Buffer", undefined);
  const instructions = parseDockerfile("\uFEFFFROM busybox\nRUN true\n").getInstructions();
  expect(instructions.map((instruction) => instruction.getKeyword())).toEqual(["FROM", "RUN"]);
  expect(globalThis).not.toHaveProperty("Buffer");
});
