import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { extractLinks, extractText, getDocumentProxy } from "unpdf";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { validateCheck, validateChecks } from "../../src/checks/schema.ts";
import { loadBuiltLesson } from "../../src/handout/built-lesson.ts";
import { lessonsOf } from "../../src/handout/choose-handouts.ts";
import { renderLessonHandout } from "../../src/handout/handout-document.ts";
import { makeHandouts } from "../../src/handout/make-handouts.ts";
import { findChromium, openPrinter, type Printer } from "../../src/handout/printer.ts";
import { loadCourses, type LoadedCourse } from "../../src/lessons/load-courses.ts";
import { root, siteFolder } from "../../src/server/build-site.ts";

const base = `/${process.env.SITE_BASE ?? ""}/`.replace(/\/+/g, "/");

let out: string;
let course: LoadedCourse;
let printer: Printer;

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), "drydock-handouts-"));
  const courses = await loadCourses(join(root, "content"), { validateCheck, validateChecks });
  course = courses.find(({ id }) => id === "authors") ?? expect.unreachable("There is no course for authors.");
  printer = await openPrinterFor(base);
});

afterAll(async () => {
  await printer[Symbol.asyncDispose]();
  await rm(out, { recursive: true });
});

describe("the PDF of a lesson", () => {
  it("has text, commands and outputs as text, a title and an outline, and nothing to be operated", async () => {
    const pdf = await readPdf(await printer.print(await handoutOf("authors/components"), "authors/components"));
    expect(pdf.title).toBe(`Every component once · ${course.title}`);
    expect([pdf.isTagged, pdf.language]).toEqual([true, "en"]);
    expect(pdf.outline).toEqual(["Every component once"]);
    expect(pdf.steps).toEqual(expect.arrayContaining(["Blocks for the terminal", "Quizzes"]));
    for (const words of [
      'echo "Terminal 2 is free again"',
      "Terminal 2 is free, says the engine",
      "The outputs are those of a run of this lesson on 27 November 2026",
      "How many of these answers are right?",
      "Open PowerShell.",
      "The layers of busybox, as the engine in the sandbox has them",
      "cat /proc/cmdline",
      `1 / ${pdf.pages}`,
    ]) {
      expect(pdf.text).toMatch(new RegExp(words.replaceAll(/[.?/]/g, "\\$&")));
    }
    for (const words of ["Check answer", "Not right.", "Press the buttons of"]) {
      expect(pdf.text).not.toContain(words);
    }
    expect(pdf.links).toContain("https://learn.example.org/learn/authors/components/");
    expect(pdf.links.filter((link) => !link.startsWith("https://"))).toEqual([]);
  });

  it("is not made with half of its styles", async () => {
    const html = (await handoutOf("authors/first-lesson")).replaceAll(/\/_astro\/[^"]+\.css/g, "/_astro/none.css");
    await expect(printer.print(html, "authors/first-lesson")).rejects.toMatchObject({
      code: "not-printed",
      message: expect.stringContaining("/_astro/none.css") as string,
    });
  });

  it("is whole, however long its page takes to be read", async () => {
    const long = `${"<i hidden></i>".repeat(150_000)}<p>These are its last words.</p></main>`;
    const html = (await handoutOf("authors/first-lesson")).replace("</main>", long);
    const pdf = await readPdf(await printer.print(html, "authors/first-lesson"));
    expect(pdf.text).toContain("These are its last words.");
  });

  it("finds its styles when the site is below a path", async () => {
    await using below = await openPrinterFor("/drydock/");
    const html = (await handoutOf("authors/first-lesson")).replaceAll(`"${base}_astro/`, '"/drydock/_astro/');
    expect(html).toContain("/drydock/_astro/");
    const pdf = await readPdf(await below.print(html, "authors/first-lesson"));
    expect(pdf.outline).toEqual(["Your first lesson"]);
  });
});

it("what is said to the presenter is on no handout", async () => {
  const words = "Say what the room is looking at";
  const presenter = await readFile(join(siteFolder, "presenter/containers/first-image/index.html"), "utf8");
  expect(presenter).toContain(words);
  const { article } = await loadBuiltLesson(siteFolder, "containers/first-image", base);
  expect(article).toContain("docker run");
  expect(article).not.toContain(words);
});

it("the PDF of a course has its lessons on the pages that its contents say", async () => {
  const lessons = lessonsOf(course).slice(0, 2);
  const half = { ...course, groups: [{ title: "The half of it", lessons }] };
  const lines: string[] = [];
  const made = await makeHandouts([{ course: half, lessons, isWhole: true }], {
    printer,
    siteFolder,
    base,
    out,
    paper: "A4",
    now: () => new Date(2026, 10, 27),
    say: (line) => lines.push(line),
    signal: new AbortController().signal,
  });
  const files = ["authors/first-lesson.pdf", "authors/components.pdf", "authors.pdf"];
  expect(made.files).toEqual(files);
  expect(lines.map((line) => line.replace(/\s+\d+ pages,\s+\d+ KB\s+/, " "))).toEqual(
    files.map((file, index) => `[${index + 1}/3] ${file}`),
  );
  const pdf = await readPdf(await readFile(join(out, "authors.pdf")));
  expect(pdf.outline).toEqual([course.title, "Your first lesson", "Every component once"]);
  expect(pdf.pageTexts[0]).toContain("Handout, made on 27 November 2026");
  for (const title of ["Your first lesson", "Every component once"]) {
    const said = Number(new RegExp(`${title}\\D{0,9}(\\d+)`).exec(pdf.pageTexts[0] ?? "")?.[1]);
    expect(said).toBeGreaterThan(1);
    expect(pdf.pageTexts[said - 1]).toContain(title);
    expect(pdf.pageTexts[said - 1]).toContain("Afterwards you can");
  }
});

describe("npm run handouts", () => {
  it("helps, and names what there is where a name is unknown", async () => {
    const help = await run(["--help"]);
    expect([help.code, help.stderr]).toEqual([0, ""]);
    expect(help.stdout).toContain("npm run handouts [-- NAME…]");
    const unknown = await run(["no-such-lesson"]);
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toMatch(
      /no lesson or course called no-such-lesson.*There are:.*containers\/first-image {2}/s,
    );
  });

  it("leaves whole files behind when it is stopped", async () => {
    const folder = join(out, "stopped");
    const stopped = await run(["authors", "--out", folder], (line) => line.startsWith("[1/"));
    expect([stopped.code, stopped.stderr]).toEqual([130, expect.stringMatching(/^Stopped\. 1 handout was written/)]);
    const files = await readdir(folder, { recursive: true });
    expect(files.filter((file) => !file.endsWith(".pdf"))).toEqual(["authors"]);
    const [first = ""] = files.filter((file) => file.endsWith(".pdf"));
    expect((await readFile(join(folder, first))).subarray(-7).toString()).toMatch(/%%EOF\n?$/);
  });
});

function openPrinterFor(path: string): Promise<Printer> {
  const { signal } = new AbortController();
  return openPrinter({ executablePath: findChromium(), siteFolder, base: path, signal });
}

/** As if the site had an address, and one command had been recorded. */
async function handoutOf(id: string): Promise<string> {
  const { lesson } = lessonsOf(course).find((found) => found.lesson.id === id) ?? expect.unreachable(id);
  const built = await loadBuiltLesson(siteFolder, id, base);
  const outputs = new Map([["terminal-blocks 2", "Terminal 2 is free, says the engine\r\n"]]);
  const part = {
    lesson,
    built: { ...built, address: `https://learn.example.org/learn/${id}/` },
    captured: { outputs, captured: new Date(2026, 10, 27) },
  };
  return renderLessonHandout(course, part, { made: new Date(2026, 10, 28), paper: "A4", styles: "" });
}

async function readPdf(bytes: Uint8Array) {
  const document = await getDocumentProxy(new Uint8Array(bytes));
  try {
    const { info } = (await document.getMetadata()) as { info: { Title?: string; Language?: string } };
    const { text } = await extractText(document);
    const { links } = await extractLinks(document);
    const outline = (await document.getOutline()) as { title: string; items: { title: string }[] }[];
    return {
      pages: document.numPages,
      pageTexts: text.map((page) => page.replace(/\s+/g, " ")),
      text: text.join(" ").replace(/\s+/g, " "),
      title: info.Title,
      language: info.Language,
      isTagged: (await document.getMarkInfo())?.Marked,
      outline: outline.map(({ title }) => title),
      steps: outline.flatMap(({ items }) => items.map(({ title }) => title)),
      links,
    };
  } finally {
    await document.loadingTask.destroy();
  }
}

/** Runs the tool to its end, or until it has said a line after which it is interrupted, as by Ctrl+C. */
async function run(argv: readonly string[], isLast: (line: string) => boolean = () => false) {
  const child = spawn(process.execPath, [join(root, "src/handout/handouts.ts"), ...argv], { cwd: root });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    if (stdout.split("\n").some(isLast)) child.kill("SIGINT");
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}
