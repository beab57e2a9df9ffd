import { describe, expect, it } from "vitest";
import { outputsOf, readRecording } from "../../src/lessons/recording.ts";
import { DemoRecorder, type DemoLimits, type DemoState } from "../../src/present/recording/demo-recorder.ts";
import { marksBetween, type MarkedTalk } from "../../src/present/recording/demo-marks.ts";
import type { TalkAct } from "../../src/present/talk-messages.ts";
import { FakeClock } from "./checks-fakes.ts";
import { recordedSteps, shellOutput } from "./recording-fakes.ts";

describe("a demo that is recorded", () => {
  it("becomes a file that is read as any recording is, from its start to its stop", async () => {
    const { recorder, clock, consoles, start } = demo();
    consoles[0].print("before");
    start();
    await clock.pass(1000);
    recorder.mark({ kind: "step", step: "greet" });
    recorder.mark({ kind: "command", step: "greet", index: 0 }, 2);
    consoles[1].print(shellOutput("echo hello", "hello\r\n"));
    await clock.pass(500);
    recorder.mark({ kind: "end", step: "greet", index: 0 });
    recorder.resize(80, 24);
    recorder.stop();
    consoles[0].print("after");
    const recording = readRecording(textOf(recorder.state.value), "talk.cast");
    expect(recording.header).toEqual({
      version: 2,
      width: 120,
      height: 30,
      timestamp: 1_700_000_000,
      title: "Greetings",
      drydock: { lesson: "boats/greetings", machine: "abc", terminals: 2, steps: recordedSteps },
    });
    expect(recording.events.map(({ at, type }) => [at, type])).toEqual([
      [1, "mark"],
      [1, "mark"],
      [1, "mark"],
      [1, "output"],
      [1.5, "mark"],
      [1.5, "resize"],
    ]);
    expect(await outputsOf(recording)).toEqual(new Map([["greet 0", "hello"]]));
  });

  it("goes on with another machine, in terminals that begin anew", () => {
    const { recorder, consoles, start } = demo();
    start();
    consoles[0].print("old");
    recorder.listen([]);
    consoles[0].print("gone");
    const next = fakeConsole();
    recorder.listen([next]);
    next.print("new");
    recorder.stop();
    const { events } = readRecording(textOf(recorder.state.value), "talk.cast");
    expect(events.map((event) => (event.type === "output" ? event.text : ""))).toEqual(["old\u001bcnew"]);
    recorder[Symbol.dispose]();
    expect([...consoles, next].map(({ listeners }) => listeners.size)).toEqual([0, 0, 0]);
    expect(recorder.state.value).toEqual({ phase: "idle" });
  });

  it("tells while it goes on how much there is and how long it has taken", async () => {
    const { recorder, clock, consoles, start } = demo();
    start();
    expect(recorder.state.value).toEqual({ phase: "recording", bytes: 0, ms: 0 });
    consoles[0].print("x".repeat(100));
    await clock.pass(2000);
    expect(recorder.state.value).toMatchObject({ phase: "recording", ms: 2000 });
    expect((recorder.state.value as { bytes: number }).bytes).toBeGreaterThan(99);
  });

  it("ends by itself at its limit of bytes, and says so, with what there is until then", () => {
    const { recorder, consoles, start } = demo({ bytes: 1000, ms: 60_000 });
    start();
    for (let n = 0; n < 30; n++) consoles[0].print("x".repeat(90));
    expect(recorder.state.value).toMatchObject({ phase: "recorded", because: "bytes" });
    const text = textOf(recorder.state.value);
    expect(readRecording(text, "talk.cast").events).toHaveLength(1);
  });

  it("ends by itself at its limit of time, on the moment", async () => {
    const { recorder, clock, start } = demo({ bytes: 1e6, ms: 1500 });
    start();
    await clock.pass(1490);
    expect(recorder.state.value.phase).toBe("recording");
    await clock.pass(20);
    expect(recorder.state.value).toMatchObject({ phase: "recorded", because: "time", ms: 1500 });
  });

  it("is one at a time; the next one begins anew", async () => {
    const { recorder, clock, consoles, start } = demo();
    start();
    consoles[0].print("first");
    start();
    recorder.stop();
    expect(textOf(recorder.state.value)).toContain("first");
    start();
    await clock.pass(1);
    recorder.stop();
    expect(textOf(recorder.state.value)).not.toContain("first");
    const ended = recorder.state.value;
    recorder.stop();
    recorder.mark({ kind: "step", step: "greet" });
    expect(recorder.state.value).toBe(ended);
  });
});

