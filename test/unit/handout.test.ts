// Over 250 lines because a handout is looked at here in all its parts, from the command line to the page that is printed.
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse as parseHtml } from "node-html-parser";
import decodeQR from "qr/decode.js";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { readBuiltLesson } from "../../src/handout/built-lesson.ts";
import { chooseHandouts } from "../../src/handout/choose-handouts.ts";
import { readBase, readCommandLine } from "../../src/handout/command-line.ts";
import { renderCourseHandout, renderLessonHandout } from "../../src/handout/handout-document.ts";
import { placeOutputs, readOutputs, shorten } from "../../src/handout/lesson-outputs.ts";
import { writeWhole } from "../../src/handout/make-handouts.ts";
import { cssString } from "../../src/handout/page-text.ts";
import { findChromium, withinLimit } from "../../src/handout/printer.ts";
import { drawQrCode } from "../../src/handout/qr-code.ts";
import type { HandoutLesson } from "../../src/handout/render-lesson.ts";
import type { LoadedCourse, LoadedLesson } from "../../src/lessons/load-courses.ts";
import type { Lesson, SolutionAction, Step } from "../../src/lessons/model.ts";
import { castOf, headerOf, shellOutput } from "./recording-fakes.ts";

describe("the command line of handouts", () => {
  it("makes all of them in a folder of their own unless it is told otherwise", () => {
    expect(readCommandLine([])).toEqual({ does: "make", names: [], out: join(process.cwd(), "handouts"), paper: "A4" });
    expect(readCommandLine(["containers", "--out", "/tmp/x", "--paper", "letter"])).toEqual({
      does: "make",
      names: ["containers"],
      out: "/tmp/x",
      paper: "Letter",
    });
  });

  it.each([
    [["--paper", "A5"], /no paper called "A5".*A4 or Letter/],
    [["--output", "x"], /--output/],
    [["--out"], /--out/],
    [["--out="], /--out names no folder/],
  ])("refuses %j", (argv, words) => {
    expect(() => readCommandLine(argv)).toThrow(expect.objectContaining({ code: "misused" }) as Error);
    try {
      readCommandLine(argv);
    } catch (error) {
      expect(`${(error as Error).message} ${(error as { hint: string }).hint}`).toMatch(words);
    }
  });

  it.each([
    [{}, "/"],
    [{ SITE_URL: "https://learn.example.org" }, "/"],
    [{ SITE_URL: "http://127.0.0.1:4321", SITE_BASE: "drydock" }, "/drydock/"],
    [{ SITE_BASE: "/a/b/" }, "/a/b/"],
  ])("knows the path of the site by %j", (environment, base) => {
    expect(readBase(environment)).toBe(base);
  });

  it.each([
    ["SITE_URL", "learn.example.org"],
    ["SITE_URL", ""],
    ["SITE_URL", "ftp://learn.example.org"],
    ["SITE_BASE", "https://learn.example.org/drydock/"],
    ["SITE_BASE", "my site"],
  ])("refuses the setting %s=%s", (name, value) => {
    expect(() => readBase({ [name]: value })).toThrow(
      expect.objectContaining({
        code: "misused",
        message: expect.stringContaining(`${name} is "${value}"`) as string,
        hint: expect.stringMatching(new RegExp(`^Write ${name}=.+`)) as string,
      }) as Error,
    );
  });

  it("says where there is no browser, and what to do", () => {
    onTestFinished(() => void vi.unstubAllEnvs());
    vi.stubEnv("CHROMIUM", process.execPath);
    expect(findChromium()).toBe(process.execPath);
    vi.stubEnv("CHROMIUM", "/no/such/browser");
    expect(() => findChromium()).toThrow(
      expect.objectContaining({
        code: "no-browser",
        message: expect.stringContaining("/no/such/browser") as string,
        hint: expect.stringMatching(/apt-get install chromium.*CHROMIUM/) as string,
      }) as Error,
    );
  });
});

