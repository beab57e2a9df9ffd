// Over 250 lines because it follows one desk through everything a learner does with a lesson, on one set of fakes.
import { beforeEach, describe, expect, it } from "vitest";
import { effect } from "@preact/signals";
import { judgeQuiz } from "../../src/checks/judge-quiz.ts";
import type { Command } from "../../src/sandbox/command-queue.ts";
import type { Lesson, Step } from "../../src/lessons/model.ts";
import { withSolutionSeen, withStepDone } from "../../src/lessons/progress.ts";
import { errorSentence } from "../../src/sandbox/error-sentence.ts";
import type { Seat } from "../../src/sandbox/lesson-desk-options.ts";
import { LessonDesk } from "../../src/sandbox/lesson-desk.ts";
import { NoticeBoard } from "../../src/sandbox/notice-board.ts";
import { WorkspaceKeeper } from "../../src/sandbox/workspace-keeper.ts";
// Loaded when it is needed, and here before: the tests count turns.
import "../../src/sandbox/begin-from.ts";
import { FakeClock, settle } from "./checks-fakes.ts";
import { FakeKept, FakeStore, FakeWorkspace, lessonFile } from "./sandbox-fakes.ts";

const step = (id: string, files: Step["files"] = []): Step => ({
  id,
  title: id,
  files,
  checks: [{ kind: "file", path: "done" }],
  hints: 0,
  solution: [],
  wrong: [],
});

const first: Lesson = {
  id: "c/first",
  title: "First",
  machine: { terminals: 1, images: [], features: [] },
  start: null,
  files: [lessonFile("app.py", "print(1)")],
  steps: [step("look"), step("change", [lessonFile("app.py", "print(2)")])],
};

const second: Lesson = {
  ...first,
  id: "c/second",
  title: "Second",
  start: {
    lesson: first.id,
    title: "First",
    files: first.files,
    actions: [
      { type: "file", path: "Dockerfile", content: "FROM busybox" },
      { type: "command", command: "docker build -t app .", terminal: 1, background: false, interrupt: false },
      { type: "answer", quiz: "which", answer: [1] },
      { type: "command", command: "docker run app", terminal: 2, background: true, interrupt: false },
    ],
  },
  files: [lessonFile("second.txt", "second")],
  steps: [step("go-on")],
};

let workspace: FakeWorkspace;
let kept: FakeKept;
let store: FakeStore;
let board: NoticeBoard;
let desk: LessonDesk;
let seat: Seat;
let log: string[];
/** Makes the machine refuse to be reset. */
let isDeaf: boolean;
let hasMachine: boolean;
let hasStorage: boolean;
/** What closing the editor, and saving what is in it, wait for. */
let editor: Promise<void>;
/** Why the part of the page that keeps workspaces cannot be loaded. */
let missing: Error | undefined;
let clock: FakeClock;

beforeEach(() => {
  kept = new FakeKept();
  store = new FakeStore();
  begin();
});

