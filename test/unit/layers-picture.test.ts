import { expect, test } from "vitest";
import type { View } from "../../src/sandbox/layers/layers-desk.ts";
import { stackAsSvg } from "../../src/sandbox/layers/stack-picture.ts";
import { stackAsText } from "../../src/sandbox/layers/stack-text.ts";

const file = { path: "a", kind: "file", bytes: 1200, mode: 0o644 } as const;
const view: View = {
  subject: { kind: "container", id: "c", name: "crew" },
  folders: ["/a", "/b"],
  stack: {
    size: 1200,
    rows: [
      { kind: "setting", step: { instruction: 'CMD ["sh"]', created: 1, size: 0 } },
      {
        kind: "layer",
        number: 0,
        digest: "sha256:0",
        step: { instruction: `RUN echo '<&>' ${"x".repeat(100)}`, created: 1, size: 1200 },
        sharedWith: ["busybox:latest"],
      },
    ],
  },
  contents: [
    { changes: [{ ...file, change: "added" }], bytes: 1200, hiddenBytes: 1200 },
    { changes: [{ ...file, kind: "whiteout", change: "deleted" }], bytes: 0, hiddenBytes: 0 },
  ],
};

test("the stack as text says of each layer what it does, what is hidden of it, and who shares it", () => {
  expect(stackAsText(view).split("\n")).toEqual([
    "container crew, 1.2 KB",
    "  writable layer  0 bytes  1 deleted",
    '  -               CMD ["sh"]',
    expect.stringMatching(/^ {2}layer 1 {2}1\.2 KB {2}RUN echo '<&>' x+$/),
    "      1 added; 1.2 KB of it hidden by layers above",
    "      shared with busybox:latest",
    "",
  ]);
});

test("the picture is one SVG file, with long lines cut and signs of XML escaped", () => {
  const svg = stackAsSvg(view);
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 760 208"/);
  expect(svg.match(/<rect x="16"/g)).toHaveLength(2);
  expect(svg).toContain("RUN echo '&lt;&amp;&gt;' x");
  expect(svg).toMatch(/x…<\/text>/);
  expect(svg).toContain("1.2 KB · 1 added · shared with busybox:latest");
  expect(svg).toContain("Writable layer of the container");
});