describe("what is chosen", () => {
  const courses = [course("ships", ["first", "second"]), course("docks", ["first"])];
  const chosen = (...names: string[]) =>
    chooseHandouts(courses, names).map(({ course, lessons, isWhole }) => [
      course.id,
      lessons.map(({ lesson }) => lesson.id),
      isWhole,
    ]);

  it("is everything without a name, and each course whole", () => {
    expect(chosen()).toEqual([
      ["ships", ["ships/first", "ships/second"], true],
      ["docks", ["docks/first"], true],
    ]);
  });

  it("is a course with its lessons, or lessons by themselves", () => {
    expect(chosen("docks")).toEqual([["docks", ["docks/first"], true]]);
    expect(chosen("ships/second")).toEqual([["ships", ["ships/second"], false]]);
    expect(chosen("first")).toEqual([
      ["ships", ["ships/first"], false],
      ["docks", ["docks/first"], false],
    ]);
  });

  it("is nothing where one name is unknown", () => {
    expect(() => chosen("first", "third", "ship")).toThrow(/third or ship/);
  });
});

describe("the outputs of a step", () => {
  const ls = { command: "ls", terminal: "1" };
  const pwd = { command: "pwd", terminal: "1" };
  const outputs = new Map([
    ["look 0", "a"],
    ["look 2", "b"],
    ["other 1", "c"],
  ]);

  it("stand below their commands in the text, between others", () => {
    const step = stepOf("look", [command("pwd"), { type: "answer", quiz: "q", answer: [0] }, command("ls")]);
    expect(placeOutputs(step, [pwd, { command: "id", terminal: "1" }, ls], outputs)).toEqual(["a", undefined, "b"]);
  });

  it("stand where the order tells which place of a command is meant, and else nowhere", () => {
    const step = stepOf("look", [command("ls"), command("id"), command("pwd")]);
    expect(placeOutputs(step, [pwd, ls, pwd], outputs)).toEqual([undefined, "a", "b"]);
    expect(placeOutputs(step, [ls, pwd, ls, pwd], outputs)).toEqual([undefined, undefined, undefined, undefined]);
    expect(placeOutputs(step, [pwd, ls], outputs)).toEqual([undefined, undefined]);
  });

  it("are not taken for those of another terminal, or of another step", () => {
    expect(placeOutputs(stepOf("look", [command("ls", 2)]), [ls], outputs)).toEqual([undefined]);
    expect(placeOutputs(stepOf("other", [command("ls")]), [ls], outputs)).toEqual([undefined]);
  });
});

it("an output on paper is cut in its middle, and says so, where it is longer than a page", () => {
  expect(shorten("\n  \n  a\n\nb")).toBe("  a\n\nb");
  const lines = Array.from({ length: 100 }, (_, index) => `line ${index + 1}`);
  const tidy = shorten(lines.join("\n")).split("\n");
  expect([tidy[0], tidy[31], tidy[32], tidy[33], tidy.at(-1)]).toEqual([
    "line 1",
    "line 32",
    "… 56 lines left out …",
    "line 89",
    "line 100",
  ]);
  expect(shorten(lines.slice(0, 48).join("\n"))).toBe(lines.slice(0, 48).join("\n"));
});

describe("the code on a handout", () => {
  it.each(["https://learn.example.org/learn/containers/first-image/", `https://x.org/${"long/".repeat(30)}`])(
    "leads to %s",
    (address) => {
      const svg = parse(drawQrCode(address, 'A "code"')).querySelector("svg");
      expect(svg?.getAttribute("aria-label")).toBe('A "code"');
      expect(decodeQR(rasterize(svg?.querySelector("path")?.getAttribute("d") ?? "", sizeOf(svg)))).toBe(address);
    },
  );

  function sizeOf(svg: { getAttribute(name: string): string | undefined } | null): number {
    return Number(svg?.getAttribute("viewBox")?.split(" ")[3]);
  }

  /** Eight pixels a module, as a camera might see it. */
  function rasterize(path: string, size: number) {
    const scale = 8;
    const data = new Uint8Array((size * scale) ** 2 * 4).fill(255);
    for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
      for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row++) {
        const start = row * size * scale + Number(x) * scale;
        for (let pixel = start; pixel < start + Number(length) * scale; pixel++) data.fill(0, pixel * 4, pixel * 4 + 3);
      }
    }
    return { width: size * scale, height: size * scale, data };
  }
});