/** A new visit, with a fresh machine. */
function begin() {
  workspace = new FakeWorkspace();
  board = new NoticeBoard();
  log = [];
  isDeaf = false;
  hasMachine = true;
  hasStorage = true;
  editor = Promise.resolve();
  missing = undefined;
  clock = new FakeClock();
  seat = {
    machine: {
      workspace,
      capabilities: { consoles: 3, save: true, reset: true, run: true, features: ["buildkit"] },
      image: { id: "i", engineVersion: "26", kernelVersion: "6", containerImages: ["busybox:latest"] },
    },
    runner: {
      open: () => log.push(`asked with ${Object.keys(workspace.text()).sort().join(" ")}`),
      close: () => undefined,
      checkAgain: () => undefined,
      answer: () => undefined,
    },
    typist: {
      carryOut: ({ command, terminal }: Command) => {
        log.push(`${terminal}: ${command}`);
        return Promise.resolve();
      },
      forget: () => undefined,
    },
  };
  desk = new LessonDesk({
    progress: store,
    now: () => new Date("2026-05-01"),
    judge: (spec, answer) => Promise.resolve(judgeQuiz(spec, answer)),
    board,
    clock,
    openKeeper: () =>
      missing === undefined
        ? Promise.resolve(
            new WorkspaceKeeper({
              kept,
              clock,
              now: () => new Date("2026-05-01"),
              onNotKept: () => undefined,
              onReplaced: () => void desk.enterAgain(),
            }),
          )
        : Promise.reject(missing),
    saveEditor: () => editor,
    closeEditor: () => {
      log.push("editor closed");
      return editor;
    },
    // As the workbench does it.
    async resetMachine(choice, whenReset) {
      if (!hasMachine) return "none";
      const reset = async () => {
        if (isDeaf) throw new Error("It is deaf.");
        log.push(`machine reset, ${choice}`);
        if (choice === "clear") for (const { name } of await workspace.list("")) await workspace.remove(name);
      };
      try {
        await desk.aroundReset(choice, reset, whenReset);
        return "done";
      } catch (error) {
        log.push(`said: ${errorSentence(error)}`);
        return "failed";
      }
    },
    showTerminal: (terminal) => log.push(`terminal ${terminal}`),
    forgetMachine: (lesson) =>
      hasStorage
        ? Promise.resolve(void log.push(`machine of ${lesson} forgotten`))
        : Promise.reject(new Error("There is no storage.")),
  });
}

const words = () => board.notices.value.map((notice) => notice.words);

async function choose(label: string): Promise<void> {
  const choice = board.notices.value.flatMap(({ choices }) => choices).find((each) => each.label === label);
  if (choice === undefined) throw new Error(`no “${label}” among: ${words().join(" | ")}`);
  choice.act();
  for (let n = 0; n < 4; n++) await settle();
}

async function open(lesson: Lesson | null): Promise<void> {
  desk.open(lesson);
  for (let n = 0; n < 4; n++) await settle();
}

const current = () => desk.steps.value.find(({ isCurrent }) => isCurrent)?.id;

describe("a lesson on a machine", () => {
  it("asks its checks only when its files are there", async () => {
    await open(first);
    expect(log).not.toContain("asked with app.py");
    await desk.connect(seat);
    await settle();
    expect(log.at(-1)).toBe("asked with app.py");
    expect(words()).toEqual([]);
  });

  it("takes its place from another, whose work is put aside", async () => {
    await open(first);
    await desk.connect(seat);
    workspace.save("mine.txt", "mine");
    await open(null);
    expect(workspace.text()).toEqual({});
    await open(first);
    expect(workspace.text()["mine.txt"]).toBe("mine");
    expect(log.filter((line) => line === "editor closed")).toHaveLength(3);
  });

  it("is never seen with the steps of another", () => {
    const seen: string[] = [];
    const end = effect(
      () => void seen.push([desk.lesson.value?.id, ...desk.steps.value.map(({ id }) => id)].join(" ")),
    );
    desk.open(second);
    desk.open(first);
    desk.open(null);
    end();
    expect(seen).toEqual(["", "c/second go-on", "c/first look change", ""]);
  });

  it("says what the machine lacks, in words", async () => {
    await open({
      ...first,
      machine: { terminals: 4, images: ["busybox", "nginx:1"], features: ["buildkit", "swarm"] },
    });
    await desk.connect(seat);
    expect(words()).toEqual([
      "This lesson needs Swarm, the image nginx:1 and 4 terminals, which this machine does not have. Some of its steps cannot be done here.",
    ]);
  });

  it("offers a fresh machine when another lesson has used this one", async () => {
    await open(null);
    await desk.connect(seat);
    desk.noteUse();
    await open(first);
    isDeaf = true;
    await choose("Reset the machine");
    expect(words()[0]).toMatch(/This machine has been used before/);
    isDeaf = false;
    await choose("Reset the machine");
    expect(log).toContain("machine reset, keep");
    expect(words()).toEqual([]);
    expect(workspace.text()["app.py"]).toBe("print(1)");
  });

  it("offers nothing of that kind for a lesson that has been begun, or a machine that is unused", async () => {
    await open(null);
    await desk.connect(seat);
    await open(first);
    expect(words()).toEqual([]);
    desk.noteUse();
    store.update((progress) => withStepDone(progress, "c/third", "look", new Date("2026-01-01")));
    await open({ ...first, id: "c/third" });
    expect(words()).toEqual([]);
  });

  it("asks before a step's files replace the learner's own", async () => {
    await open(first);
    await desk.connect(seat);
    workspace.save("app.py", "mine");
    desk.openStep("change");
    for (let n = 0; n < 4; n++) await settle();
    expect(words()).toEqual(["This step brings a file that you have changed or made yourself: app.py."]);
    expect(workspace.text()["app.py"]).toBe("mine");
    await choose("Replace mine");
    expect(workspace.text()["app.py"]).toBe("print(2)");
  });

  it("tries again when the files could not be put in place", async () => {
    await open(first);
    workspace.isGone = true;
    await desk.connect(seat);
    expect(words()[0]).toMatch(/could not be put into the machine/);
    expect(log.some((line) => line.startsWith("asked"))).toBe(false);
    workspace.isGone = false;
    await choose("Try again");
    expect(log.at(-1)).toBe("asked with app.py");
  });
});

