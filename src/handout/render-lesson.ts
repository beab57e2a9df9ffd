import { parse, type HTMLElement } from "node-html-parser";
import type { Lesson } from "../lessons/model.ts";
import { handoutWords as words } from "../words/handout.ts";
import type { BuiltLesson } from "./built-lesson.ts";
import { hasCommands, placeOutputs, shorten, type CapturedOutputs } from "./lesson-outputs.ts";
import { escapeHtml, formatDate } from "./page-text.ts";
import { drawQrCode } from "./qr-code.ts";
import { relocate } from "./relocate.ts";

/** A lesson as it goes into a handout. */
export interface HandoutLesson {
  readonly lesson: Lesson;
  readonly built: BuiltLesson;
  /** `undefined` for a lesson that has not been recorded. */
  readonly captured: CapturedOutputs | undefined;
}

export interface RenderOptions {
  /** Id of the lesson in the document. */
  readonly anchor: string;
  /** The anchors of all lessons in the document, by the paths of their pages. */
  readonly anchors: ReadonlyMap<string, string>;
  /** What is said of the whole handout, where the lesson is all of it. */
  readonly notes?: readonly string[];
}

/** The lesson's page as an article of a handout: its text, what its commands printed, and the way to it. */
export function renderLesson({ lesson, built, captured }: HandoutLesson, options: RenderOptions): string {
  const article = parse(built.article, { blockTextElements: { script: true, style: true } }).querySelector("article");
  if (!article) throw new TypeError(`The page of ${lesson.id} is no article.`);
  const { path, address } = built;
  relocate(article, { ...options, path, address });
  for (const image of article.querySelectorAll("img[loading]")) image.removeAttribute("loading");
  addOutputs(article, lesson, captured?.outputs ?? new Map(), options.anchor);
  const head = article.querySelector(".lesson-head");
  head?.insertAdjacentHTML("afterbegin", wayTo(address));
  head?.insertAdjacentHTML("beforeend", renderNotes([...(options.notes ?? []), ...notesOn(lesson, captured)]));
  article.setAttribute("id", options.anchor);
  article.setAttribute("style", `page: ${options.anchor}`);
  article.classList.add("handout-lesson");
  return article.outerHTML;
}

function addOutputs(article: HTMLElement, lesson: Lesson, outputs: ReadonlyMap<string, string>, anchor: string): void {
  for (const step of lesson.steps) {
    const section = article.querySelector(`#${anchor}-step-${step.id}`);
    // Where the solution is printed, it is what was done; else it is all in the text.
    const solution = section?.querySelector(".solution:not([data-repeats])") ?? section;
    const figures = solution?.querySelectorAll("figure.command").filter(isPrinted) ?? [];
    const shown = figures.map((figure) => ({
      command: figure.getAttribute("data-command") ?? "",
      terminal: figure.getAttribute("data-terminal") ?? "",
    }));
    for (const [index, output] of placeOutputs(step, shown, outputs).entries()) {
      const figure = figures[index];
      // Where an author has written down what to expect, nothing is added.
      if (output === undefined || output === "" || figure?.nextElementSibling?.classList.contains("output")) continue;
      figure?.insertAdjacentHTML("afterend", renderOutput(shorten(output)));
    }
  }
}

/** As src/styles/print.css has it. */
function isPrinted(figure: HTMLElement): boolean {
  return figure.closest(".hint") === null && figure.closest(".solution[data-repeats]") === null;
}

function renderOutput(text: string): string {
  return `<figure class="output handout-output"><figcaption>${words.output}</figcaption><pre><code>${escapeHtml(text)}</code></pre></figure>`;
}

function wayTo(address: string | undefined): string {
  if (address === undefined) return "";
  const link = `<a class="handout-within" href="${escapeHtml(address)}">${escapeHtml(address)}</a>`;
  return `<div class="handout-way">${drawQrCode(address, words.code(address))}<p>${words.lessonOnline}<br>${link}</p></div>`;
}

export function renderNotes(notes: readonly string[]): string {
  if (notes.length === 0) return "";
  return `<div class="handout-notes">${notes.map((text) => `<p>${escapeHtml(text)}</p>`).join("")}</div>`;
}

function notesOn(lesson: Lesson, captured: CapturedOutputs | undefined): readonly string[] {
  if (captured !== undefined) return [words.captured(formatDate(captured.captured))];
  return hasCommands(lesson) ? [words.noOutputs] : [];
}
