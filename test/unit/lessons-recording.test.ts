import { describe, expect, it } from "vitest";
import { readMark, writeMark } from "../../src/lessons/recording-mark.ts";
import { findStale } from "../../src/lessons/recording-fits.ts";
import { RecordingTape } from "../../src/lessons/recording-tape.ts";
import { outputsOf, readRecording, RecordingError } from "../../src/lessons/recording.ts";
import { castOf, headerOf, recordedSteps, shellOutput } from "./recording-fakes.ts";

const file = "content/boats/01-greetings/recording.cast";
const bytesOf = (text: string) => new TextEncoder().encode(text);

describe("a recording", () => {
  it("is read with its header, and with each output in its terminal", () => {
    const text = castOf([
      [0, "o", "$ "],
      [0.5, "m", "step greet"],
      [1, "m", "terminal 2"],
      [1, "o", "two"],
      [1.5, "m", "terminal vm"],
      [1.5, "o", "small"],
      [2, "i", "typed"],
      [2, "r", "80x24"],
    ]);
    const { header, events } = readRecording(text, file);
    expect(header).toEqual(headerOf());
    expect(events).toEqual([
      { at: 0, type: "output", terminal: 1, text: "$ " },
      { at: 0.5, type: "mark", mark: { kind: "step", step: "greet" } },
      { at: 1, type: "mark", mark: { kind: "terminal", terminal: 2 } },
      { at: 1, type: "output", terminal: 2, text: "two" },
      { at: 1.5, type: "mark", mark: { kind: "terminal", terminal: "vm" } },
      { at: 1.5, type: "output", terminal: "vm", text: "small" },
      { at: 2, type: "resize", columns: 80, rows: 24 },
    ]);
  });

  it("may have what other programs write into the header", () => {
    const text = castOf([], { ...headerOf(), env: { TERM: "xterm-256color" }, idle_time_limit: 2 });
    expect(readRecording(text, file).header.idle_time_limit).toBe(2);
  });

  it("may have no steps, as a talk has that went its own way", () => {
    const { steps: _, ...drydock } = headerOf().drydock;
    expect(readRecording(castOf([], { ...headerOf(), drydock }), file).header.drydock.steps).toEqual([]);
  });

  it.each<[string, string, number, string]>([
    ["nothing", "", 1, "The first line is no JSON, but should be the recording's header."],
    [
      "another version",
      castOf([], { ...headerOf(), version: 3 }),
      1,
      'The header\'s "version" is missing or of another form.',
    ],
    [
      "no lesson",
      castOf([], { ...headerOf(), drydock: { machine: "a", terminals: 1 } }),
      1,
      'The header\'s "drydock.lesson" is missing or of another form.',
    ],
    ["a list for a header", "[]\n", 1, "The header is no object."],
    ["a line that is cut", `${castOf([[0, "o", "a"]])}[1,"o`, 3, "The line is no JSON, but should be an event."],
    [
      "an event without text",
      castOf([[0, "o", 1 as never]]),
      2,
      'The event is not of the form [seconds, "o", "text"].',
    ],
    [
      "time that goes back",
      castOf([
        [1, "o", "a"],
        [0.5, "o", "b"],
      ]),
      3,
      "The event at 0.5 s comes after one at 1 s.",
    ],
    ["a size that is none", castOf([[0, "r", "wide"]]), 2, '"wide" is no size: it would be 100x28.'],
  ])("is refused with its line and a remedy: %s", (_, text, line, problem) => {
    const error = errorOf(() => readRecording(text, file));
    expect(error).toMatchObject({ code: "malformed-recording", file, line, problem });
    expect(error.hint).toBe("Make it anew: npm run record -- boats/greetings");
    expect(error.message).toBe(`${file}:${line}  ${problem} ${error.hint}`);
  });

  it("from elsewhere is refused with another remedy", () => {
    expect(errorOf(() => readRecording("", "talk.cast")).hint).toBe("Take a file that Drydock has recorded.");
  });
});

describe("marks", () => {
  it.each([
    "step greet",
    "done greet",
    "command greet 0",
    "end greet 12",
    "file greet 1",
    "terminal 3",
    "terminal vm",
    "a mark of somebody else",
  ])("are the same when they are read and written again: %s", (label) => {
    expect(writeMark(readMark(label))).toBe(label);
  });

  it.each(["step", "command greet", "command greet x", "terminal 0", "terminal two", "done a b"])(
    "of another form are somebody else's: %s",
    (label) => {
      expect(readMark(label)).toEqual({ kind: "other", label });
    },
  );
});

