import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "node-html-parser";
import { HandoutError } from "./handout-error.ts";

/** What a handout takes from a lesson's page in the built site. */
export interface BuiltLesson {
  /** Of the page on its host, with the site's base: `/learn/containers/first-image/`. */
  readonly path: string;
  /** Where the page will be; `undefined` where the site was built without its address. */
  readonly address: string | undefined;
  /** The elements that bring style sheets and fonts, in their order. */
  readonly styles: readonly string[];
  /** HTML of the whole lesson. */
  readonly article: string;
}

/** Reads the page of a lesson. `base` has a slash at both ends. Throws a `HandoutError` when the site has no such page. */
export async function loadBuiltLesson(siteFolder: string, lesson: string, base: string): Promise<BuiltLesson> {
  const file = join(siteFolder, "learn", ...lesson.split("/"), "index.html");
  const html = await readFile(file, "utf8").catch((cause: unknown) => {
    throw notBuilt(`The built site has no page of ${lesson}: ${file} cannot be read.`, cause);
  });
  return readBuiltLesson(html, lesson, base);
}

export function readBuiltLesson(html: string, lesson: string, base: string): BuiltLesson {
  const page = parse(html, { blockTextElements: { script: true, style: true } });
  const article = page.querySelector("article.lesson");
  if (!article) throw notBuilt(`The page of ${lesson} in the built site shows no lesson.`);
  const head = page.querySelectorAll("head link[rel=stylesheet], head style");
  return {
    path: `${base}learn/${lesson}/`,
    address: page.querySelector("link[rel=canonical]")?.getAttribute("href"),
    styles: head.map((element) => element.outerHTML),
    article: article.outerHTML,
  };
}

function notBuilt(problem: string, cause?: unknown): HandoutError {
  return new HandoutError("not-built", problem, { hint: "Build the site again: npm run build", cause });
}