describe("the page of a handout", () => {
  const made = { made: new Date(2026, 10, 27), paper: "A4", styles: "" } as const;
  const ships = course("ships", ["first", "second"]);

  it("has the lesson's words and commands, with what they printed, and not below hints or repeated solutions", () => {
    const part = partOf("ships/first", {
      outputs: new Map([
        ["look 0", "<menu> & cargo"],
        ["look 1", "b"],
      ]),
      address: "https://learn.example.org/learn/ships/first/",
    });
    const page = parse(renderLessonHandout(ships, part, made));
    expect(page.querySelector("title")?.text).toBe("First & best · Ships");
    const figures = page.querySelectorAll("figure").map((figure) => figure.text.trim());
    expect(figures).toEqual(["ls", "Output<menu> & cargo", "id", "Outputb", "ls", "ls"]);
    expect(page.querySelector(".handout-notes")?.text).toContain("27 November 2026");
    expect(page.querySelector(".handout-notes")?.text).not.toContain("not been captured");
    expect(page.querySelector(".handout-qr")?.getAttribute("aria-label")).toContain(
      "https://learn.example.org/learn/ships/first/",
    );
    expect(page.querySelectorAll("head link").map((link) => link.getAttribute("href"))).toEqual(["/_astro/a.css"]);
    expect(page.querySelectorAll("script")).toEqual([]);
  });

  it("has outputs in the solution alone, where that is printed, as the text does other things before", () => {
    const part = partOf("ships/first", { outputs: new Map([["look 0", "as captured"]]) });
    const article = part.built.article.replace(' data-repeats="yes"', "");
    const page = parse(renderLessonHandout(ships, { ...part, built: { ...part.built, article } }, made));
    expect(page.querySelectorAll("figure").map((figure) => figure.text.trim())).toEqual([
      ...["ls", "id", "ls", "ls"],
      "Outputas captured",
    ]);
  });

  it("says that outputs or the site's address are not there, in place of a code that leads astray", () => {
    const page = parse(renderLessonHandout(ships, partOf("ships/first", {}), made));
    const notes = page.querySelector(".handout-notes")?.text ?? "";
    expect(notes.match(/Outputs have not been captured for this lesson\./g)).toHaveLength(1);
    expect(notes).toContain("address of the site was not configured");
    expect(page.querySelectorAll(".handout-qr, .handout-output")).toEqual([]);
    expect(page.toString()).not.toMatch(/https?:\/\/(127|localhost|site\.invalid)/);
  });

  it("says once in a course that there is no address, and of a lesson without commands nothing of outputs", () => {
    const quiet = { ...partOf("ships/second", {}), lesson: { ...lessonOf("ships/second"), steps: [] } };
    const page = parse(renderCourseHandout(ships, [partOf("ships/first", {}), quiet], made));
    expect(page.querySelectorAll(".handout-notes").map((notes) => notes.text)).toEqual([
      expect.stringMatching(/^Handout, made on 27 November 2026.*not configured/),
      "Outputs have not been captured for this lesson.",
    ]);
  });

  it("shows what the author expects a command to print, and not twice", () => {
    const part = partOf("ships/first", { outputs: new Map([["look 0", "as captured"]]) });
    const expecting = part.built.article.replace("</figure>", `</figure>\n<figure class="output">as expected</figure>`);
    const page = parse(renderLessonHandout(ships, { ...part, built: { ...part.built, article: expecting } }, made));
    expect(page.querySelectorAll("figure").map((figure) => figure.text.trim())).toEqual([
      "ls",
      "as expected",
      "id",
      "ls",
      "ls",
    ]);
  });

  it("keeps the ids of two lessons apart, and the references to them", () => {
    const page = parse(renderCourseHandout(ships, [partOf("ships/first", {}), partOf("ships/second", {})], made));
    const ids = page.querySelectorAll("[id]").map((element) => element.getAttribute("id"));
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(page.querySelector("#lesson-2-fill")).not.toBeNull();
    expect(page.querySelectorAll("#lesson-2 rect").map((rect) => rect.getAttribute("fill"))).toEqual([
      "url(#lesson-2-fill)",
    ]);
    expect(page.querySelectorAll("#lesson-2 label").map((label) => label.getAttribute("for"))).toEqual([
      "lesson-2-choice",
    ]);
  });

  it("leads to lessons in the same handout, to others where the site is, and out as before", () => {
    const address = "https://learn.example.org/learn/ships/first/";
    const links = (html: string) =>
      Object.fromEntries(
        parse(html)
          .querySelectorAll("#lesson-1 p a")
          .map((link) => [link.text, link.getAttribute("href")]),
      );
    expect(
      links(renderCourseHandout(ships, [partOf("ships/first", { address }), partOf("ships/second", {})], made)),
    ).toMatchObject({
      next: "#lesson-2",
      term: "https://learn.example.org/glossary/#layer",
      step: "#lesson-1-step-look",
      panel: "https://learn.example.org/learn/ships/first/#panel=layers",
      out: "https://docs.example.com/",
    });
    expect(links(renderLessonHandout(ships, partOf("ships/first", {}), made))).toEqual({
      next: undefined,
      term: undefined,
      step: "#lesson-1-step-look",
      panel: undefined,
      out: "https://docs.example.com/",
    });
  });

  it("of a course lists its lessons with their pages, once these are known", () => {
    const parts = [partOf("ships/first", {}), partOf("ships/second", {})];
    const contents = (pages?: ReadonlyMap<string, number>) =>
      parse(renderCourseHandout(ships, parts, made, pages))
        .querySelectorAll(".handout-contents li")
        .map((entry) => [entry.querySelector("a")?.getAttribute("href"), entry.querySelector("span")?.text.trim()]);
    expect(contents().map(([href]) => href)).toEqual(["#lesson-1", "#lesson-2"]);
    expect(
      contents(
        new Map([
          ["lesson-1", 2],
          ["lesson-2", 11],
        ]),
      ),
    ).toEqual([
      ["#lesson-1", "2"],
      ["#lesson-2", "11"],
    ]);
  });

  it("is refused where the built page has no lesson", () => {
    expect(() => readBuiltLesson("<main>Mistakes</main>", "ships/first", "/")).toThrow(/shows no lesson/);
  });
});

