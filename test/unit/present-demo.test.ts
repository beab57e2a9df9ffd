import { expect, it } from "vitest";
import type { TypedCommand } from "../../src/checks/world.ts";
import type { SolutionAction } from "../../src/lessons/model.ts";
import { Demo, type DemoSeat } from "../../src/present/demo.ts";
import { presentWords as words } from "../../src/words/present.ts";
import { FakeClock } from "./checks-fakes.ts";

const command = (text: string, more: Partial<SolutionAction & { type: "command" }> = {}): SolutionAction => ({
  type: "command",
  command: text,
  terminal: 1,
  background: false,
  interrupt: false,
  ...more,
});

/** A seat that writes down what was done with it. */
function setUp(solution: readonly SolutionAction[], { isCalm = false, isReady = true } = {}) {
  const did: string[] = [];
  let line = "";
  let number = 0;
  const busy = new Set<number>();
  const listeners = new Set<(command: TypedCommand) => void>();
  const tell = (terminal: number, exitCode: number | undefined, its = line) => {
    if (exitCode === undefined) number++;
    if (exitCode === undefined) busy.add(terminal);
    else busy.delete(terminal);
    for (const listener of listeners) listener({ number, terminal, line: its, exitCode });
  };
  const seat: DemoSeat = {
    isReady: () => isReady,
    isBusy: (terminal) => busy.has(terminal),
    show: (terminal) => void did.push(`show ${terminal}`),
    type: (_, text) => void (line += text),
    enter: (terminal) => {
      did.push(`enter ${line}`);
      tell(terminal, undefined);
      line = "";
    },
    clearLine: () => {
      if (line !== "") did.push(`clear ${line}`);
      line = "";
    },
    interrupt: (terminal) => {
      did.push("interrupt");
      if (busy.has(terminal)) tell(terminal, 130);
    },
    runSmall: (its) => void did.push(`small ${its}`),
    write: ({ path }) => Promise.resolve(void did.push(`write ${path}`)),
    answer: (quiz, answer) => Promise.resolve(void did.push(`answer ${quiz} ${answer.join()}`)),
    onCommand(listener) {
      listeners.add(listener);
      return { [Symbol.dispose]: () => listeners.delete(listener) };
    },
  };
  const clock = new FakeClock();
  const lesson = {
    steps: [
      { id: "one", title: "One", files: [], checks: [], hints: 0, solution, wrong: [] },
      { id: "two", title: "Two", files: [], checks: [], hints: 0, solution: [command("docker ps")], wrong: [] },
    ],
  };
  const demo = new Demo({ lesson, seat, clock, random: () => 0.5, pace: () => "usual", isCalm: () => isCalm });
  demo.goTo("one");
  return { demo, clock, did, busy, tell, line: () => line, states: () => demo.acts.value.map(({ state }) => state) };
}

it("types letter by letter and leaves the command there until it is entered", async () => {
  const { demo, clock, did, line, states, tell } = setUp([command("docker images")]);
  void demo.type();
  await clock.pass(200);
  expect("docker images".startsWith(line())).toBe(true);
  expect(line().length).toBeGreaterThan(0);
  expect(line().length).toBeLessThan(13);
  expect(states()).toEqual(["typing", "open"]);
  await clock.pass(5000);
  expect(line()).toBe("docker images");
  expect(states()[0]).toBe("typed");
  expect(did).toEqual(["show 1"]);
  demo.enter();
  expect(did).toEqual(["show 1", "enter docker images"]);
  expect(states()[0]).toBe("running");
  expect(demo.next.value).toBeUndefined();
  tell(1, 0, "docker images");
  await clock.pass(1000);
  expect(demo.acts.value[0]).toMatchObject({ state: "done", exitCode: 0 });
});

it("stops in the middle of a command and goes on with it", async () => {
  const { demo, clock, line } = setUp([command("docker images")]);
  void demo.type();
  await clock.pass(200);
  demo.pause();
  await clock.pass(200);
  const before = line();
  await clock.pass(60_000);
  expect(line()).toBe(before);
  expect(demo.isPaused.value).toBe(true);
  demo.pause();
  await clock.pass(5000);
  expect(line()).toBe("docker images");
});

