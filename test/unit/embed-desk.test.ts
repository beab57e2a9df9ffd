import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { EmbedDesk, type EmbedLesson, type EmbedStep } from "../../src/embed/embed-desk.ts";
import { readEmbedSettings } from "../../src/embed/hosts.ts";
import { fromEmbed, type FromEmbed, type MachinePhase } from "../../src/embed/messages.ts";
import type { EndedCommand } from "../../src/embed/runs-under-way.ts";

const own = "https://learn.example.org";
const runner = "https://school.example";
const viewer = "https://blog.example";
const evil = "https://evil.example";
const hosts = readEmbedSettings(`${runner} ${viewer}`, runner);
const first: EmbedLesson = {
  id: "containers/first",
  title: "First",
  steps: [
    { id: "run", title: "Run it" },
    { id: "look", title: "Look" },
  ],
};

describe("hello", () => {
  it("is answered with the lesson, the machine's phase and where the reader is in it", () => {
    const { say, heard } = seated();
    say({ kind: "hello" }, viewer);
    expect(heard()).toEqual([
      { kind: "ready", lesson: "containers/first", title: "First", steps: first.steps },
      { kind: "machine", phase: "ready" },
      { kind: "step", lesson: "containers/first", id: "run", title: "Run it", state: "current" },
      { kind: "step", lesson: "containers/first", id: "look", title: "Look", state: "open" },
    ]);
  });

  it("is answered before there is a sandbox; what that has to say comes later", () => {
    const { say, heard, sit } = createDesk();
    say({ kind: "hello" }, viewer);
    expect(heard().map(({ kind }) => kind)).toEqual(["ready", "machine"]);
    sit();
    expect(heard().map(({ kind }) => kind)).toEqual(["step", "step", "machine"]);
  });

  it("goes to the origin that said it, and to no other", () => {
    const { say, posted, steps } = seated();
    say({ kind: "hello" }, viewer);
    steps.value = steps.value.map((step) => ({ ...step, state: "done" as const }));
    expect(new Set(posted.map(({ origin }) => origin))).toEqual(new Set([viewer]));
  });

  it.each([evil, "null", "https://blog.example.evil.example"])(
    "of %s is not answered, nor is anything else",
    (origin) => {
      const { say, posted, ran } = seated();
      say({ kind: "hello" }, origin);
      say({ kind: "run", command: "docker ps" }, origin);
      say({ kind: "nonsense" }, origin);
      expect([posted, ran]).toEqual([[], []]);
    },
  );

  it("has to come first", () => {
    const { say, heard, ran } = seated();
    say({ kind: "run", command: "docker ps" }, runner);
    expect([heard(), ran]).toEqual([[expect.objectContaining({ kind: "refused", of: "run", why: "malformed" })], []]);
  });
});

