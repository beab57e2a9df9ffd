import { expect, test } from "vitest";
import { BuildBook } from "../../src/sandbox/build/build-record.ts";
import { recordOf, statusOf, vertexOf } from "./build-fakes.ts";

const log = (vertex: string, text: string) => ({ vertex, bytes: new TextEncoder().encode(text) });

test("a build is read from what is told bit by bit: states, times, output, context, name and image", () => {
  const book = new BuildBook(recordOf("a"));
  const id = `sha256:${"1".repeat(64)}`;
  book.add(
    statusOf([
      vertexOf("[1/2] FROM busybox"),
      vertexOf("[2/2] RUN make", { started: undefined, completed: undefined }),
    ]),
  );
  expect(book.read()).toMatchObject({
    state: "running",
    steps: [{ kind: "base", state: "done" }, { state: "waiting" }],
  });
  book.add(statusOf([vertexOf("[2/2] RUN make", { started: 3000, completed: undefined })]));
  book.add(
    statusOf([vertexOf("[internal] load build context")], {
      logs: [log("[2/2] RUN make", "\u001b[32mone\u001b[0m\r\n10%\r20%\r30%\ntwo\n")],
      statuses: [
        {
          id: "transferring context:",
          vertex: "[internal] load build context",
          current: 97,
          total: 0,
          completed: undefined,
        },
        { id: `writing image ${id}`, vertex: "e", current: 0, total: 0, completed: undefined },
        { id: "naming to docker.io/library/ship:latest", vertex: "e", current: 0, total: 0, completed: undefined },
      ],
    }),
  );
  const running = book.read();
  expect(running).toMatchObject({ imageName: "ship", imageId: id });
  expect(running.steps.map(({ words, state }) => [words, state])).toEqual([
    ["load build context", "done"],
    ["FROM busybox", "done"],
    ["RUN make", "running"],
  ]);
  expect(running.steps[0]?.transferred).toBe(97);
  expect(running.steps[2]?.output).toBe("one\n30%\ntwo\n");
  expect(book.lastTime).toBe(3000);
  expect(book.read()).toBe(running);

  book.add(statusOf([vertexOf("[2/2] RUN make", { started: 3500, completed: 4000 })]));
  book.note(recordOf("a", { completedAt: 5000 }));
  book.note(recordOf("a"));
  expect(book.read()).toMatchObject({ state: "done", completedAt: 5000 });
  expect(book.read().steps[2]).toMatchObject({ state: "done", started: 3000, completed: 4000 });
});

test("a character that is cut between two pieces of output is whole, and of much output the end is kept", () => {
  const book = new BuildBook(recordOf("a"));
  book.add(statusOf([vertexOf("[1/1] RUN yes")]));
  const [first, ...rest] = new TextEncoder().encode("é");
  book.add(statusOf([], { logs: [{ vertex: "[1/1] RUN yes", bytes: new Uint8Array([first ?? 0]) }] }));
  book.add(statusOf([], { logs: [{ vertex: "[1/1] RUN yes", bytes: new Uint8Array(rest) }] }));
  expect(book.read().steps[0]?.output).toBe("é");
  book.add(statusOf([], { logs: [log("[1/1] RUN yes", `${"y\n".repeat(50_000)}end`)] }));
  expect(book.read().steps[0]?.output).toHaveLength(20_000);
  expect(book.read().steps[0]?.output).toMatch(/end$/);
});

test("stages come before those that take from them, what BuildKit does around them first and last", () => {
  const book = new BuildBook(recordOf("a"));
  const taking = vertexOf("[stage-1 3/3] COPY --from=build /a /a", {
    inputs: ["[stage-1 2/3] WORKDIR /", "[build 2/2] RUN a"],
  });
  book.add(
    statusOf([
      vertexOf("exporting to image"),
      taking,
      vertexOf("[stage-1 2/3] WORKDIR /", { inputs: ["[build 1/2] FROM x"] }),
      vertexOf("[linux/386 other 1/1] RUN b"),
      vertexOf("[build 2/2] RUN a", { inputs: ["[build 1/2] FROM x"] }),
      vertexOf("[build 1/2] FROM x"),
      vertexOf("[internal] load build definition from Dockerfile"),
    ]),
  );
  expect(book.read().steps.map(({ stage, words }) => `${stage}:${words}`)).toEqual([
    ":load build definition from Dockerfile",
    "build:FROM x",
    "build:RUN a",
    "stage-1:WORKDIR /",
    "stage-1:COPY --from=build /a /a",
    "linux/386 other:RUN b",
    ":exporting to image",
  ]);
});

test("what was given up since another step failed has not run", () => {
  const book = new BuildBook(recordOf("a", { completedAt: 3000, error: "exit code: 1" }));
  book.add(
    statusOf([
      vertexOf("[1/3] RUN a", { error: "exit code: 1" }),
      vertexOf("[2/3] RUN b", { error: "context canceled: context canceled" }),
      vertexOf("[3/3] RUN c", { completed: undefined }),
    ]),
  );
  expect(book.read().steps.map(({ state }) => state)).toEqual(["failed", "skipped", "skipped"]);
});