describe("a part of the page that cannot be loaded", () => {
  it("is said when the machine comes up, and the lesson goes on once it is there", async () => {
    missing = new Error("Failed to fetch.");
    await open(first);
    await desk.connect(seat);
    expect(words()).toEqual(["The files of this page could not be put into the machine. Failed to fetch."]);
    missing = undefined;
    await choose("Try again");
    expect(words()).toEqual([]);
    expect(log.at(-1)).toBe("asked with app.py");
  });

  it("is tried again when another lesson is opened", async () => {
    missing = new Error("Failed to fetch.");
    await open(first);
    await desk.connect(seat);
    missing = undefined;
    await open(second);
    expect(workspace.text()).toEqual({ "second.txt": "second" });
    expect(words()).not.toContain("The files of this page could not be put into the machine. Failed to fetch.");
  });
});

describe("a lesson that is left before its files are in place", () => {
  it("does not come back over the one that was opened after it", async () => {
    await open(first);
    await desk.connect(seat);
    const { promise, resolve } = Promise.withResolvers<void>();
    editor = promise;
    await open(second);
    editor = Promise.resolve();
    await open({ ...first, id: "c/third", files: [lessonFile("third.txt", "third")] });
    resolve();
    for (let n = 0; n < 4; n++) await settle();
    expect(Object.keys(workspace.text())).toEqual(["third.txt"]);
    workspace.save("mine.txt", "mine");
    await desk.flush();
    expect(Object.keys(kept.text("c/third") ?? {}).sort()).toEqual(["mine.txt", "third.txt"]);
    expect(kept.text("c/second")).toBeUndefined();
  });
});

