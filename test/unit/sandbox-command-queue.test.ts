import { describe, expect, it } from "vitest";
import { CommandQueue, type Command } from "../../src/sandbox/command-queue.ts";

describe("the command queue", () => {
  it("keeps commands in order until the machine is ready, then types at once", () => {
    const queue = new CommandQueue();
    const typed: Command[] = [];
    queue.run({ command: "docker ps", terminal: 0 });
    queue.run({ command: "docker images", terminal: 1 });
    expect(queue.waiting.value.map(({ command }) => command)).toEqual(["docker ps", "docker images"]);
    queue.connect((command) => typed.push(command));
    expect(queue.waiting.value).toEqual([]);
    queue.run({ command: "ls", terminal: 0 });
    expect(typed).toEqual([
      { command: "docker ps", terminal: 0 },
      { command: "docker images", terminal: 1 },
      { command: "ls", terminal: 0 },
    ]);
  });

  it("keeps commands again while the machine is away", () => {
    const queue = new CommandQueue();
    const typed: Command[] = [];
    queue.connect((command) => typed.push(command));
    queue.connect(undefined);
    queue.run({ command: "ls", terminal: 0 });
    expect(typed).toEqual([]);
    queue.clear();
    queue.connect((command) => typed.push(command));
    expect(typed).toEqual([]);
  });
});
