import { describe, expect, it } from "vitest";
import { CommandQueue, describeWork, type PageWork } from "../../src/sandbox/command-queue.ts";

describe("the command queue", () => {
  it("keeps commands and files in order until the machine is ready, then does them at once", () => {
    const queue = new CommandQueue();
    const done: PageWork[] = [];
    queue.run({ command: "docker ps", terminal: 0 });
    queue.run({ path: "Dockerfile", content: "FROM busybox\n" });
    expect(queue.waiting.value.map(describeWork)).toEqual(["docker ps", "Write Dockerfile"]);
    queue.connect((work) => done.push(work));
    expect(queue.waiting.value).toEqual([]);
    queue.run({ command: "ls", terminal: 0 });
    expect(done).toEqual([
      { command: "docker ps", terminal: 0 },
      { path: "Dockerfile", content: "FROM busybox\n" },
      { command: "ls", terminal: 0 },
    ]);
  });

  it("keeps commands again while the machine is away", () => {
    const queue = new CommandQueue();
    const done: PageWork[] = [];
    queue.connect((work) => done.push(work));
    queue.connect(undefined);
    queue.run({ command: "ls", terminal: 0 });
    expect(done).toEqual([]);
    queue.connect((work) => done.push(work));
    expect(done).toEqual([{ command: "ls", terminal: 0 }]);
  });

  it("lets nothing through while it is held, and all of it in order afterwards", () => {
    const queue = new CommandQueue();
    const done: PageWork[] = [];
    queue.connect((work) => done.push(work));
    const first = queue.hold();
    const second = queue.hold();
    queue.run({ command: "ls", terminal: 0 });
    queue.run({ command: "pwd", terminal: 1 });
    first[Symbol.dispose]();
    expect(done).toEqual([]);
    expect(queue.waiting.value.map(describeWork)).toEqual(["ls", "pwd"]);
    second[Symbol.dispose]();
    expect(done).toEqual([
      { command: "ls", terminal: 0 },
      { command: "pwd", terminal: 1 },
    ]);
    expect(queue.waiting.value).toEqual([]);
  });
});
