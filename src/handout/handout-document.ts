import type { LoadedCourse } from "../lessons/load-courses.ts";
import { handoutWords as words } from "../words/handout.ts";
import type { Paper } from "./command-line.ts";
import { cssString, escapeHtml, formatDate } from "./page-text.ts";
import { renderLesson, renderNotes, type HandoutLesson } from "./render-lesson.ts";

export interface HandoutOptions {
  readonly made: Date;
  readonly paper: Paper;
  /** The rules of handouts alone, beside those of the site. */
  readonly styles: string;
}

/** The page that becomes the PDF of one lesson. */
export function renderLessonHandout(course: LoadedCourse, part: HandoutLesson, options: HandoutOptions): string {
  const anchor = anchorOf(0);
  const anchors = new Map([[part.built.path, anchor]]);
  const notes = notesOn(words.madeOf(course.title, formatDate(options.made)), [part]);
  return renderDocument({
    title: `${part.lesson.title} · ${course.title}`,
    parts: [part],
    rules: [pageRule(anchor, `${course.title} · ${part.lesson.title}`)],
    body: renderLesson(part, { anchor, anchors, notes }),
    options,
  });
}

/** The page that becomes the PDF of a course. `pages` are those that lessons begin on, by their anchors, once they are known. */
export function renderCourseHandout(
  course: LoadedCourse,
  parts: readonly HandoutLesson[],
  options: HandoutOptions,
  pages: ReadonlyMap<string, number> = new Map(),
): string {
  const anchors = new Map(parts.map(({ built }, index) => [built.path, anchorOf(index)]));
  const lessons = parts.map((part, index) => renderLesson(part, { anchor: anchorOf(index), anchors }));
  return renderDocument({
    title: course.title,
    parts,
    rules: parts.map(({ lesson }, index) => pageRule(anchorOf(index), `${course.title} · ${lesson.title}`)),
    body: renderFront(course, parts, options.made, pages) + lessons.join("\n"),
    options,
  });
}

/** Of the lesson at this place of a handout. */
export function anchorOf(index: number): string {
  return `lesson-${index + 1}`;
}

/** What a course is, and where its lessons are. */
function renderFront(
  course: LoadedCourse,
  parts: readonly HandoutLesson[],
  made: Date,
  pages: ReadonlyMap<string, number>,
): string {
  const places = new Map(parts.map(({ lesson }, index) => [lesson.id, anchorOf(index)]));
  const groups = course.groups.map(({ title, lessons }) => {
    const entries = lessons.map(({ lesson }) => {
      const anchor = places.get(lesson.id) ?? "";
      const link = `<a class="handout-within" href="#${anchor}">${escapeHtml(lesson.title)}</a>`;
      return `<li>${link}<span>${pages.get(anchor) ?? ""}</span></li>`;
    });
    return `<h3>${escapeHtml(title)}</h3><ol>${entries.join("")}</ol>`;
  });
  return `<section class="handout-front">
<h1>${escapeHtml(course.title)}</h1>
<p class="lead">${escapeHtml(course.summary)}</p>
${renderNotes(notesOn(words.made(formatDate(made)), parts))}
<nav class="handout-contents" aria-labelledby="contents"><h2 id="contents">${words.contents}</h2>${groups.join("")}</nav>
</section>
`;
}

/** What is said of a handout as a whole. */
function notesOn(made: string, parts: readonly HandoutLesson[]): readonly string[] {
  return parts.some(({ built }) => built.address === undefined) ? [made, words.noAddress] : [made];
}

/** Pages of a lesson say below which it is. */
function pageRule(name: string, text: string): string {
  return `@page ${name} { @bottom-left { content: ${cssString(text)}; } }`;
}

interface Document {
  readonly title: string;
  readonly parts: readonly HandoutLesson[];
  readonly rules: readonly string[];
  readonly body: string;
  readonly options: HandoutOptions;
}

function renderDocument({ title, parts, rules, body, options }: Document): string {
  const styles = new Set(parts.flatMap(({ built }) => built.styles));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
${[...styles].join("\n")}
<style>
@page { size: ${options.paper}; }
${options.styles}
${rules.join("\n")}
</style>
</head>
<body>
<main class="reading handout">
${body}
</main>
</body>
</html>
`;
}
