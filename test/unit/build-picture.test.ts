import { expect, test } from "vitest";
import { readChanges } from "../../src/sandbox/build/changed-files.ts";
import { buildAsSvg } from "../../src/sandbox/build/build-picture.ts";
import { BuildBook } from "../../src/sandbox/build/build-record.ts";
import { describeBuild } from "../../src/sandbox/build/build-rows.ts";
import { buildAsText } from "../../src/sandbox/build/build-text.ts";
import { explainStep } from "../../src/sandbox/build/miss-reason.ts";
import { findSource } from "../../src/sandbox/build/source-path.ts";
import { recordOf, stageOf, statusOf, vertexOf } from "./build-fakes.ts";

const before = bookOf("a", ["FROM busybox", "COPY a.txt /a", "RUN echo <one> & two"]).read();
const now = bookOf("b", ["FROM busybox", "COPY a.txt /a", "RUN exit 3"], "exit code: 3").read();
const view = describeBuild(
  {
    explain: (build) =>
      new Map(build.steps.flatMap((step) => [[step.digest, explainStep(step, build, [before]) ?? { kind: "hit" }]])),
    filesOf: () => new Map(),
  },
  now,
  0,
);

function bookOf(ref: string, lines: readonly string[], error = "") {
  const book = new BuildBook(recordOf(ref, { createdAt: 1000, completedAt: 3500, ...(error !== "" && { error }) }));
  book.noteFolder("/workspace/ship");
  book.add(statusOf([...stageOf(lines, 1, { error }), vertexOf("[internal] load build context")]));
  return book;
}

test("the build as text says of each step its state, its time and why", () => {
  expect(buildAsText(view).split("\n")).toEqual([
    "Build of ship, failed",
    "2 steps after FROM, 1 from the cache, 2.5 s",
    "",
    "Before the first step",
    "            1.0 s  load build context",
    "      From the cache: nothing that it depends on has changed.",
    "  Base      1.0 s  1/3 FROM busybox",
    "      From the cache: nothing that it depends on has changed.",
    "  Cached    1.0 s  2/3 COPY a.txt /a",
    "      From the cache: nothing that it depends on has changed.",
    "  Failed    1.0 s  3/3 RUN exit 3",
    "      Run because its instruction has changed.",
    "      Before: RUN echo <one> & two",
    "      Now: RUN exit 3",
    "      It failed: exit code: 3",
    "",
  ]);
});

test("the picture is one SVG file with a bar for each step on one axis, and signs of XML escaped", () => {
  const svg = buildAsSvg(view);
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 860 \d+"/);
  expect(svg.match(/<rect x="/g)).toHaveLength(4);
  expect(svg).toContain("<title>Build of ship, failed</title>");
  expect(svg).toContain("Before: RUN echo &lt;one&gt; &amp; two");
  expect(svg).toContain(">2 s</text>");
  expect(svg).not.toMatch(/NaN|undefined/);
});

test.each([
  ["COPY a.txt /a", "a", "a.txt"],
  ["COPY a.txt b.txt /srv/", "srv/b.txt", "b.txt"],
  ["COPY --chown=1:1 lib /srv/", "srv/deep/l.txt", "lib/deep/l.txt"],
  ["COPY . .", "app/src/x.js", "src/x.js"],
  ["ADD src/*.js ./", "app/x.js", "src/x.js"],
  ["COPY src lib /srv", "srv/x.js", "x.js"],
  ["COPY a.txt /elsewhere/", "srv/a.txt", "/srv/a.txt"],
  ['COPY ["a b", "/srv/"]', "srv/a b", "/srv/a b"],
  ["COPY <<EOF /motd", "motd", "/motd"],
  ["COPY lib /", "x/l.txt", "lib/x/l.txt"],
])("the file that %s put at %s is %s", (words, path, source) => {
  expect(findSource(words, path, "/app")).toBe(source);
});

test("the listing of changed files is read record by record", () => {
  expect(readChanges("a\tnew file\0c\tb\tc\0d\told\0x\twhat\0")).toEqual([
    { path: "new file", change: "added" },
    { path: "b\tc", change: "changed" },
    { path: "old", change: "deleted" },
  ]);
});
