import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import type { SavedState } from "../../src/machine/contract.ts";
import { Demo, type DemoSeat } from "../../src/present/demo.ts";
import { StepPoints } from "../../src/present/step-points.ts";
import { clockFace, timeOf } from "../../src/present/talk-clock.ts";
import { talkMessage } from "../../src/present/talk-messages.ts";
import { sessionTalkStore, type TalkRecord } from "../../src/present/talk-record.ts";
import { Talk } from "../../src/present/talk.ts";
import type { StepView } from "../../src/sandbox/lesson-run.ts";
import { FakeClock } from "./checks-fakes.ts";

const seat: DemoSeat = {
  isReady: () => true,
  isBusy: () => false,
  show: () => undefined,
  type: () => undefined,
  enter: () => undefined,
  clearLine: () => undefined,
  interrupt: () => undefined,
  runSmall: () => undefined,
  write: () => Promise.resolve(),
  answer: () => Promise.resolve(),
  onCommand: () => ({ [Symbol.dispose]: () => undefined }),
};
const solution = [{ type: "command", command: "true", terminal: 1, background: false, interrupt: false }] as const;
const step = (id: string) => ({ id, title: id, files: [], checks: [], hints: 0, solution, wrong: [] });
const lesson = { id: "course/lesson", steps: [step("one"), step("two")] };
const slides = [
  { title: "Lesson", step: undefined },
  { title: "One", step: "one" },
  { title: "One, more", step: "one" },
  { title: "Two", step: "two" },
];
const saved = (bytes: number): SavedState => ({ imageId: "image", bytes: new Blob([new Uint8Array(bytes)]) });

function setUp(record?: TalkRecord, save?: (stop: AbortSignal) => Promise<SavedState>) {
  let now = 1_000_000;
  const kept: TalkRecord[] = record ? [record] : [];
  const opened: string[] = [];
  const back: string[] = [];
  let longer = 0;
  const steps = signal<readonly StepView[]>(
    lesson.steps.map(({ id, title }) => ({
      id,
      title,
      state: "open",
      isCurrent: false,
      status: "",
      solutionSeen: false,
      rightQuizzes: [],
    })),
  );
  const demo = new Demo({
    lesson,
    seat,
    clock: new FakeClock(),
    random: () => 0,
    pace: () => "usual",
    isCalm: () => true,
  });
  const points = new StepPoints({
    save: save ?? (() => Promise.resolve(saved(10))),
    goBack: (point) => Promise.resolve(void back.push(point.step)),
    clock: new FakeClock(),
  });
  const talk = new Talk({
    lesson,
    slides,
    demo,
    points,
    store: { load: () => kept.at(-1), save: (its) => void kept.push(its) },
    steps,
    machine: signal("ready"),
    isReady: signal(true),
    openStep: (id) => void opened.push(id),
    scroll: () => longer-- > 0,
    now: () => now,
    createId: () => "talk-1",
    isDark: false,
  });
  return {
    talk,
    points,
    demo,
    kept,
    opened,
    back,
    pass: (ms: number) => (now += ms),
    makeLonger: (screens: number) => (longer = screens),
  };
}

it("goes through the slides, and opens the step of each", async () => {
  const { talk, opened } = setUp();
  for (let n = 0; n < 6; n++) await talk.take({ do: "next" });
  expect(talk.slide.value).toBe(3);
  expect(opened).toEqual(["one", "one", "two"]);
  await talk.take({ do: "previous" });
  expect(talk.slide.value).toBe(2);
  await talk.take({ do: "slide", to: 99 });
  expect(talk.slide.value).toBe(3);
});

it("shows the rest of a long slide before the next one", async () => {
  const { talk, makeLonger } = setUp();
  makeLonger(1);
  await talk.take({ do: "next" });
  expect(talk.slide.value).toBe(0);
  makeLonger(0);
  await talk.take({ do: "next" });
  expect(talk.slide.value).toBe(1);
});

it("ends the black screen with the next key, and changes nothing else by it", async () => {
  const { talk } = setUp();
  await talk.take({ do: "black" });
  await talk.take({ do: "next" });
  expect([talk.isBlack.value, talk.slide.value]).toEqual([false, 0]);
});

it("counts the time of each step from the second slide on", async () => {
  const { talk, pass } = setUp();
  pass(5000);
  await talk.take({ do: "next" });
  pass(3000);
  await talk.take({ do: "slide", to: 2 });
  pass(2000);
  await talk.take({ do: "slide", to: 3 });
  pass(1000);
  expect(talk.state.value.steps.map(({ ms }) => ms)).toEqual([5000, 0]);
  expect(talk.shownMs("two")).toBe(1000);
  expect(talk.state.value.beganAt).toBe(1_005_000);
  await talk.take({ do: "clock" });
  expect(talk.state.value.steps.map(({ ms }) => ms)).toEqual([0, 0]);
});

it("is told in messages that another window understands", async () => {
  const { talk } = setUp();
  await talk.take({ do: "next" });
  await talk.take({ do: "type" });
  const { success, data } = talkMessage.safeParse(structuredClone(talk.state.value));
  expect(success).toBe(true);
  expect(data).toMatchObject({ kind: "state", slide: 1, next: 0, acts: [{ state: "typed", text: "true" }, {}] });
  expect(talkMessage.safeParse({ kind: "order", talk: "x", order: { do: "slide", to: -1 } }).success).toBe(false);
  expect(talkMessage.safeParse({ kind: "order", talk: "x", order: { do: "shout" } }).success).toBe(false);
});