describe("a machine that does not answer", () => {
  beforeEach(async () => {
    await open(first);
    await desk.connect(seat);
    for (let n = 0; n < 4; n++) await settle();
    log = [];
  });

  const reset = (workspace: "keep" | "clear") =>
    desk.aroundReset(workspace, () => Promise.resolve(void log.push(`machine reset, ${workspace}`)));

  it.each(["keep", "clear"] as const)("is reset soon although the editor cannot save into it: %s", async (choice) => {
    editor = new Promise(() => undefined);
    void reset(choice);
    await clock.pass(9000);
    expect(log).not.toContain(`machine reset, ${choice}`);
    await clock.pass(2000);
    expect(log).toContain(`machine reset, ${choice}`);
  });

  it.each(["keep", "clear"] as const)("is reset soon although a lesson is on its way into it: %s", async (choice) => {
    begin();
    workspace.isSilent = true;
    desk.open(first);
    void desk.connect(seat);
    await settle();
    void reset(choice);
    await clock.pass(25_000);
    expect(log).toContain(`machine reset, ${choice}`);
  });

  it("is said to be so, instead of the lesson that was to come into it", async () => {
    editor = new Promise(() => undefined);
    desk.open({ ...first, id: "c/third" });
    await clock.pass(11_000);
    expect(words()).toEqual([
      "The files of this page could not be put into the machine. The machine does not give its files. Wait until it answers again, or start it anew.",
    ]);
  });

  it("leaves a lesson as it is when another machine comes before it could be reset, and says so", async () => {
    store.update((progress) => withStepDone(progress, first.id, "look", new Date("2026-04-01")));
    for (let n = 0; n < 4; n++) await settle();
    workspace.isSilent = true;
    const resetting = desk.resets.lesson();
    await settle();
    void desk.connect(undefined);
    workspace = new FakeWorkspace();
    void desk.connect({ ...seat, machine: { ...seat.machine, workspace } });
    await clock.pass(25_000);
    await resetting;
    expect(log).toContain(
      "said: The machine was replaced before it could be reset. Reset it again if you still want that.",
    );
    expect([Object.keys(store.progress), desk.resets.last.value]).toEqual([[first.id], undefined]);
  });
});

describe("a reset", () => {
  beforeEach(async () => {
    await open(first);
    await desk.connect(seat);
  });

  it("of a step takes back its tick and its files, and leaves the machine alone", async () => {
    workspace.save("mine.txt", "mine");
    store.update((progress) => withStepDone(progress, first.id, "look", new Date("2026-04-01")));
    await settle();
    await desk.resets.step("look", { machine: false });
    expect(desk.steps.value.map(({ state }) => state)).toEqual(["current", "open"]);
    expect(workspace.text()).toEqual({ "app.py": "print(1)" });
    expect(log.some((line) => line.startsWith("machine reset"))).toBe(false);
    expect(desk.resets.last.value).toEqual({ count: 1, step: "look" });
  });

  it("of a step whose beginning is not kept says what it could not do", async () => {
    desk.openStep("change");
    for (let n = 0; n < 4; n++) await settle();
    workspace.save("app.py", "solved");
    kept.workspaces.delete("c/first#change");
    await desk.resets.step("change", { machine: false });
    expect(workspace.text()["app.py"]).toBe("print(2)");
    expect(words()).toEqual([
      "This browser does not know how the files were when the step began. They stay as they are; only those that the step brings are written anew: app.py.",
    ]);
    kept.workspaces.delete("c/first#look");
    await desk.resets.step("look", { machine: false });
    expect(words()).toEqual([
      "This browser does not know how the files were when the step began. They stay as they are.",
    ]);
    await open(null);
    expect(words()).toEqual([]);
  });

  it("of a step takes the machine back too, if that is wanted", async () => {
    await desk.resets.step("look", { machine: true });
    expect(log).toContain("machine reset, keep");
  });

  it("of the lesson leaves nothing of it, and begins it anew", async () => {
    workspace.save("mine.txt", "mine");
    store.update((progress) => withStepDone(progress, first.id, "look", new Date("2026-04-01")));
    for (let n = 0; n < 4; n++) await settle();
    expect(workspace.text()["app.py"]).toBe("print(2)");
    await desk.resets.lesson();
    for (let n = 0; n < 4; n++) await settle();
    expect(store.progress).toEqual({});
    expect(current()).toBe("look");
    expect(log).toContain("machine of c/first forgotten");
    expect(log).toContain("machine reset, clear");
    expect(workspace.text()).toEqual({ "app.py": "print(1)" });
    expect(log.at(-1)).toBe("asked with app.py");
  });

  it("of the lesson forgets its files once, and none of the lesson that has been opened meanwhile", async () => {
    await open(second);
    workspace.save("mine.txt", "mine");
    await open(first);
    const forgotten: string[] = [];
    const forget = kept.forgetWorkspace.bind(kept);
    kept.forgetWorkspace = (key) => (forgotten.push(key), forget(key));
    const { promise, resolve } = Promise.withResolvers<void>();
    editor = promise;
    const resetting = desk.resets.lesson();
    await settle();
    desk.open(second);
    await settle();
    resolve();
    await resetting;
    for (let n = 0; n < 4; n++) await settle();
    expect(forgotten.filter((key) => !key.includes("#"))).toEqual([first.id]);
    expect(workspace.text()["mine.txt"]).toBe("mine");
  });

  it("of the lesson works without a machine", async () => {
    hasMachine = false;
    await desk.connect(undefined);
    await desk.resets.lesson();
    expect([...kept.workspaces.keys()]).toEqual([]);
    begin();
    await open(first);
    await desk.connect(seat);
    expect(workspace.text()).toEqual({ "app.py": "print(1)" });
  });
});

