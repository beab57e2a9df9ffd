import { expect, it } from "vitest";
import type { LessonStart } from "../../src/lessons/model.ts";
import { beginFrom } from "../../src/sandbox/begin-from.ts";

it("the page writes a file's mode with it, whatever folder a terminal is in and whatever runs there", async ({
  signal,
}) => {
  const script = { path: "app/run.sh", content: "#!/bin/sh\n", executable: true };
  const start: LessonStart = {
    lesson: "c/before",
    title: "Before",
    files: [],
    actions: [
      { type: "command", command: "cd app", terminal: 1, background: false, interrupt: false },
      { type: "file", ...script },
      { type: "file", path: "note.txt", content: "x" },
    ],
  };
  const done: unknown[] = [];
  await beginFrom(
    start,
    {
      carryOut: ({ command }) => Promise.resolve(void done.push(command)),
      writeFile: ({ path, content, executable }) => Promise.resolve(void done.push({ path, content, executable })),
      onProgress: () => undefined,
    },
    signal,
  );
  expect(done).toEqual(["cd app", script, { path: "note.txt", content: "x" }]);
});
