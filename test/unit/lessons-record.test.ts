import { describe, expect, it } from "vitest";
import { systemClock } from "../../src/checks/clock.ts";
import { createCheckRunner } from "../../src/checks/runner.ts";
import type { SolutionAction, Step } from "../../src/lessons/model.ts";
import { readRecording } from "../../src/lessons/recording.ts";
import type { Console } from "../../src/machine/contract.ts";
import { createCheckWatch } from "../lessons/check-watch.ts";
import { tapConsole } from "../lessons/console-tap.ts";
import { recordSteps, type RecordedWorkplace } from "../lessons/record-steps.ts";
import { TerminalRecorder } from "../lessons/terminal-recorder.ts";
import { FakeWorld, settle } from "./checks-fakes.ts";
import { command, failureOf, quiz, write } from "./lessons-run-fakes.ts";
import { headerOf } from "./recording-fakes.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const check = { kind: "file", path: "hello.txt", contains: "hello" } as const;

describe("the recording of a lesson", () => {
  it("has each step, what is typed and written in it, and that it is done", async () => {
    const steps = [
      stepOf("greet", { solution: [command("greet"), write("hello.txt", "hello")], checks: [check] }),
      stepOf("ask", {
        solution: [command("ask", { terminal: 2 }), { type: "answer", quiz: "q", answer: [1] }],
        checks: [quiz()],
      }),
    ];
    const progress: string[] = [];
    const marks = await record(steps, (text) => progress.push(text));
    expect(marks).toEqual([
      "o1 # ",
      "step greet",
      "command greet 0",
      "o1 greet\r\n",
      "end greet 0",
      "file greet 1",
      "done greet",
      "step ask",
      "terminal 2",
      "command ask 0",
      "o2 ask\r\n",
      "end ask 0",
      "done ask",
    ]);
    expect(progress).toEqual(["1 greet", "1 greet: greet", "2 ask", "2 ask: ask"]);
  });

  it("does nothing of what is wrong", async () => {
    const wrong = [{ because: "it is rude", actions: [command("insult")], undo: [] }];
    const steps = [stepOf("greet", { solution: [write("hello.txt", "hello")], checks: [check], wrong })];
    expect((await record(steps)).join()).not.toContain("insult");
  });

  it("waits for what goes on running to print, and ends it there", async () => {
    const steps = [
      stepOf("greet", {
        solution: [command("follow", { background: true }), write("hello.txt", "hello")],
        checks: [check],
      }),
    ];
    const marks = await record(steps);
    expect(marks.slice(2, 6)).toEqual(["command greet 0", "o1 follow\r\n", "o1 later\r\n", "end greet 0"]);
  });

  it.each<[string, Partial<Step>, string, string]>([
    ["is not ticked", { solution: [command("greet")] }, "not-solved", "the solution does not tick it."],
    ["has a command that fails", { solution: [command("fail")] }, "command-failed", "ended with exit code 1."],
    [
      "has a command that hangs",
      { solution: [command("hang")] },
      "not-carried-out",
      'the command "hang" of the solution could not be carried out.',
    ],
    ["is done before anything is", { checks: [{ kind: "file", path: "there.txt" }] }, "passes-before", "passes before"],
  ])("fails for a step that %s", async (_, changes, code, told) => {
    const step = stepOf("greet", { solution: [write("other.txt", "")], checks: [check], ...changes });
    const failure = await failureOf(record([step]));
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(told);
  });

  it("ends when it is stopped, as what stopped it", async () => {
    const stop = new AbortController();
    const recording = record(
      [stepOf("greet", { solution: [command("hang")], checks: [check] })],
      () => undefined,
      stop,
    );
    setTimeout(() => stop.abort(new Error("Ctrl+C")), 100);
    await expect(recording).rejects.toThrow("Ctrl+C");
  });
});

describe("a console that is recorded", () => {
  it("tells what it prints before its listeners hear it, once, its beginning included, and keeps its size", () => {
    const told: string[] = [];
    const sizes: number[][] = [];
    const listeners = new Set<(bytes: Uint8Array) => void>();
    const real: Console = {
      onOutput(listener) {
        if (listeners.size === 0) listener(bytesOf("early"));
        listeners.add(listener);
        return { [Symbol.dispose]: () => listeners.delete(listener) };
      },
      write: (bytes) => told.push(`written ${new TextDecoder().decode(bytes)}`),
      resize: (...size) => sizes.push(size),
    };
    const hear = (who: string) => (bytes: Uint8Array) => told.push(`${who} ${new TextDecoder().decode(bytes)}`);
    const tapped = tapConsole(real, { columns: 100, rows: 28 }, hear("tape"));
    const first = tapped.onOutput(hear("first"));
    tapped.onOutput(hear("second"));
    for (const listener of listeners) listener(bytesOf("late"));
    first[Symbol.dispose]();
    for (const listener of listeners) listener(bytesOf("end"));
    tapped.write(bytesOf("ls"));
    tapped.resize(120, 40);
    expect(told).toEqual([
      "tape early",
      "first early",
      "tape late",
      "first late",
      "second late",
      "tape end",
      "second end",
      "written ls",
    ]);
    expect(sizes).toEqual([[100, 28]]);
  });
});

function stepOf(id: string, changes: Partial<Step>): Step {
  return { id, title: id, files: [], hints: 0, wrong: [], checks: [], solution: [], ...changes };
}

/** Records steps in a world where files are written at once and a command prints its line; resolves to marks and output in order. */
async function record(
  steps: readonly Step[],
  onProgress: (text: string) => void = () => undefined,
  stop = new AbortController(),
): Promise<string[]> {
  const world = new FakeWorld();
  world.files.set("there.txt", "");
  const watch = createCheckWatch();
  using runner = createCheckRunner({ world, clock: systemClock, onOutcomes: watch.take });
  const recorder = new TerminalRecorder();
  recorder.print(1, bytesOf("Welcome\r\n"));
  recorder.print(1, bytesOf("# "));
  recorder.print(2, bytesOf("not recorded\r\n"));
  recorder.begin(2);
  recorder.print(3, bytesOf("never"));
  const typist: RecordedWorkplace["typist"] = {
    async carryOut(action: Exclude<SolutionAction, { type: "answer" }>, signal) {
      if (action.type === "file") {
        world.saves(action.path, action.content);
        await settle();
        return { shown: "", exitCode: undefined, commands: 0 };
      }
      const { command: line, terminal, background } = action;
      recorder.print(terminal, bytesOf(`${line}\r\n`));
      if (line === "hang") {
        await new Promise((_, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason as Error));
        });
      }
      if (background) setTimeout(() => recorder.print(terminal, bytesOf("later\r\n")), 300);
      return { shown: line, exitCode: background ? undefined : Number(line === "fail"), commands: 1 };
    },
  };
  const workplace: RecordedWorkplace = {
    typist,
    runner,
    watch,
    write: (files) => {
      for (const { path, content } of files) world.saves(path, content);
      return Promise.resolve();
    },
  };
  await recordSteps({ steps }, workplace, recorder, {
    signal: stop.signal,
    patience: { answerMs: 2000, actionMs: 500, solvedMs: 700 },
    onProgress: ({ step, number, command: line }) =>
      onProgress(`${number} ${step.title}${line === undefined ? "" : `: ${line}`}`),
  });
  const { events } = readRecording(recorder.text(headerOf()), "test.cast");
  const labels = recorder.text(headerOf()).split("\n").slice(1, -1);
  return events.map((event, n) => {
    if (event.type === "output") return `o${event.terminal} ${event.text}`;
    return (JSON.parse(labels[n] ?? "") as [number, string, string])[2];
  });
}