describe("a reset that fails", () => {
  beforeEach(async () => {
    await open(first);
    await desk.connect(seat);
    workspace.save("mine.txt", "mine");
    store.update((progress) => withStepDone(progress, first.id, "look", new Date("2026-04-01")));
    for (let n = 0; n < 4; n++) await settle();
    log = [];
  });

  /** What the learner had, and what became of the machine. */
  const state = () => [workspace.text()["mine.txt"], Object.keys(store.progress), desk.resets.last.value];

  it("on a step's machine leaves the step as it was", async () => {
    isDeaf = true;
    await desk.resets.step("look", { machine: true });
    expect(log).toEqual(["said: It is deaf."]);
    expect(state()).toEqual(["mine", [first.id], undefined]);
  });

  it("on a step's files leaves its progress as it was, and is heard of", async () => {
    kept.problem = new Error("The disk is broken.");
    await desk.resets.step("look", { machine: false });
    expect(words()).toEqual(["The step could not be reset. The disk is broken."]);
    expect(state()).toEqual(["mine", [first.id], undefined]);
  });

  it("on a lesson's machine leaves the lesson as it was, and goes on asking", async () => {
    isDeaf = true;
    await desk.resets.lesson();
    for (let n = 0; n < 4; n++) await settle();
    expect(log).toContain("said: It is deaf.");
    expect(state()).toEqual(["mine", [first.id], undefined]);
    expect(log.at(-1)).toBe("asked with app.py mine.txt");
  });

  it("on what is kept leaves files and progress as they were, and goes on asking", async () => {
    hasStorage = false;
    await desk.resets.lesson();
    for (let n = 0; n < 4; n++) await settle();
    expect(log).toContain("said: There is no storage.");
    expect(state()).toEqual(["mine", [first.id], undefined]);
    expect(log.at(-1)).toBe("asked with app.py mine.txt");
  });
});

