import { describe, expect, it } from "vitest";
import { readRecording } from "../../src/lessons/recording.ts";
import {
  RecordingDesk,
  type RecordingDeskOptions,
  type RecordingScreen,
} from "../../src/present/recording/recording-desk.ts";
import { layOut } from "../../src/present/recording/timeline.ts";
import { FakeClock, settle } from "./checks-fakes.ts";
import { castOf, headerOf } from "./recording-fakes.ts";

/** Ten seconds of playing: a pause of eight is one of two. */
const cast = castOf([
  [0, "o", "$ "],
  [1, "m", "step greet"],
  [1, "m", "command greet 0"],
  [1, "o", "echo hello\n"],
  [2, "o", "hello\n"],
  [3, "m", "end greet 0"],
  [3, "m", "file greet 1"],
  [4, "m", "done greet"],
  [12, "m", "step watch"],
  [12, "m", "terminal 2"],
  [12, "m", "command watch 0"],
  [13, "o", "tail\n"],
  [14, "m", "end watch 0"],
  [16, "m", "done watch"],
]);

describe("the timeline of a recording", () => {
  it("has shorter pauses, and knows where steps begin, commands end and what terminals there are", () => {
    const { seconds, steps, acts, stops, terminals, longestPause } = layOut(readRecording(cast, "a.cast"));
    expect(seconds).toBe(10);
    expect(longestPause).toBe(2);
    expect(steps).toEqual([
      { id: "greet", title: "Say hello", at: 1 },
      { id: "watch", title: "Watch it", at: 6 },
    ]);
    expect(stops).toEqual([3, 8, 10]);
    expect(acts).toEqual([
      { step: "greet", index: 0, at: 1, until: 3 },
      { step: "greet", index: 1, at: 3, until: 3 },
      { step: "watch", index: 0, at: 6, until: 8 },
    ]);
    expect(terminals).toEqual([1, 2]);
  });

  it("has a command of which no end is marked until the next one", () => {
    const text = castOf([
      [0, "m", "command greet 0"],
      [1, "m", "command watch 0"],
      [3, "o", "a"],
    ]);
    expect(layOut(readRecording(text, "a.cast")).acts.map(({ at, until }) => [at, until])).toEqual([
      [0, 1],
      [1, 3],
    ]);
  });

  it("goes by what the recording says of pauses", () => {
    const text = castOf([[5, "o", "a"]], { ...headerOf(), idle_time_limit: 0.5 });
    expect(layOut(readRecording(text, "a.cast")).seconds).toBe(0.5);
  });

  it("of a recording in which nothing happens has one terminal and one stop", () => {
    expect(layOut(readRecording(castOf([]), "a.cast"))).toMatchObject({ seconds: 0, stops: [0], terminals: [1] });
  });
});