it("takes up after a reload where it was, under the same name", async () => {
  const { talk, kept } = setUp();
  await talk.take({ do: "slide", to: 3 });
  await talk.take({ do: "theme" });
  await talk.take({ do: "view" });
  const again = setUp(kept.at(-1)).talk;
  expect(again.id).toBe("talk-1");
  expect([again.slide.value, again.theme.value, again.view.value]).toEqual([3, "dark", "slides"]);
});

it("goes back to before a step only where that was saved, and says so", async () => {
  const { talk, points, back, demo } = setUp();
  await talk.take({ do: "back", step: "one" });
  expect(talk.state.value.problem).toMatch(/was not saved/);
  await points.take("one");
  await talk.take({ do: "slide", to: 1 });
  await talk.take({ do: "run" });
  await points.take("two");
  await talk.take({ do: "slide", to: 3 });
  await talk.take({ do: "back", step: "one" });
  expect(back).toEqual(["one"]);
  expect(talk.slide.value).toBe(1);
  expect(demo.acts.value.map(({ state }) => state)).toEqual(["open", "open"]);
  // What came after no longer comes about.
  expect(points.points.value.map(({ step: its }) => its)).toEqual(["one"]);
});

it("forgets the oldest state when they take too much", async () => {
  let bytes = 60;
  const points = new StepPoints({
    save: () => Promise.resolve(saved(bytes)),
    goBack: () => Promise.resolve(),
    clock: new FakeClock(),
    mostBytes: 100,
  });
  await points.take("one");
  bytes = 50;
  await points.take("two");
  expect(points.points.value.map(({ step: its }) => its)).toEqual(["two"]);
});

it("saves the state before the first command of who begins at once, and no other", async () => {
  const { talk, points } = setUp();
  await talk.take({ do: "slide", to: 1 });
  await talk.take({ do: "run" });
  expect(points.points.value.map(({ step: its }) => its)).toEqual(["one"]);
  const { talk: other, points: none, demo } = setUp();
  demo.goTo("one");
  await demo.run();
  await other.take({ do: "slide", to: 1 });
  await other.take({ do: "run" });
  expect(none.points.value).toEqual([]);
});

it("does not wait for the state when it is asked again", async () => {
  const { talk, points, demo } = setUp(undefined, (stop) => {
    return new Promise((_, reject) => stop.addEventListener("abort", () => reject(new Error("cancelled"))));
  });
  await talk.take({ do: "slide", to: 1 });
  const first = talk.take({ do: "type" });
  expect([talk.state.value.pointWork, demo.acts.value[0]?.state]).toEqual(["saving", "open"]);
  await talk.take({ do: "type" });
  await first;
  expect([points.points.value.length, demo.acts.value[0]?.state]).toEqual([0, "typed"]);
});

it("gives up a state that takes long, and what is done goes on", async () => {
  const clock = new FakeClock();
  let given: AbortSignal | undefined;
  const points = new StepPoints({
    save: (stop) =>
      new Promise((_, reject) => {
        given = stop;
        stop.addEventListener("abort", () => reject(new Error("cancelled")));
      }),
    goBack: () => Promise.resolve(),
    clock,
  });
  void points.take("one");
  let isSettled = false;
  const settled = points.settle(1000).then(() => (isSettled = true));
  await clock.pass(900);
  expect([isSettled, given?.aborted]).toEqual([false, false]);
  await clock.pass(200);
  await settled;
  expect([given?.aborted, points.points.value.length, points.problem.value]).toEqual([true, 0, undefined]);
});

it("says why a state could not be saved", async () => {
  const points = new StepPoints({
    save: () => Promise.reject(new Error("No memory.")),
    goBack: () => Promise.resolve(),
    clock: new FakeClock(),
  });
  await points.take("one");
  expect(points.problem.value).toMatch(/could not be saved. No memory/);
  expect(points.work.value).toBe("none");
});

it("keeps its record for the tab, and takes nothing else for one", () => {
  const values = new Map<string, string>();
  const storage = {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  } as unknown as Storage;
  const store = sessionTalkStore("course/lesson", () => storage);
  expect(store.load()).toBeUndefined();
  const { kept } = setUp();
  const record = kept.at(-1);
  if (record === undefined) throw new Error("A talk keeps itself");
  store.save(record);
  expect(store.load()).toEqual(record);
  values.set("drydock:talk:course/lesson", '{"slide":"last"}');
  expect(store.load()).toBeUndefined();
  const refusing = sessionTalkStore("x", () => {
    throw new Error("refused");
  });
  refusing.save(record);
  expect(refusing.load()).toBeUndefined();
});

it("tells the time of a talk, and when it runs out", () => {
  expect([clockFace(0), clockFace(61_000), clockFace(3_661_000)]).toEqual(["0:00", "1:01", "1:01:01"]);
  expect([timeOf(0, 10), timeOf(8.5 * 60_000, 10), timeOf(10.1 * 60_000, 10)]).toEqual(["good", "soon", "over"]);
});