describe("progress that is forgotten elsewhere", () => {
  beforeEach(async () => {
    await open(first);
    await desk.connect(seat);
    store.update((progress) => withStepDone(progress, first.id, "look", new Date("2026-04-01")));
    for (let n = 0; n < 4; n++) await settle();
    log = [];
    store.update(() => ({}));
    for (let n = 0; n < 4; n++) await settle();
  });

  const question = "The progress of this lesson was forgotten. What is on this machine would tick its steps again.";

  it("is not brought back by the machine, also when the lesson is opened again, until the learner says so", async () => {
    expect(words()).toEqual([question]);
    expect(desk.steps.value.map(({ state }) => state)).toEqual(["current", "open"]);
    await open(null);
    await open(first);
    expect(words()).toEqual([question]);
    expect(log.some((line) => line.startsWith("asked"))).toBe(false);
    await choose("Go on with it as it is");
    expect(log.at(-1)).toBe("asked with app.py");
    expect(words()).toEqual([]);
  });

  it("is asked for on a machine that was reset, and the question stays when that failed", async () => {
    isDeaf = true;
    await choose("Reset the machine");
    expect(words()).toEqual([question]);
    isDeaf = false;
    await choose("Reset the machine");
    expect(words()).toEqual([]);
    expect(log).toContain("machine reset, keep");
    expect(log.at(-1)).toBe("asked with app.py");
  });

  it("is asked for as soon as the machine is reset from elsewhere", async () => {
    await desk.aroundReset("keep", () => Promise.resolve());
    expect(words()).toEqual([]);
    await settle();
    expect(log.at(-1)).toBe("asked with app.py");
  });

  it("does not have another lesson asked while the machine is brought to where that begins", async () => {
    desk.noteUse();
    await open(second);
    log = [];
    await choose("Bring the machine there");
    const asked = log.findIndex((line) => line.startsWith("asked"));
    expect(log).toContain("machine reset, keep");
    expect(asked).toBeGreaterThan(log.indexOf("1: docker run app"));
  });

  it("has the lesson's beginning offered once more on the machine that was reset", async () => {
    await open(second);
    await choose("Bring the machine there");
    store.update((progress) => withStepDone(progress, second.id, "go-on", new Date("2026-04-01")));
    desk.noteUse();
    store.update(() => ({}));
    for (let n = 0; n < 4; n++) await settle();
    expect(words()).toEqual([question]);
    await choose("Reset the machine");
    expect(words()).toEqual([expect.stringMatching(/^This lesson goes on from “First”\./) as string]);
  });

  it("is asked for on another machine", async () => {
    await desk.connect(seat);
    await settle();
    expect(words()).toEqual([]);
    expect(log.at(-1)).toBe("asked with app.py");
  });
});