describe("a recording on its desk", () => {
  it("is loaded, and is shown from its beginning", async () => {
    const { desk, screen } = await ready();
    expect(desk.state.value.phase).toBe("ready");
    expect(desk.duration.value).toBe(10);
    expect(screen.shown).toBe("[reset]1:$ ");
    expect([desk.position.value, desk.isPlaying.value, desk.step.value]).toEqual([0, false, -1]);
  });

  it("plays what was printed when it was printed", async () => {
    const { desk, screen, clock } = await ready();
    desk.play();
    await clock.pass(1100);
    expect(screen.shown).toBe("[reset]1:$ 1:echo hello\n");
    expect(desk.step.value).toBe(0);
    await clock.pass(1000);
    expect(screen.shown).toBe("[reset]1:$ 1:echo hello\n1:hello\n");
    expect(desk.position.value).toBeCloseTo(2, 0);
    await clock.pass(20_000);
    expect(screen.shown).toContain("2:tail\n");
    expect([desk.isPlaying.value, desk.isAtEnd.value, desk.position.value]).toEqual([false, true, 10]);
  });

  it("stops, and goes on from there", async () => {
    const { desk, screen, clock } = await ready();
    desk.toggle();
    await clock.pass(1500);
    desk.toggle();
    expect(desk.position.value).toBe(1.5);
    await clock.pass(5000);
    expect([desk.position.value, screen.shown]).toEqual([1.5, "[reset]1:$ 1:echo hello\n"]);
    desk.toggle();
    await clock.pass(600);
    expect(screen.shown).toContain("1:hello\n");
  });

  it("plays faster and slower, from the moment at which it is told to", async () => {
    const { desk, clock } = await ready();
    desk.play();
    await clock.pass(1000);
    desk.setSpeed(4);
    await clock.pass(1000);
    desk.setSpeed(0.5);
    await clock.pass(1000);
    desk.pause();
    expect(desk.position.value).toBeCloseTo(5.5, 5);
  });

  it("is wound on and back, and back shows it anew", async () => {
    const { desk, screen } = await ready();
    desk.seek(8);
    expect(screen.shown).toBe("[reset]1:$ 1:echo hello\n1:hello\n2:tail\n");
    desk.seek(1.5);
    expect(screen.shown.split("[reset]").at(-1)).toBe("1:$ 1:echo hello\n");
    desk.seek(100);
    expect(desk.position.value).toBe(10);
    desk.seek(-3);
    expect(desk.position.value).toBe(0);
  });

  it("goes from step to step", async () => {
    const { desk } = await ready();
    const position = (act: () => void) => {
      act();
      return desk.position.value;
    };
    expect(position(() => desk.toNextStep())).toBe(1);
    expect(position(() => desk.toNextStep())).toBe(6);
    expect(position(() => desk.toNextStep())).toBe(10);
    expect(position(() => desk.toPreviousStep())).toBe(6);
    // Just begun, "previous" is the one before.
    expect(position(() => desk.toPreviousStep())).toBe(1);
    expect(position(() => desk.toStep(1))).toBe(6);
    expect(position(() => desk.toStep(99))).toBe(6);
    expect(position(() => desk.toPreviousStep())).toBe(1);
  });

  it("goes from command to command", async () => {
    const { desk, clock } = await ready();
    const position = (act: () => void) => {
      act();
      return desk.position.value;
    };
    expect(position(() => desk.toNextAct())).toBe(1);
    expect(position(() => desk.toNextAct())).toBe(3);
    expect(position(() => desk.toNextAct())).toBe(6);
    expect(position(() => desk.toNextAct())).toBe(10);
    expect(position(() => desk.toPreviousAct())).toBe(6);
    expect(position(() => desk.toPreviousAct())).toBe(3);
    expect(position(() => desk.toPreviousAct())).toBe(1);
    expect(position(() => desk.toPreviousAct())).toBe(0);
    // Further on in a command, it is that one first.
    desk.seek(6);
    desk.play();
    await clock.pass(1800);
    expect(position(() => desk.toPreviousAct())).toBe(6);
  });

  it("plays one command and stops at its end, and goes on from there when it is told to", async () => {
    const { desk, screen, clock } = await ready();
    desk.playAct("greet", 0);
    expect([desk.position.value, desk.isPlaying.value]).toEqual([1, true]);
    await clock.pass(1500);
    desk.pause();
    desk.play();
    await clock.pass(20_000);
    expect([desk.position.value, desk.isPlaying.value]).toEqual([3, false]);
    expect(screen.shown).toBe("[reset]1:$ 1:echo hello\n1:hello\n");
    desk.play();
    await clock.pass(20_000);
    expect(desk.position.value).toBe(10);
  });

  it("shows a file that is written, and nothing of what was not recorded", async () => {
    const { desk } = await ready();
    desk.playAct("greet", 1);
    expect([desk.position.value, desk.isPlaying.value]).toEqual([3, false]);
    expect(desk.caption.value).toEqual({ kind: "file", path: "hello.txt" });
    desk.playAct("greet", 7);
    expect([desk.position.value, desk.isPlaying.value]).toEqual([3, false]);
  });

  it("shows the beginning of a step that is asked for, and stops there", async () => {
    const { desk, clock } = await ready();
    desk.play();
    await clock.pass(500);
    desk.showStep("watch");
    desk.showStep("unknown");
    expect([desk.position.value, desk.isPlaying.value]).toEqual([6, false]);
  });

  it("begins anew when it is played at its end", async () => {
    const { desk, screen, clock } = await ready();
    desk.seek(10);
    desk.play();
    expect([desk.position.value, desk.isPlaying.value]).toEqual([0, true]);
    await clock.pass(1100);
    expect(screen.shown.split("[reset]").at(-1)).toBe("1:$ 1:echo hello\n");
  });

  it("shows the terminal of the latest command, unless another is chosen", async () => {
    const { desk } = await ready();
    desk.seek(2);
    desk.chooseTerminal(2);
    expect(desk.terminal.value).toBe(2);
    desk.seek(7);
    expect(desk.terminal.value).toBe(2);
    desk.seek(1);
    expect(desk.terminal.value).toBe(1);
  });

  it("tells of files that are written, and of steps that are done", async () => {
    const { desk } = await ready();
    desk.seek(3.5);
    expect(desk.caption.value).toEqual({ kind: "file", path: "hello.txt" });
    desk.seek(4);
    expect(desk.caption.value).toEqual({ kind: "done" });
    desk.seek(6);
    expect(desk.caption.value).toBeUndefined();
  });

  it("without motion goes from the end of a command to that of the next, and rests there", async () => {
    const { desk, screen, clock } = await ready({ isCalm: () => true });
    desk.play();
    expect(desk.position.value).toBe(3);
    expect(screen.shown).toBe("[reset]1:$ 1:echo hello\n1:hello\n");
    await clock.pass(3900);
    expect(desk.position.value).toBe(3);
    await clock.pass(200);
    expect([desk.position.value, desk.isPlaying.value]).toEqual([8, true]);
    await clock.pass(4100);
    expect([desk.position.value, desk.isPlaying.value]).toEqual([10, false]);
    desk.seek(0);
    desk.toNextStop();
    expect([desk.position.value, desk.isPlaying.value]).toEqual([3, false]);
    desk.playAct("watch", 0);
    expect([desk.position.value, desk.isPlaying.value]).toEqual([8, false]);
  });

  it("that is shown later shows what has been up to then, in the size that it has by then", async () => {
    const text = castOf([
      [0, "o", "a"],
      [1, "r", "80x24"],
      [1, "o", "b"],
    ]);
    const { desk } = await ready({ fetch: answering(text) });
    desk.seek(1);
    const screen = new FakeScreen();
    desk.attach(screen);
    expect(screen.shown).toBe("[reset]1:a[80x24]1:b");
  });

  it("that does not come is told, and can be asked for again", async () => {
    let answer = () => Promise.resolve(new Response("", { status: 404 }));
    const desk = new RecordingDesk({ source: "a.cast", fetch: () => answer() });
    await desk.load();
    expect(desk.state.value).toEqual({ phase: "failed", reason: "unreachable" });
    answer = () => Promise.resolve(new Response(cast));
    await desk.load();
    expect(desk.state.value.phase).toBe("ready");
  });

  it("that is none is told with what is wrong", async () => {
    const desk = new RecordingDesk({ source: "a.cast", fetch: answering("<!doctype html>") });
    await desk.load();
    expect(desk.state.value).toEqual({
      phase: "failed",
      reason: "malformed",
      problem: "The first line is no JSON, but should be the recording's header.",
    });
  });

  it("is not waited for for ever", async () => {
    const clock = new FakeClock();
    const desk = new RecordingDesk({ source: "a.cast", clock, fetch: waiting, loadMs: 5000 });
    void desk.load();
    await clock.pass(4900);
    expect(desk.state.value.phase).toBe("loading");
    await clock.pass(200);
    expect(desk.state.value).toEqual({ phase: "failed", reason: "unreachable" });
  });

  it("does nothing more once it is given up", async () => {
    const { desk, screen, clock } = await ready();
    desk.play();
    desk[Symbol.dispose]();
    await clock.pass(5000);
    expect([screen.shown, desk.isPlaying.value]).toEqual(["[reset]1:$ ", false]);
    const loading = new RecordingDesk({ source: "a.cast", fetch: waiting });
    const load = loading.load();
    loading[Symbol.dispose]();
    await load;
    expect(loading.state.value.phase).toBe("loading");
  });
});

class FakeScreen implements RecordingScreen {
  shown = "";

  reset(): void {
    this.shown += "[reset]";
  }

  write(terminal: number | "vm", text: string): void {
    this.shown += `${terminal}:${text}`;
  }

  resize(columns: number, rows: number): void {
    this.shown += `[${columns}x${rows}]`;
  }
}

async function ready(options: Partial<RecordingDeskOptions> = {}) {
  const clock = new FakeClock();
  const screen = new FakeScreen();
  const desk = new RecordingDesk({ source: "a.cast", clock, fetch: answering(cast), ...options });
  await desk.load();
  await settle();
  desk.attach(screen);
  return { desk, screen, clock };
}

function answering(text: string): RecordingDeskOptions["fetch"] {
  return () => Promise.resolve(new Response(text));
}

function waiting(_: string, { signal }: { signal: AbortSignal }): Promise<Response> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error));
  });
}
