import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../server/build-site.ts";
import { loadBuiltLesson } from "./built-lesson.ts";
import { loadCapturedOutputs } from "./captured-outputs.ts";
import type { ChosenCourse } from "./choose-handouts.ts";
import type { CommandLine } from "./command-line.ts";
import { anchorOf, renderCourseHandout, renderLessonHandout, type HandoutOptions } from "./handout-document.ts";
import { HandoutError } from "./handout-error.ts";
import type { Printer } from "./printer.ts";
import { readPdf } from "./read-pdf.ts";
import type { HandoutLesson } from "./render-lesson.ts";
import { writeWhole } from "./write-whole.ts";

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
    const ofCourse = await Promise.all(
      lessons.map(async ({ lesson, folder }): Promise<HandoutLesson> => {
        const captured = await loadCapturedOutputs(folder, lesson.id);
        return { lesson, captured, built: await loadBuiltLesson(siteFolder, lesson.id, base) };
      }),
    );
    parts.push(...ofCourse);
    for (const part of ofCourse) {
      const { id } = part.lesson;
      await keep(id, await printer.print(renderLessonHandout(course, part, made), id));
    }
    if (isWhole) {
      const render = (pages?: ReadonlyMap<string, number>) => renderCourseHandout(course, ofCourse, made, pages);
      const anchors = ofCourse.map((_, index) => anchorOf(index));
      await keep(course.id, await printWithContents(render, anchors, course.id));
    }
  }
  return {
    files,
    withoutOutputs: parts.filter(({ captured }) => captured === undefined).map(({ lesson }) => lesson.id),
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

  /** Which pages lessons begin on is known once it has been printed; then it is printed with that, until both agree. */
  async function printWithContents(
    render: (pages?: ReadonlyMap<string, number>) => string,
    anchors: readonly string[],
    name: string,
  ): Promise<Uint8Array> {
    let html = render();
    for (let attempt = 1; attempt <= mostAttempts; attempt++) {
      const pdf = await printer.print(html, name);
      const { starts } = await readPdf(pdf, anchors);
      const unknown = anchors.filter((anchor) => !starts.has(anchor));
      if (unknown.length > 0) throw unsettled(name, `there is no page for ${unknown.join(", ")}`);
      const next = render(starts);
      if (next === html) return pdf;
      html = next;
    }
    throw unsettled(name, "each printing has moved the lessons to other pages");
  }
}

const mostAttempts = 4;

function unsettled(name: string, why: string): HandoutError {
  return new HandoutError("not-printed", `The table of contents of ${name} has no page numbers: ${why}.`, {
    hint: "Tell the authors of Drydock; the handouts of single lessons need no table of contents.",
  });
}