describe("a lesson that goes on from another", () => {
  it("brings the machine there, and says how far it is", async () => {
    await open(second);
    await desk.connect(seat);
    expect(words()).toEqual(["This lesson goes on from “First”."]);
    await choose("Bring the machine there");
    const commands = log.filter((line) => /^(\d:|terminal|machine)/.test(line));
    expect(commands).toEqual(["terminal 0", "0: docker build -t app .", "terminal 1", "1: docker run app"]);
    expect(workspace.text()).toEqual({
      "app.py": "print(1)",
      Dockerfile: "FROM busybox",
      "second.txt": "second",
    });
    expect(words()).toEqual([]);
    expect(log.at(-1)).toBe("asked with Dockerfile app.py second.txt");
    expect(Object.keys(store.progress)).toEqual([second.id]);
  });

  it("resets a used machine before, and says so", async () => {
    await open(null);
    await desk.connect(seat);
    desk.noteUse();
    await open(second);
    expect(words()[0]).toMatch(/it is reset first/);
    await choose("Bring the machine there");
    expect(log.indexOf("machine reset, keep")).toBeLessThan(log.indexOf("0: docker build -t app ."));
  });

  it("is offered again when the machine could not be reset before", async () => {
    await open(null);
    await desk.connect(seat);
    desk.noteUse();
    await open(second);
    isDeaf = true;
    await choose("Bring the machine there");
    expect(words()[0]).toMatch(/it is reset first/);
    expect(Object.keys(store.progress)).toEqual([]);
    expect(log.at(-1)).toMatch(/^asked/);
    isDeaf = false;
    await choose("Bring the machine there");
    expect(log).toContain("1: docker run app");
  });

  it("is offered although the learner skipped, jumped or looked at a solution before there was a machine", async () => {
    await open(second);
    store.update((progress) => withSolutionSeen(progress, second.id, "go-on"));
    desk.openStep("go-on");
    desk.skipStep("go-on");
    await desk.connect(seat);
    expect(words()[0]).toMatch(/^This lesson goes on from/);
  });

  it("is offered on a later visit too, as long as nothing has been done on a machine", async () => {
    await open(second);
    desk.skipStep("go-on");
    begin();
    await open(second);
    await desk.connect(seat);
    expect(words()[0]).toMatch(/^This lesson goes on from/);
  });

  it("can be stopped on the way", async () => {
    seat = { ...seat, typist: { ...seat.typist, carryOut: (_, signal) => rejectOn(signal) } };
    await open(second);
    await desk.connect(seat);
    await choose("Bring the machine there");
    expect(words()).toEqual(["Bringing the machine to the end of “First”: 2 of 3."]);
    await choose("Stop");
    expect(words()).toEqual([]);
    expect(workspace.text()["second.txt"]).toBe("second");
  });

  it("is neither offered again nor asked about on the way, when the machine is reset after its progress was forgotten", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    seat = { ...seat, typist: { ...seat.typist, carryOut: () => promise } };
    await open(second);
    await desk.connect(seat);
    await choose("Bring the machine there");
    store.update((progress) => withStepDone(progress, second.id, "go-on", new Date("2026-04-01")));
    store.update(() => ({}));
    log = [];
    await desk.aroundReset("keep", () => Promise.resolve());
    for (let n = 0; n < 4; n++) await settle();
    expect([words(), log]).toEqual([[], []]);
    resolve();
    for (let n = 0; n < 4; n++) await settle();
    expect(log.at(-1)).toMatch(/^asked/);
  });

  it("ends when another lesson is opened on the way, and leaves that one alone", async () => {
    seat = { ...seat, typist: { ...seat.typist, carryOut: (_, signal) => rejectOn(signal) } };
    await open(second);
    await desk.connect(seat);
    await choose("Bring the machine there");
    await open(first);
    expect(workspace.text()).toEqual({ "app.py": "print(1)" });
    expect(words()).toEqual([]);
  });

  it("takes over the learner's own files of it", async () => {
    await open(first);
    await desk.connect(seat);
    workspace.save("app.py", "mine");
    await open(second);
    await choose("I did it here already");
    expect(workspace.text()).toEqual({ "app.py": "mine", "second.txt": "second" });
    expect(log.at(-1)).toBe("asked with app.py second.txt");
  });

  it("does not ask again once it has been begun", async () => {
    await open(second);
    await desk.connect(seat);
    await choose("I did it here already");
    begin();
    await open(second);
    await desk.connect(seat);
    expect(words()).toEqual([]);
  });
});

describe("a file that is written from the page", () => {
  let written: number;
  const write = async (path: string, content: string) => {
    await desk.write({ path, content, onWritten: () => written++ });
  };

  beforeEach(async () => {
    written = 0;
    await open(first);
    await desk.connect(seat);
  });

  it("is written over what the lesson itself put there, and where there is none", async () => {
    await write("app.py", "print(9)");
    await write("new/Dockerfile", "FROM busybox");
    await write("new/Dockerfile", "FROM alpine");
    expect(workspace.text()).toEqual({ "app.py": "print(9)", "new/Dockerfile": "FROM alpine" });
    expect(written).toBe(3);
    expect(words()).toEqual([]);
  });

  it("is written over what the earlier lesson's solution left", async () => {
    await open(second);
    workspace.save("app.py", "print(1)");
    await write("app.py", "print(9)");
    expect([workspace.text()["app.py"], written]).toEqual(["print(9)", 1]);
  });

  it("replaces the learner's own only if they say so, and keeps its mode", async () => {
    workspace.save("app.py", "mine", 0o755);
    await write("app.py", "print(9)");
    expect(words()).toEqual(["There is a different app.py in /workspace."]);
    expect([workspace.text()["app.py"], written]).toEqual(["mine", 0]);
    await choose("Keep mine");
    await write("app.py", "print(9)");
    await choose("Replace it");
    expect([workspace.text()["app.py"], written]).toEqual(["print(9)", 1]);
    expect(workspace.files.get("app.py")?.mode).toBe(0o755);
  });
});

function rejectOn(signal: AbortSignal): Promise<void> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
}
