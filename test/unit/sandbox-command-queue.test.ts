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
    queue.clear();
    queue.connect((work) => done.push(work));
    expect(done).toEqual([]);
  });
});
