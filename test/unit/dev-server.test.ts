import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openLanguageServer } from "./language-server.ts";
import { check, hint, solution, step } from "./lessons-sources.ts";
import { createSiteCopy, startDevServer, type DevServer } from "./site-copy.ts";

const minute = 60_000;
const right = step(`Type this:\n\n${check}\n\n${hint}\n\n${solution}`);
const held = new AsyncDisposableStack();
let folder: string;
let server: DevServer;

beforeAll(async () => {
  ({ folder } = held.use(await createSiteCopy()));
  await write(
    "boats/course.yaml",
    "title: Boats\nsummary: How to build one.\ngroups:\n  - title: First\n    lessons: [one]\n",
  );
  await write("boats/01-one/lesson.mdx", right);
  server = held.use(await startDevServer(folder, { signal: AbortSignal.timeout(2 * minute) }));
  // The first page waits for all of the site to be compiled.
  await waitForPage("boats/one", "Type this:", 3 * minute);
}, 6 * minute);

afterAll(() => held.disposeAsync());

describe("astro dev", { timeout: 2 * minute }, () => {
  it("shows a lesson's mistakes in its page, with file, line and remedy, until they are mended", async () => {
    await write("boats/01-one/lesson.mdx", right.replace(hint, "<hnit>Look.</hnit>"));
    const spoilt = await waitForPage("boats/one", "Mistakes in this lesson");
    expect(spoilt).toContain("content/boats/01-one/lesson.mdx:9");
    expect(spoilt).toContain('Step "hello" has no hint.');
    expect(spoilt).toContain("Add <Hint> with a nudge that does not give the answer away.");
    expect(spoilt).not.toContain("Type this:");

    await write("boats/01-one/lesson.mdx", right);
    const mended = await waitForPage("boats/one", "Type this:");
    expect(mended).not.toContain("Mistakes in this lesson");
  });

  it("has an editor say what is wrong with the front matter of a new lesson, and what an entry may hold", async () => {
    const path = "boats/02-two/lesson.mdx";
    await write(path, right);
    const isEntered = async (): Promise<void> =>
      expect(await readFile(join(folder, ".astro/collections/collections.json"), "utf8")).toContain(path);
    await vi.waitFor(isEntered, { timeout: minute / 2, interval: 100 });
    // Else it would read all the code of the site before it answers.
    await write("tsconfig.json", JSON.stringify({ files: [] }));
    await using editor = await openLanguageServer(folder, { signal: AbortSignal.timeout(minute) });
    const file = join(folder, "content", path);
    expect(await editor.diagnose(file, right.replace("minutes: 5", "minutes: five\nmintues: 5"))).toEqual([
      { line: 4, message: 'Incorrect type. Expected "integer".' },
      { line: 5, message: "Property mintues is not allowed." },
    ]);
    expect(await editor.hover(file, { line: 2, column: 3 })).toBe("Write title: Build and run your first image.");
    expect(await editor.diagnose(file, right)).toEqual([]);
  });

  it("serves what the preview host consists of, under the names of the built site", async () => {
    const read = async (path: string) => {
      const response = await fetch(server.address + path);
      return [response.status, response.headers.get("content-type")?.split(";")[0], await response.text()] as const;
    };
    const javascript = [200, "text/javascript"];
    const [, , worker] = await read("/preview-worker.js");
    const source = /import "(.*)";/.exec(worker)?.[1] ?? "";
    expect((await read(source)).slice(0, 2)).toEqual(javascript);
    expect((await read("/preview/bridge.js")).slice(0, 2)).toEqual(javascript);
    // It is run as a script, which cannot import.
    const [status, type, script] = await read("/preview/console.js");
    expect([status, type, script.includes("preview-console")]).toEqual([...javascript, true]);
    expect(script).not.toMatch(/^\s*(import|export)\b/m);
    expect((await read("/preview/bridge/"))[2]).toContain("../bridge.js");
  });
});

async function write(path: string, content: string): Promise<void> {
  const file = join(folder, "content", path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

/** What the lesson's page says once it says `words`: the server is not told of a change at once. */
async function waitForPage(lesson: string, words: string, timeout = minute / 2): Promise<string> {
  const look = async (): Promise<string> => {
    const page = await readPage(lesson);
    expect(page).toContain(words);
    return page;
  };
  return await vi.waitFor(look, { timeout, interval: 200 });
}

async function readPage(lesson: string): Promise<string> {
  const response = await fetch(`${server.address}/learn/${lesson}/`);
  expect(
    response.status,
    server.printed.findLast((line) => line.includes("[ERROR]")),
  ).toBe(200);
  return (await response.text()).replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">");
}
