import { expect, test } from "vitest";
import { compareStacks } from "../../src/sandbox/layers/compare-stacks.ts";
import type { View } from "../../src/sandbox/layers/layer-view.ts";
import { comparisonAsSvg, stackAsSvg } from "../../src/sandbox/layers/stack-picture.ts";
import { comparisonAsText, stackAsText } from "../../src/sandbox/layers/stack-text.ts";

const file = { path: "a", kind: "file", bytes: 1200, mode: 0o644 } as const;
const now = new Date(2026, 10, 27, 12, 30);
const seconds = (hour: number, minute: number) => new Date(2026, 10, 27, hour, minute).getTime() / 1000;
const view: View = {
  subject: { kind: "container", id: "c", names: ["crew"] },
  folders: ["/a", "/b"],
  ages: [{ kind: "new", since: new Date(2026, 10, 27, 12, 3) }],
  stack: {
    size: 1200,
    rows: [
      { kind: "setting", step: { instruction: 'CMD ["sh"]', created: 1, size: 0 } },
      {
        kind: "layer",
        number: 0,
        digest: "sha256:0",
        step: { instruction: `RUN echo '<&>' ${"x".repeat(100)}`, created: seconds(12, 4), size: 1200 },
        sharedWith: ["busybox:latest"],
      },
    ],
  },
  contents: [
    { changes: [{ ...file, change: "added" }], bytes: 1200, hiddenBytes: 1200 },
    { changes: [{ ...file, kind: "whiteout", change: "deleted" }], bytes: 0, hiddenBytes: 0 },
  ],
};

test("the stack as text says of each layer what it does, what is hidden of it, how old it is and who shares it", () => {
  expect(stackAsText(view, now).split("\n")).toEqual([
    "container crew, 1.2 KB",
    "  writable layer  0 bytes",
    "      1 deleted",
    '  -  CMD ["sh"]',
    expect.stringMatching(/^ {2}layer 1 {2}1\.2 KB {2}RUN echo '<&>' x+$/),
    "      1 added; 1.2 KB of it hidden by layers above",
    "      new since 12:03 · made today, 12:04",
    "      shared with busybox:latest",
    "",
  ]);
});

test("a layer that many images share names some of them and counts the rest", () => {
  const [setting, layer] = view.stack.rows;
  if (setting === undefined || layer?.kind !== "layer") throw new Error("The view has other rows");
  const sharedWith = ["a", "b", "c", "d", "e", "f"];
  const rows = [setting, { ...layer, sharedWith }];
  expect(stackAsText({ ...view, stack: { ...view.stack, rows } }, now)).toContain(
    "shared with a, b, c, d and 2 more\n",
  );
});

test("the picture is one SVG file, with long lines cut and signs of XML escaped", () => {
  const svg = stackAsSvg(view, now);
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 760 208"/);
  expect(svg.match(/<rect x="16"/g)).toHaveLength(2);
  expect(svg).toContain("RUN echo '&lt;&amp;&gt;' x");
  expect(svg).toMatch(/x…<\/text>/);
  expect(svg).toContain("1.2 KB · 1 added · new since 12:03 · shared with busybox:latest");
  expect(svg).toContain("Writable layer of the container");
});

const image: View = {
  subject: { kind: "image", id: "i", names: ["crew:1"] },
  stack: view.stack,
  folders: ["/a"],
  ages: [],
  contents: view.contents?.slice(0, 1) ?? [],
};

test("two stacks as text: what each has alone, what both have, and what that saves", () => {
  const compared = { of: view, with: image, ...compareStacks(view, image) };
  expect(comparisonAsText(compared, now).split("\n")).toEqual([
    "crew beside crew:1",
    "",
    "Only in crew: 0 bytes",
    "  writable layer  0 bytes",
    "      1 deleted",
    "",
    "Only in crew:1: 0 bytes",
    "  Nothing of its own.",
    "",
    "In both, and on the disk once: 1.2 KB",
    '  -  CMD ["sh"]',
    expect.stringContaining("layer 1  1.2 KB"),
    "      1 added; 1.2 KB of it hidden by layers above",
    "      made today, 12:04",
    "",
    "Together they take 1.2 KB on the disk; apart it would be 2.4 KB.",
    "",
  ]);
});

test("two stacks as a picture stand on a layer that is as wide as both", () => {
  const svg = comparisonAsSvg({ of: view, with: image, ...compareStacks(view, image) }, now);
  const widths = [...svg.matchAll(/<rect x="\d+" y="\d+" width="(\d+)"/g)].map(([, width]) => Number(width));
  expect(widths).toEqual([356, 728]);
  expect(svg).toContain("Nothing of its own.");
  expect(svg).toContain("crew beside crew:1");
});