it("runs at once, also what is half typed", async () => {
  const { demo, clock, did } = setUp([command("docker images"), command("docker ps -a")]);
  void demo.type();
  await clock.pass(200);
  await demo.run();
  expect(did.filter((each) => each.startsWith("enter"))).toEqual(["enter docker images"]);
  await clock.pass(60_000);
  expect(did.filter((each) => each.startsWith("enter"))).toEqual(["enter docker images"]);
  expect(demo.next.value).toBe(1);
});

it("does not type into a program that runs, and says so", async () => {
  const { demo, busy, line } = setUp([command("docker images")]);
  busy.add(1);
  await demo.type();
  expect(demo.problem.value).toBe(words.terminalBusy(1));
  expect(line()).toBe("");
});

it("types into a program that the lesson started to be typed into", async () => {
  const { demo, did } = setUp([command("sh", { background: true }), command("echo inside")]);
  await demo.run();
  await demo.run();
  expect(did.filter((each) => each.startsWith("enter"))).toEqual(["enter sh", "enter echo inside"]);
});

it("presses Ctrl+C first where the lesson does", async () => {
  const { demo, did, tell } = setUp([
    command("sleep 60", { background: true }),
    command("docker ps", { interrupt: true }),
  ]);
  await demo.run();
  await demo.run();
  expect(did).toEqual(["show 1", "enter sleep 60", "show 1", "interrupt", "enter docker ps"]);
  tell(1, 0);
});

it("leaves out, repeats, and takes the one that is chosen", async () => {
  const { demo, did, states } = setUp([command("one"), command("two"), command("three")]);
  demo.skip();
  expect(states()).toEqual(["skipped", "open", "open", "open"]);
  await demo.run();
  expect(demo.next.value).toBe(2);
  demo.choose(0);
  expect(demo.next.value).toBe(0);
  expect(states()[0]).toBe("open");
  demo.again();
  expect(demo.next.value).toBe(1);
  expect(did.filter((each) => each.startsWith("enter"))).toEqual(["enter two"]);
});

it("types an edited command, takes back what stands there, and knows the lesson's own", async () => {
  const { demo, clock, did, line } = setUp([command("docker images")]);
  void demo.type();
  await clock.pass(5000);
  demo.edit(0, "docker images -a");
  expect(did.at(-1)).toBe("clear docker images");
  void demo.type();
  await clock.pass(5000);
  expect(line()).toBe("docker images -a");
  demo.edit(0, "");
  expect(demo.acts.value[0]?.text).toBe("docker images");
});

it("notices when the presenter presses Enter in the terminal", async () => {
  const { demo, clock, states, tell } = setUp([command("docker images")]);
  void demo.type();
  await clock.pass(5000);
  tell(1, undefined, "docker images");
  expect(states()[0]).toBe("running");
  tell(1, 1, "docker images");
  await clock.pass(1000);
  expect(demo.acts.value[0]).toMatchObject({ state: "done", exitCode: 1 });
});

it("writes files and answers quizzes as the lesson's solution does", async () => {
  const { demo, did, states } = setUp([
    { type: "file", path: "Dockerfile", content: "FROM scratch\n" },
    { type: "answer", quiz: "layers", answer: [1] },
  ]);
  await demo.type();
  await demo.run();
  expect(did).toEqual(["write Dockerfile", "answer layers 1"]);
  expect(states()).toEqual(["done", "done", "open"]);
});

it("has a whole command stand there at once where nothing should move", async () => {
  const { demo, line } = setUp([command("docker images")], { isCalm: true });
  await demo.type();
  expect(line()).toBe("docker images");
});

it("says when there is no machine, and when nothing is left", async () => {
  const { demo } = setUp([command("docker images")], { isReady: false });
  await demo.type();
  expect(demo.problem.value).toBe(words.machineNotReady);
  demo.skip();
  await demo.type();
  expect(demo.problem.value).toBe(words.noneLeft);
});

it("goes back to before a step, and takes up its record after a reload", async () => {
  const { demo, clock } = setUp([command("docker images")]);
  await demo.run();
  demo.goTo("two");
  void demo.type();
  await clock.pass(5000);
  const record = demo.record();
  const { demo: other } = setUp([command("docker images")]);
  other.restore(record);
  // What was under way when the page went is to be done again.
  expect(other.acts.value.map(({ state }) => state)).toEqual(["open", "open"]);
  demo.backTo("one");
  expect(demo.acts.value.map(({ state }) => state)).toEqual(["open", "open"]);
  expect(demo.next.value).toBe(0);
});