describe("the marks of a talk", () => {
  const steps = recordedSteps.map((step) => ({ ...step, files: [], checks: [], hints: 0, wrong: [] }));
  const greet: TalkAct = { step: "greet", n: 0, kind: "command", text: "echo hello", terminal: 1, state: "open" };
  const file: TalkAct = { step: "greet", n: 1, kind: "file", text: "hello.txt", terminal: 1, state: "open" };
  const watch: TalkAct = { step: "watch", n: 0, kind: "command", text: "tail -f log", terminal: 2, state: "open" };
  const talk = (changes: Partial<MarkedTalk>): MarkedTalk => ({ step: "greet", done: new Set(), acts: [], ...changes });
  const told = (before: TalkAct, now: Partial<TalkAct>) =>
    marksBetween(talk({ acts: [before] }), talk({ acts: [{ ...before, ...now }] }), { steps });

  it("tell the step that is shown, and when it is done", () => {
    expect(marksBetween(talk({}), talk({ step: "watch" }), { steps })).toEqual([[{ kind: "step", step: "watch" }]]);
    expect(marksBetween(talk({ step: "watch" }), talk({ step: undefined }), { steps })).toEqual([]);
    const done = talk({ done: new Set(["greet"]) });
    expect(marksBetween(talk({}), done, { steps })).toEqual([[{ kind: "done", step: "greet" }]]);
    expect(marksBetween(done, done, { steps })).toEqual([]);
  });

  it("tell a command when it is entered, and its end", () => {
    const at = { step: "greet", index: 0 };
    expect(told(greet, { state: "typed" })).toEqual([]);
    expect(told(greet, { state: "running" })).toEqual([[{ kind: "command", ...at }, 1]]);
    expect(told({ ...greet, state: "running" }, { state: "done", exitCode: 0 })).toEqual([[{ kind: "end", ...at }]]);
  });

  it("tell a file that is written, and of a command that goes on only that it was entered", () => {
    expect(told({ ...file, state: "running" }, { state: "done" })).toEqual([
      [{ kind: "file", step: "greet", index: 1 }],
    ]);
    expect(told(watch, { state: "running" })).toEqual([[{ kind: "command", step: "watch", index: 0 }, 2]]);
    expect(told({ ...watch, state: "running" }, { state: "done" })).toEqual([]);
  });

  it("tell nothing of a command that was edited", () => {
    const edited = { ...greet, text: "echo hi" };
    expect(told(edited, { state: "running" })).toEqual([]);
    expect(told({ ...edited, state: "running" }, { state: "done" })).toEqual([]);
  });
});

function demo(limits?: DemoLimits) {
  const clock = new FakeClock();
  const consoles = [fakeConsole(), fakeConsole()] as const;
  const recorder = new DemoRecorder({ clock, date: () => 1_700_000_000_999, ...(limits && { limits }) });
  recorder.listen(consoles);
  const start = () =>
    recorder.start({
      lesson: "boats/greetings",
      title: "Greetings",
      steps: recordedSteps,
      machine: "abc",
      columns: 120,
      rows: 30,
    });
  return { recorder, clock, consoles, start };
}

function fakeConsole() {
  const listeners = new Set<(bytes: Uint8Array) => void>();
  return {
    listeners,
    onOutput: (listener: (bytes: Uint8Array) => void) => {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
    print(text: string) {
      for (const listener of listeners) listener(new TextEncoder().encode(text));
    },
  };
}

function textOf(state: DemoState): string {
  if (state.phase !== "recorded") throw new Error(`It is ${state.phase}.`);
  return state.text;
}
