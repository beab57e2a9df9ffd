import { describe, expect, it } from "vitest";
import { outputsOf, readRecording } from "../../src/lessons/recording.ts";
import { DemoRecorder, type DemoLimits, type DemoState } from "../../src/present/recording/demo-recorder.ts";
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
    const recording = readRecording(await textOf(recorder.state.value), "talk.cast");
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
    expect(consoles.map(({ listeners }) => listeners.size)).toEqual([0, 0]);
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

  it("ends by itself at its limit of bytes, and says so, with what there is until then", async () => {
    const { recorder, consoles, start } = demo({ bytes: 1000, ms: 60_000 });
    start();
    for (let n = 0; n < 30; n++) consoles[0].print("x".repeat(90));
    expect(recorder.state.value).toMatchObject({ phase: "recorded", because: "bytes" });
    const text = await textOf(recorder.state.value);
    expect(readRecording(text, "talk.cast").events).toHaveLength(1);
    expect(consoles[0].listeners.size).toBe(0);
  });

  it("ends by itself at its limit of time, on the moment", async () => {
    const { recorder, clock, start } = demo({ bytes: 1e6, ms: 1500 });
    start();
    await clock.pass(1490);
    expect(recorder.state.value.phase).toBe("recording");
    await clock.pass(20);
    expect(recorder.state.value).toMatchObject({ phase: "recorded", because: "time", ms: 1500 });
  });

  it("is one at a time; the next one begins anew, and it can be forgotten", async () => {
    const { recorder, clock, consoles, start } = demo();
    start();
    consoles[0].print("first");
    start();
    recorder.stop();
    expect(await textOf(recorder.state.value)).toContain("first");
    start();
    await clock.pass(1);
    recorder.stop();
    expect(await textOf(recorder.state.value)).not.toContain("first");
    recorder.forget();
    expect(recorder.state.value).toEqual({ phase: "idle" });
    recorder.stop();
    recorder.mark({ kind: "step", step: "greet" });
    expect(recorder.state.value).toEqual({ phase: "idle" });
  });
});

function demo(limits?: DemoLimits) {
  const clock = new FakeClock();
  const consoles = [fakeConsole(), fakeConsole()] as const;
  const recorder = new DemoRecorder({ clock, date: () => 1_700_000_000_999, ...(limits && { limits }) });
  const start = () =>
    recorder.start({
      lesson: "boats/greetings",
      title: "Greetings",
      steps: recordedSteps,
      machine: "abc",
      consoles,
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

async function textOf(state: DemoState): Promise<string> {
  if (state.phase !== "recorded") throw new Error(`It is ${state.phase}.`);
  return state.file.text();
}