describe("what the host is told", () => {
  it("is nothing before it said hello", () => {
    const { posted, steps, phase } = seated();
    steps.value = [];
    phase.value = "failed";
    expect(posted).toEqual([]);
  });

  it("is each step that changes, and each phase of the machine", () => {
    const { say, heard, steps, phase } = seated();
    say({ kind: "hello" }, viewer);
    heard();
    steps.value = steps.value.map((step) => (step.id === "run" ? { ...step, state: "done" as const } : step));
    phase.value = "unresponsive";
    expect(heard()).toEqual([
      { kind: "step", lesson: "containers/first", id: "run", title: "Run it", state: "done" },
      { kind: "machine", phase: "unresponsive" },
    ]);
  });

  it("is why there is no machine", () => {
    const { say, heard, phase, failure } = seated();
    say({ kind: "hello" }, viewer);
    heard();
    phase.value = "failed";
    failure.value = `No memory. ${"x".repeat(1000)}`;
    expect(heard()).toEqual([
      { kind: "machine", phase: "failed" },
      { kind: "error", message: expect.stringMatching(/^No memory\. x{488}…$/) as string },
    ]);
  });

  it("is that the reader went to another lesson, before its steps", () => {
    const { say, heard, lesson, steps } = seated();
    say({ kind: "hello" }, viewer);
    heard();
    steps.value = [];
    lesson.value = { id: "containers/second", title: "Second", steps: [{ id: "run", title: "Again" }] };
    steps.value = [{ id: "run", title: "Again", state: "current" }];
    expect(heard()).toEqual([
      { kind: "ready", lesson: "containers/second", title: "Second", steps: [{ id: "run", title: "Again" }] },
      { kind: "step", lesson: "containers/second", id: "run", title: "Again", state: "current" },
    ]);
  });

  it("of commands is only how its own ended", () => {
    const { say, heard, end } = seated();
    say({ kind: "hello" }, runner);
    say({ kind: "run", command: "docker  ps" }, runner);
    heard();
    end({ terminal: 1, line: "cat secret", exitCode: 0 });
    end({ terminal: 1, line: "sudo docker ps", exitCode: 0 });
    end({ terminal: 2, line: "docker ps", exitCode: 0 });
    expect(heard()).toEqual([]);
    end({ terminal: 1, line: "docker ps", exitCode: 125 });
    end({ terminal: 1, line: "docker ps", exitCode: 0 });
    expect(heard()).toEqual([{ kind: "ran", command: "docker  ps", terminal: 1, exitCode: 125 }]);
  });

  it("of several lines is the end of the last, and of a machine that goes that it went", () => {
    const { say, heard, end, phase } = seated();
    say({ kind: "hello" }, runner);
    say({ kind: "run", command: "cd /tmp\nls", terminal: 3 }, runner);
    say({ kind: "run", command: "sleep 100" }, runner);
    heard();
    end({ terminal: 3, line: "cd /tmp", exitCode: 0 });
    expect(heard()).toEqual([]);
    end({ terminal: 3, line: "ls", exitCode: 0 });
    phase.value = "resetting";
    expect(heard()).toEqual([
      { kind: "ran", command: "cd /tmp\nls", terminal: 3, exitCode: 0 },
      { kind: "ran", command: "sleep 100", terminal: 1 },
      { kind: "machine", phase: "resetting" },
    ]);
  });

  it("is nothing more once the page has gone", () => {
    const { desk, say, heard, phase } = seated();
    say({ kind: "hello" }, viewer);
    heard();
    desk[Symbol.dispose]();
    phase.value = "failed";
    say({ kind: "hello" }, viewer);
    expect(heard()).toEqual([]);
  });
});

describe("a command of the host", () => {
  it("is run in the terminal that it names, the first without", () => {
    const { say, ran } = seated();
    say({ kind: "hello" }, runner);
    say({ kind: "run", command: "docker ps" }, runner);
    say({ kind: "run", command: "docker events", terminal: 2 }, runner);
    expect(ran).toEqual([
      ["docker ps", 1],
      ["docker events", 2],
    ]);
  });

  it("of the site's own pages is run, too", () => {
    const { say, ran } = seated();
    say({ kind: "hello" }, own);
    say({ kind: "run", command: "docker ps" }, own);
    expect(ran).toEqual([["docker ps", 1]]);
  });

  it("is refused where the host may show the frame, and no more", () => {
    const { say, heard, ran } = seated();
    say({ kind: "hello" }, viewer);
    heard();
    say({ kind: "run", command: "docker ps" }, viewer);
    expect([heard(), ran]).toEqual([[expect.objectContaining({ of: "run", why: "not-allowed" })], []]);
  });

  it.each(["idle", "waiting", "booting", "elsewhere", "failed", "resetting"] as const)(
    "is refused while the machine is %s: it starts none",
    (now) => {
      const { say, heard, ran, phase } = seated();
      phase.value = now;
      say({ kind: "hello" }, runner);
      heard();
      say({ kind: "run", command: "docker ps" }, runner);
      expect([heard(), ran]).toEqual([[expect.objectContaining({ of: "run", why: "no-machine" })], []]);
    },
  );

  it.each([
    ["empty", { command: " \n" }],
    ["too long", { command: "x".repeat(4097) }],
    ["too long in bytes", { command: "ä".repeat(2049) }],
    ["with control characters", { command: "docker ps\u0003" }],
    ["with an escape", { command: "\u001b[31m" }],
    ["no text", { command: 7 }],
    ["for no terminal", { command: "ls", terminal: 4 }],
    ["for half a terminal", { command: "ls", terminal: 1.5 }],
  ])("is refused when it is %s", (_, about) => {
    const { say, heard, ran } = seated();
    say({ kind: "hello" }, runner);
    heard();
    say({ kind: "run", ...about }, runner);
    expect([heard(), ran]).toEqual([[expect.objectContaining({ of: "run", why: "malformed" })], []]);
  });

  it("may be as long as 4,096 bytes, with tabs and new lines", () => {
    const { say, ran } = seated();
    say({ kind: "hello" }, runner);
    say({ kind: "run", command: `\t\n${"x".repeat(4094)}` }, runner);
    expect(ran).toHaveLength(1);
  });
});

