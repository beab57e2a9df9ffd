import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { root } from "../server/build-site.ts";
import { loadBuiltLesson } from "./built-lesson.ts";
import type { ChosenCourse } from "./choose-handouts.ts";
import type { CommandLine } from "./command-line.ts";
import { anchorOf, renderCourseHandout, renderLessonHandout, type HandoutOptions } from "./handout-document.ts";
import { HandoutError } from "./handout-error.ts";
import { hasCommands, readOutputs } from "./lesson-outputs.ts";
import type { Printer } from "./printer.ts";
import { readPdf } from "./read-pdf.ts";
import type { HandoutLesson } from "./render-lesson.ts";

export interface MakeOptions extends Pick<CommandLine, "out" | "paper"> {
  readonly printer: Printer;
  readonly siteFolder: string;
  /** The path that the site's addresses are below, with a slash at both ends. */
  readonly base: string;
  readonly now: () => Date;
  /** Takes a line for each handout when it is there. */
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface MadeHandouts {
  /** Below the folder for them. */
  readonly files: readonly string[];
  /** Lessons that have not been recorded. */
  readonly withoutOutputs: readonly string[];
  readonly hasAddress: boolean;
}

/** Prints each lesson by itself, and the courses that are wanted whole. */
export async function makeHandouts(chosen: readonly ChosenCourse[], options: MakeOptions): Promise<MadeHandouts> {
  const { out, paper, printer, siteFolder, base, now, say, signal } = options;
  const styles = await readFile(join(root, "src/handout/handout.css"), "utf8");
  const total = chosen.reduce((sum, { lessons, isWhole }) => sum + lessons.length + Number(isWhole), 0);
  const files: string[] = [];
  const parts: HandoutLesson[] = [];
  const made: HandoutOptions = { made: now(), paper, styles };
  for (const { course, lessons, isWhole } of chosen) {
    const ofCourse: HandoutLesson[] = [];
    for (const loaded of lessons) {
      const { lesson } = loaded;
      const built = await loadBuiltLesson(siteFolder, lesson.id, base);
      const part: HandoutLesson = { lesson, built, captured: await readOutputs(loaded) };
      ofCourse.push(part);
      await keep(lesson.id, await printer.print(renderLessonHandout(course, part, made), lesson.id));
    }
    parts.push(...ofCourse);
    if (!isWhole) continue;
    // The first printing tells which pages the lessons begin on. In the second nothing moves: the numbers have their room in both.
    const { starts } = await readPdf(
      await printer.print(renderCourseHandout(course, ofCourse, made), course.id),
      ofCourse.map((_, index) => anchorOf(index)),
    );
    await keep(course.id, await printer.print(renderCourseHandout(course, ofCourse, made, starts), course.id));
  }
  return {
    files,
    withoutOutputs: parts
      .filter(({ lesson, captured }) => captured === undefined && hasCommands(lesson))
      .map(({ lesson }) => lesson.id),
    hasAddress: parts.every(({ built }) => built.address !== undefined),
  };

  async function keep(name: string, pdf: Uint8Array): Promise<void> {
    signal.throwIfAborted();
    const { pages } = await readPdf(pdf);
    await writeWhole(join(out, `${name}.pdf`), pdf);
    files.push(`${name}.pdf`);
    const size = `${String(pages).padStart(4)} ${pages === 1 ? "page " : "pages"}, ${Math.ceil(pdf.length / 1000)} KB`;
    say(`[${String(files.length).padStart(String(total).length)}/${total}] ${size.padEnd(21)} ${name}.pdf`);
  }
}

/** Writes a file so that nobody sees half of it, folders included. Rejects with a `HandoutError` when it cannot be written. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const partial = join(dirname(path), `.${basename(path)}.${process.pid}`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(partial, bytes);
    await rename(partial, path);
  } catch (cause) {
    await rm(partial, { force: true }).catch(() => undefined);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HandoutError("not-written", `${path} could not be written: ${reason}`, {
      hint: "Choose a folder that is yours: --out FOLDER",
      cause,
    });
  }
}
