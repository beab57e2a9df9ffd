import { beforeEach, describe, expect, it } from "vitest";
import type { TypedCommand } from "../../src/checks/world.ts";
import { TerminalTypist } from "../../src/sandbox/terminal-typist.ts";
import { FakeClock, settle } from "./checks-fakes.ts";

let clock: FakeClock;
let keys: string[];
let typist: TerminalTypist;
let tell: (command: TypedCommand) => void;
let count: number;
const never = new AbortController().signal;

beforeEach(() => {
  clock = new FakeClock();
  keys = [];
  count = 0;
  typist = new TerminalTypist({
    clock,
    keyboard: {
      run: (terminal, command) => keys.push(`${terminal}: ${command}`),
      interrupt: (terminal) => keys.push(`${terminal}: ^C`),
    },
    terminals: {
      watch(listener) {
        tell = listener;
        return { [Symbol.dispose]: () => (tell = () => undefined) };
      },
    },
  });
});

/** What the shell of a terminal reports: that a line begins, and on call of the answer that it ended. */
function begins(line: string, terminal = 1): () => Promise<void> {
  const command = { number: ++count, terminal, line };
  tell({ ...command, exitCode: undefined });
  return () => {
    tell({ ...command, exitCode: 0 });
    return settle();
  };
}

async function isDone(work: Promise<unknown>): Promise<boolean> {
  let done = false;
  void work.then(() => (done = true));
  await settle();
  return done;
}

describe("typing into a terminal", () => {
  it("types at once, whatever runs there", async () => {
    begins("top");
    await typist.type({ command: "q", terminal: 0 });
    expect(keys).toEqual(["0: q"]);
  });

  it("presses Ctrl+C first where that is asked for, and waits for the end of what runs", async () => {
    const end = begins("docker logs -f web", 2);
    const typing = typist.type({ command: "docker ps", terminal: 1, interrupt: true });
    await settle();
    expect(keys).toEqual(["1: ^C"]);
    await end();
    await typing;
    expect(keys).toEqual(["1: ^C", "1: docker ps"]);
  });

  it("does not wait for ever for a program that does not care", async () => {
    begins("deaf");
    const typing = typist.type({ command: "ls", terminal: 0, interrupt: true });
    await clock.pass(10_000);
    await typing;
    expect(keys).toEqual(["0: ^C", "0: ls"]);
  });

  it("keeps the order of what is typed", async () => {
    const end = begins("sleep 1");
    const first = typist.type({ command: "one", terminal: 0, interrupt: true });
    const second = typist.type({ command: "two", terminal: 0 });
    await settle();
    await end();
    await Promise.all([first, second]);
    expect(keys).toEqual(["0: ^C", "0: one", "0: two"]);
  });
});

describe("carrying out a command", () => {
  const carryOut = (command: string, more = {}) =>
    typist.carryOut({ command, terminal: 0, background: false, ...more }, never);

  it("waits until it has ended", async () => {
    const work = carryOut("docker build .");
    await settle();
    const end = begins("docker build .");
    expect(await isDone(work)).toBe(false);
    await end();
    expect(await isDone(work)).toBe(true);
  });

  it("waits for the last of several lines, however the shell reports them", async () => {
    const work = carryOut("mkdir app\ncd app");
    await settle();
    await begins("mkdir app")();
    expect(await isDone(work)).toBe(false);
    await begins("cd app")();
    expect(await isDone(work)).toBe(true);
    const joined = carryOut("docker run -d \\\n  --name web busybox");
    await settle();
    await begins("docker run -d --name web busybox")();
    expect(await isDone(joined)).toBe(true);
  });

  it("takes a silence for the end of a command that is reported in other words", async () => {
    const work = carryOut("echo hi!");
    await settle();
    await begins("echo hello")();
    expect(await isDone(work)).toBe(false);
    await clock.pass(2000);
    expect(await isDone(work)).toBe(true);
  });

  it("waits only for the beginning of one that goes on in the background", async () => {
    const work = carryOut("docker events", { background: true });
    await settle();
    expect(await isDone(work)).toBe(false);
    begins("docker events");
    expect(await isDone(work)).toBe(true);
  });

  it("types into the program that runs there, and waits for that program's end", async () => {
    const end = begins("docker run -it busybox sh");
    const work = carryOut("exit");
    await settle();
    expect(keys).toEqual([]);
    await clock.pass(1500);
    expect(keys).toEqual(["0: exit"]);
    expect(await isDone(work)).toBe(false);
    await end();
    expect(await isDone(work)).toBe(true);
  });

  it("does not mind other terminals", async () => {
    const work = carryOut("ls");
    await settle();
    await begins("ls", 2)();
    expect(await isDone(work)).toBe(false);
  });

  it("ends when it is called off, and when the machine goes", async () => {
    const stop = new AbortController();
    const work = typist.carryOut({ command: "ls", terminal: 0, background: false }, stop.signal);
    await settle();
    stop.abort();
    await expect(work).rejects.toThrow();
    const other = carryOut("ls");
    await settle();
    typist[Symbol.dispose]();
    await expect(other).rejects.toThrow();
  });
});