it("a string of CSS can hold any title", () => {
  expect(cssString('“Say "hi"” \\ </style>\n')).toBe('"“Say \\22 hi\\22 ” \\5c  \\3c /style>\\a "');
});

describe("the recording of a lesson", () => {
  const file = "content/ships/01-first/recording.cast";
  const text = castOf([
    [1, "m", "command look 0"],
    [1, "o", shellOutput("ls", "\u001b[1mPull\u001b[0m\r\n10 %\r100 %\r\ndone\r\n")],
    [2, "m", "end look 0"],
  ]);

  it("has its outputs as they were in the end, and its date", async () => {
    expect(await readOutputs({ recording: { text, file, stale: undefined } })).toEqual({
      outputs: new Map([["look 0", "Pull\n100 %\ndone"]]),
      captured: new Date(headerOf().timestamp * 1000),
    });
  });

  it("is not taken for the lesson's where there is none, or the lesson has changed since", async () => {
    const stale = { file, line: 1, problem: "The lesson has changed.", remedy: "Record it." };
    expect(await readOutputs({ recording: undefined })).toBeUndefined();
    expect(await readOutputs({ recording: { text, file, stale } })).toBeUndefined();
  });
});

describe("a file", () => {
  it("is put in place as a whole, folders included", async () => {
    const folder = await temporaryFolder();
    const path = join(folder, "a/b.pdf");
    await writeWhole(path, Buffer.from("old"));
    await writeWhole(path, Buffer.from("new"));
    expect(await readFile(path, "utf8")).toBe("new");
    expect(await readdir(join(folder, "a"))).toEqual(["b.pdf"]);
  });

  it("that cannot be written is named, and nothing is left of it", async () => {
    const folder = await temporaryFolder();
    // A folder stands where the file is to be, which even the superuser cannot write over.
    await mkdir(join(folder, "b.pdf"));
    await expect(writeWhole(join(folder, "b.pdf"), Buffer.from("new"))).rejects.toMatchObject({
      code: "not-written",
      message: expect.stringContaining(join(folder, "b.pdf")) as string,
    });
    expect(await readdir(folder)).toEqual(["b.pdf"]);
  });
});