describe("other messages", () => {
  it("open a step of the lesson, and are refused for another", () => {
    const { say, heard, opened } = seated();
    say({ kind: "hello" }, viewer);
    heard();
    say({ kind: "open", step: "look" }, viewer);
    say({ kind: "open", step: "nowhere" }, viewer);
    expect(opened).toEqual(["look"]);
    expect(heard()).toEqual([expect.objectContaining({ of: "open", why: "no-such-step" })]);
  });

  it("of another version or of a kind that this one does not know are refused", () => {
    const { desk, heard } = seated();
    desk.take({ drydock: "embed", version: 2, kind: "hello" }, viewer);
    desk.take({ drydock: "embed", version: 1, kind: "explode" }, viewer);
    expect(heard()).toEqual([
      expect.objectContaining({ of: "hello", why: "version" }),
      expect.objectContaining({ of: "explode", why: "malformed" }),
    ]);
  });

  it.each([undefined, null, "hello", 7, {}, { drydock: "preview-hello" }, { drydock: "embed", version: 1 }])(
    "that are none of ours (%j) are passed over",
    (data) => {
      const { desk, posted } = seated();
      desk.take(data, viewer);
      expect(posted).toEqual([]);
    },
  );

  it("come at most five in a second; who sends more is told once", () => {
    const { say, heard, ran, pass } = seated();
    say({ kind: "hello" }, runner);
    heard();
    for (let n = 0; n < 100; n++) say({ kind: "run", command: `echo ${n}` }, runner);
    expect(ran.map(([command]) => command)).toEqual(["echo 0", "echo 1", "echo 2", "echo 3"]);
    expect(heard()).toEqual([expect.objectContaining({ of: "run", why: "too-many" })]);
    pass(1000);
    say({ kind: "run", command: "echo later" }, runner);
    expect(ran).toHaveLength(5);
  });
});

function createDesk() {
  const posted: { readonly message: FromEmbed; readonly origin: string }[] = [];
  let now = 0;
  const desk = new EmbedDesk({
    hosts,
    own,
    lesson: first,
    post: (message, origin) => posted.push({ message: fromEmbed.parse(message), origin }),
    now: () => now,
  });
  const lesson = signal(first);
  const steps = signal<readonly EmbedStep[]>(
    first.steps.map((step, n) => ({ ...step, state: n === 0 ? "current" : "open" })),
  );
  const phase = signal<MachinePhase>("ready");
  const failure = signal<string | undefined>(undefined);
  const ran: [string, number][] = [];
  const opened: string[] = [];
  const listeners = new Set<(command: EndedCommand) => void>();
  const sit = () =>
    desk.sit({
      lesson,
      steps,
      phase,
      failure,
      run: (command, terminal) => ran.push([command, terminal]),
      openStep: (id) => opened.push(id),
      onEnd: (listener) => {
        listeners.add(listener);
        return { [Symbol.dispose]: () => void listeners.delete(listener) };
      },
    });
  return {
    desk,
    posted,
    lesson,
    steps,
    phase,
    failure,
    ran,
    opened,
    sit,
    say: (message: object, origin: string) => desk.take({ drydock: "embed", version: 1, ...message }, origin),
    /** What was said since, without what every message has. */
    heard: () => posted.splice(0).map(({ message: { drydock: _drydock, version: _version, ...rest } }) => rest),
    end: (command: EndedCommand) => listeners.forEach((listener) => listener(command)),
    pass: (ms: number) => (now += ms),
  };
}

function seated() {
  const made = createDesk();
  made.sit();
  return made;
}