describe("what the commands printed", () => {
  it("is without the prompt and the command's own line", async () => {
    const text = castOf([
      [0, "m", "command greet 0"],
      [1, "o", shellOutput("echo hello", "hello\r\n")],
      [1, "m", "end greet 0"],
      [2, "o", "late"],
    ]);
    expect(await outputs(text)).toEqual([["greet 0", "hello"]]);
  });

  it("has lines as they were drawn last, whether by going back in them or up to them", async () => {
    const download = " 1%\r 50%\r100%\r\n\u001b[32mlayer a\u001b[0m: waiting\r\nlayer b: waiting\r\n";
    const redrawn = "\u001b[2A\u001b[2Klayer a: done\r\n\u001b[1B\u001b[1A\u001b[2Klayer b: done\r\n";
    const text = castOf([
      [0, "m", "command greet 0"],
      [1, "o", shellOutput("pull", download + redrawn)],
      [1, "m", "end greet 0"],
    ]);
    expect(await outputs(text)).toEqual([["greet 0", "100%\nlayer a: done\nlayer b: done"]]);
  });

  it("has a line that is longer than the terminal is wide in one piece, and more lines than the terminal has", async () => {
    const long = "x".repeat(230);
    const many = Array.from({ length: 200 }, (_, n) => `line ${n}`);
    const text = castOf([
      [0, "m", "command greet 0"],
      [1, "o", shellOutput("cat", `${[long, ...many].join("\r\n")}\r\n`)],
      [1, "m", "end greet 0"],
    ]);
    expect(await outputs(text)).toEqual([["greet 0", [long, ...many].join("\n")]]);
  });

  it("is of the terminal that the command was typed into, and of the last time that it was", async () => {
    const text = castOf([
      [0, "m", "command greet 0"],
      [0, "o", shellOutput("echo hello", "the first time\r\n")],
      [0, "m", "end greet 0"],
      [1, "m", "terminal 2"],
      [1, "m", "command watch 0"],
      [1, "o", "\u001b]133;C\u0007from two\r\n"],
      [2, "m", "terminal 1"],
      [2, "m", "command greet 0"],
      [2, "o", "\u001b]133;C\u0007from one\r\n"],
      [3, "m", "terminal 2"],
      [3, "o", "more from two\r\n"],
      [4, "m", "end watch 0"],
      [4, "m", "end greet 0"],
    ]);
    expect(await outputs(text)).toEqual([
      ["greet 0", "from one"],
      ["watch 0", "from two\nmore from two"],
    ]);
  });

  it("of what is typed into a program is all that comes then", async () => {
    const text = castOf([
      [0, "m", "command greet 0"],
      [1, "o", "select 1;\r\n1 row\r\n"],
      [1, "m", "end greet 0"],
    ]);
    expect(await outputs(text)).toEqual([["greet 0", "select 1;\n1 row"]]);
  });

  it("leaves the screen that a program had for itself", async () => {
    const text = castOf([
      [0, "m", "command greet 0"],
      [1, "o", shellOutput("less", "before\r\n\u001b[?1049hthe file\u001b[?1049lafter\r\n")],
      [1, "m", "end greet 0"],
    ]);
    expect(await outputs(text)).toEqual([["greet 0", "before\nafter"]]);
  });

  async function outputs(text: string): Promise<[string, string][]> {
    return [...(await outputsOf(readRecording(text, file)))];
  }
});

describe("a recording's age", () => {
  const recording = readRecording(castOf([]), file);
  const steps = recordedSteps.map((step) => ({ ...step, files: [], checks: [], hints: 0, wrong: [] }));
  const [greet, watch] = steps as [(typeof steps)[0], (typeof steps)[0]];

  it("is not told while the lesson is solved as it was then", () => {
    expect(findStale(recording, { steps })).toBeUndefined();
    expect(findStale(recording, { steps: [{ ...greet, title: "Another title" }, watch] })).toBeUndefined();
  });

  it.each<[string, typeof steps, string]>([
    [
      "a command",
      [
        { ...greet, solution: [{ ...greet.solution[0], command: "echo hi" } as never, greet.solution[1] as never] },
        watch,
      ],
      'step "greet" does "echo hi" now.',
    ],
    [
      "a file",
      [
        { ...greet, solution: [greet.solution[0] as never, { type: "file", path: "hello.txt", content: "hi\n" }] },
        watch,
      ],
      'step "greet" writes another hello.txt now.',
    ],
    [
      "less to do",
      [{ ...greet, solution: greet.solution.slice(0, 1) }, watch],
      'step "greet" is solved with less now.',
    ],
    ["another order", [watch, greet], 'it has no step "watch" at that place.'],
    ["a new step", [greet, watch, { ...greet, id: "more" }], 'it has no step "more" at that place.'],
    ["a step that is gone", [greet], 'there is no step "watch" any more.'],
  ])("is told: %s", (_, now, told) => {
    expect(findStale(recording, { steps: now })).toBe(`The recording is older than the lesson: ${told}`);
  });
});

describe("a tape", () => {
  it("takes down what comes when, in letters that come in two pieces too", () => {
    let ms = 500;
    const tape = new RecordingTape(() => ms);
    const [first = 0, ...rest] = bytesOf("…");
    tape.mark({ kind: "step", step: "greet" });
    tape.print(1, new Uint8Array([...bytesOf("a"), first]));
    ms = 510;
    tape.print(1, new Uint8Array(rest));
    ms = 1750;
    tape.print(1, bytesOf("b"));
    tape.print(2, bytesOf("c"));
    tape.turnTo(1);
    tape.mark({ kind: "command", step: "greet", index: 0 });
    tape.resize(80, 24);
    const text = tape.text(headerOf());
    expect(text.split("\n").slice(1)).toEqual([
      '[0,"m","step greet"]',
      '[0,"o","a…"]',
      '[1.25,"o","b"]',
      '[1.25,"m","terminal 2"]',
      '[1.25,"o","c"]',
      '[1.25,"m","terminal 1"]',
      '[1.25,"m","command greet 0"]',
      '[1.25,"r","80x24"]',
      "",
    ]);
    expect(readRecording(text, file).header).toEqual(headerOf());
    expect(tape.bytes).toBe(text.length - text.indexOf("\n") - 1);
  });
});

function errorOf(act: () => unknown): RecordingError {
  try {
    act();
  } catch (error) {
    if (error instanceof RecordingError) return error;
    throw error;
  }
  throw new Error("Nothing was refused.");
}