describe("work with a limit", () => {
  const never = new Promise<never>(() => undefined);

  it("ends by itself, when the time is over, or when it is stopped", async () => {
    const stop = new AbortController();
    const limit = { signal: stop.signal, ms: 20, what: "printing x" };
    expect(await withinLimit(Promise.resolve("done"), limit)).toBe("done");
    await expect(withinLimit(never, limit)).rejects.toMatchObject({ code: "timeout" });
    const stopped = withinLimit(never, { ...limit, ms: 60_000 });
    stop.abort(new Error("stopped"));
    await expect(stopped).rejects.toThrow("stopped");
    await expect(withinLimit(Promise.resolve("late"), limit)).rejects.toThrow("stopped");
  });
});

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "drydock-handout-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** With elements in `pre`, too. */
function parse(html: string) {
  return parseHtml(html, { blockTextElements: { script: true, style: true } });
}

function command(text: string, terminal = 1): SolutionAction {
  return { type: "command", command: text, terminal, background: false, interrupt: false };
}

function stepOf(id: string, solution: readonly SolutionAction[]): Step {
  return { id, title: id, files: [], checks: [], hints: 0, solution, wrong: [] };
}

function lessonOf(id: string): Lesson {
  const title = id.endsWith("first") ? "First & best" : "Second";
  const steps = [stepOf("look", [command("ls"), command("id")])];
  return { id, title, machine: { terminals: 1, images: [], features: [] }, start: null, files: [], steps };
}

function course(id: string, lessons: readonly string[]): LoadedCourse {
  const loaded = lessons.map((name) => ({ lesson: lessonOf(`${id}/${name}`) }) as LoadedLesson);
  const title = id.replace(/^./, (letter) => letter.toUpperCase());
  return { id, title, summary: "All of it.", for: "learners", place: 1, groups: [{ title: "All", lessons: loaded }] };
}

interface PartOptions {
  readonly outputs?: ReadonlyMap<string, string>;
  readonly address?: string;
}

/** A lesson with its page as the site builds it, in small. */
function partOf(id: string, { outputs, address }: PartOptions): HandoutLesson {
  const html = `<!doctype html><html><head>
${address === undefined ? "" : `<link rel="canonical" href="${address}">`}
<link rel="stylesheet" href="/_astro/a.css"><script src="/early.js"></script></head><body>
<article class="lesson" data-lesson="${id}"><header class="lesson-head"><h1>First</h1></header>
<p><a href="../second/">next</a> <a href="/glossary/#layer">term</a> <a href="#step-look">step</a>
<a href="#panel=layers">panel</a> <a href="https://docs.example.com/">out</a></p>
<svg><defs><linearGradient id="fill"></linearGradient></defs><rect fill="url(#fill)"></rect></svg>
<input id="choice"><label for="choice">One</label>
<section id="step-look" data-step="look">
<figure class="command" data-command="ls" data-terminal="1"><pre><code>ls</code></pre></figure>
<figure class="command" data-command="id" data-terminal="1"><pre><code>id</code></pre></figure>
<details class="hint"><figure class="command" data-command="ls" data-terminal="1"><pre>ls</pre></figure></details>
<details class="solution" data-repeats="yes"><figure class="command" data-command="ls" data-terminal="1"><pre>ls</pre></figure></details>
</section></article></body></html>`;
  return {
    lesson: lessonOf(id),
    built: readBuiltLesson(html, id, "/"),
    captured: outputs && { outputs, captured: new Date(2026, 10, 27) },
  };
}
