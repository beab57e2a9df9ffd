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

type Rename = (id: string) => string;

/** Makes the ids of a lesson its own in a document of several, and has its links lead where they did on its page, or nowhere. */
export function relocate(article: HTMLElement, place: LessonPlace): void {
  const ids = new Set(article.querySelectorAll("[id]").map((element) => element.getAttribute("id") ?? ""));
  const rename: Rename = (id) => (ids.has(id) ? `${place.anchor}-${id}` : id);
  for (const element of article.querySelectorAll("*")) {
    for (const [name, value] of Object.entries(element.attributes)) {
      const isLink = name === "href" && element.tagName === "A";
      const renamed = isLink ? value : renameReferences(name, value, rename);
      if (renamed !== value) element.setAttribute(name, renamed);
    }
    if (element.tagName === "A") relocateLink(element, place, rename);
  }
}

/** Attributes that hold ids of elements. */
const idLists = /^(id|for|aria-(labelledby|describedby|controls|owns))$/;

function renameReferences(name: string, value: string, rename: Rename): string {
  if (idLists.test(name)) return value.split(/\s+/).map(rename).join(" ");
  if (/^(xlink:)?href$/.test(name) && value.startsWith("#")) return `#${rename(value.slice(1))}`;
  return value.replace(/(url\(['"]?#)([^)'"]+)/g, (_, open: string, id: string) => `${open}${rename(id)}`);
}

/** Where a page is taken to be while only its path is known. */
const somewhere = "https://site.invalid";

function relocateLink(link: HTMLElement, place: LessonPlace, rename: Rename): void {
  const href = link.getAttribute("href");
  const url = href === undefined ? null : URL.parse(href, somewhere + place.path);
  if (url?.origin !== somewhere) return;
  const target = findTarget(url, place, rename);
  if (target === undefined) link.removeAttribute("href");
  else link.setAttribute("href", target);
  // It leads out of the handout, but not of the site.
  link.classList.add("handout-within");
}

function findTarget(url: URL, { anchor, path, address, anchors }: LessonPlace, rename: Rename): string | undefined {
  const id = url.hash.slice(1);
  const isSamePage = url.pathname === path;
  if (isSamePage && id === "") return `#${anchor}`;
  if (isSamePage && rename(id) !== id) return `#${rename(id)}`;
  const other = isSamePage ? undefined : anchors.get(url.pathname);
  if (other !== undefined) return `#${other}`;
  return address === undefined ? undefined : new URL(url.pathname + url.search + url.hash, address).href;
}
