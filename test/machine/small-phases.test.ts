import { expect, it } from "vitest";
import { createPhaseReader } from "../../src/machine/v86/small-phases.ts";

const started =
  "[    0.5] Run /init\r\n\u001b]633;P;Phase=init\u0007\r\nLinux small\r\n\u001b]633;P;Phase=program\u0007" +
  "\u001b]133;D;0\u0007small:~# \u001b]133;B\u0007";

it.each([1, 2, 5, 1000])("knows how far the small machine is from output in pieces of %i bytes", (piece) => {
  const phases: string[] = [];
  const reader = createPhaseReader((phase) => phases.push(phase));
  const bytes = new TextEncoder().encode(`${started}exit\r\n\u001b]633;P;Phase=end\u0007`);
  for (let at = 0; at < bytes.length; at += piece) reader.read(bytes.subarray(at, at + piece));
  expect(phases).toEqual(["init", "program", "prompt", "end"]);
});
