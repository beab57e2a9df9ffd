import type { HTMLElement } from "node-html-parser";

/** Where a lesson stands in a handout. */
export interface LessonPlace {
  /** Id of the lesson in the document; ids of what is in it begin with this and a dash. */
  readonly anchor: string;
  /** Path of its page on the site's host. */
  readonly path: string;
  /** Where its page will be, if that is known. */
  readonly address: string | undefined;
  /** The anchors of all lessons in the document, by the paths of their pages. */
  readonly anchors: ReadonlyMap<string, string>;
}

/** Makes the ids of a lesson its own in a document of several, and has its links lead where they did on its page, or nowhere. */
export function relocate(article: HTMLElement, place: LessonPlace): void {
  const ids = new Set(article.querySelectorAll("[id]").map((element) => element.getAttribute("id") ?? ""));
  const rename = (id: string) => (ids.has(id) ? `${place.anchor}-${id}` : id);
  for (const element of article.querySelectorAll("*")) {
    if (element.tagName === "A") relocateLink(element, place, rename);
    else renameReferences(element, rename);
  }
}

/** Attributes that hold ids of other elements. */
const idLists = /^(id|for|aria-(labelledby|describedby|controls|owns))$/;

function renameReferences(element: HTMLElement, rename: (id: string) => string): void {
  for (const [name, value] of Object.entries(element.attributes)) {
    const renamed = idLists.test(name)
      ? value.split(/\s+/).map(rename).join(" ")
      : value
          .replace(
            /url\((['"]?)#([^)'"]+)\1\)/g,
            (_, quote: string, id: string) => `url(${quote}#${rename(id)}${quote})`,
          )
          .replace(name === "href" ? /^#(.+)$/ : /$^/, (_, id: string) => `#${rename(id)}`);
    if (renamed !== value) element.setAttribute(name, renamed);
  }
}

/** Where a page is taken to be while only its path is known. */
const somewhere = "https://site.invalid";

function relocateLink(element: HTMLElement, place: LessonPlace, rename: (id: string) => string): void {
  const id = element.getAttribute("id");
  if (id !== undefined) element.setAttribute("id", rename(id));
  const href = element.getAttribute("href");
  const url = href === undefined ? null : URL.parse(href, somewhere + place.path);
  if (url?.origin !== somewhere) return;
  const target = findTarget(url, place, rename);
  if (target === undefined) element.removeAttribute("href");
  else element.setAttribute("href", target);
  // It leads out of the handout, but not of the site.
  element.classList.add("handout-within");
}

function findTarget(url: URL, place: LessonPlace, rename: (id: string) => string): string | undefined {
  const id = url.hash.slice(1);
  const anchor = place.anchors.get(url.pathname);
  if (anchor !== undefined && id === "") return `#${anchor}`;
  if (url.pathname === place.path && rename(id) !== id) return `#${rename(id)}`;
  return place.address === undefined ? undefined : new URL(url.pathname + url.search + url.hash, place.address).href;
}
