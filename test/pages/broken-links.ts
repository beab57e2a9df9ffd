import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, type HTMLElement } from "node-html-parser";
import { readPanelLink } from "../../src/sandbox/panel-link.ts";

export interface BrokenLink {
  /** The page that it is on, below the site's folder. */
  readonly page: string;
  readonly link: string;
  readonly why: string;
}

export interface SiteOptions {
  /** The path that the site is served below, with a slash at both ends. */
  readonly base?: string;
  /** Where the site says that it will be, so that its own absolute addresses are looked up too. */
  readonly origin?: string;
}

/** Where the pages are taken to be when the site does not say. */
const somewhere = "https://site.invalid";

/** Attributes that hold an address, on any element. */
const attributes = ["href", "src", "poster", "action", "data"];

/**
 * Every link of the built site in `folder` that does not lead to a page or file of it, in the case of letters it has on disk,
 * to an id on that page or to a panel of its sandbox; and every link to another site that is no plain https address. Other sites are not asked.
 */
export async function findBrokenLinks(folder: string, options: SiteOptions = {}): Promise<readonly BrokenLink[]> {
  const { base = "/", origin = somewhere } = options;
  const files = new Set<string>();
  const pages = new Map<string, HTMLElement>();
  for await (const entry of glob("**/*", { cwd: folder, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name).slice(join(folder, "/").length);
    files.add(path);
    if (path.endsWith(".html")) pages.set(path, parse(await readFile(join(folder, path), "utf8")));
  }
  const broken: BrokenLink[] = [];
  for (const [page, html] of pages) {
    const address = new URL(base + page.replace(/(^|\/)index\.html$/, "$1"), origin);
    for (const link of linksOf(html)) {
      const why = mistakeIn(link, address);
      if (why !== undefined) broken.push({ page, link, why });
    }
  }
  return broken;

  function mistakeIn(link: string, from: URL): string | undefined {
    const url = URL.parse(link, from);
    if (url === null) return "is no address";
    if (url.origin !== from.origin) return mistakeOutside(link, url);
    const path = decodeURIComponent(url.pathname);
    if (!path.startsWith(base)) return `is outside of ${base}`;
    const below = path.slice(base.length);
    const file = below === "" || below.endsWith("/") ? `${below}index.html` : below;
    if (!files.has(file)) {
      if (files.has(`${below}/index.html`)) return "needs a slash at its end";
      const other = [...files].find((known) => known.toLowerCase() === file.toLowerCase());
      return other === undefined ? "leads nowhere" : `is written differently: ${other}`;
    }
    const id = decodeURIComponent(url.hash.slice(1));
    if (id === "" || id === "top") return undefined;
    if (readPanelLink(url.hash) !== undefined) {
      return pages.get(file)?.querySelector("#lesson-data") ? undefined : "there is no sandbox on that page";
    }
    return pages.get(file)?.getElementById(id) ? undefined : `there is no id "${id}" on that page`;
  }
}

function linksOf(html: HTMLElement): Set<string> {
  const links = new Set<string>();
  for (const element of html.querySelectorAll("*")) {
    for (const name of attributes) {
      const value = element.getAttribute(name);
      if (value !== undefined) links.add(value);
    }
    for (const candidate of element.getAttribute("srcset")?.split(/,\s+/) ?? []) {
      links.add(candidate.trim().split(/\s/)[0] ?? "");
    }
  }
  return links;
}

/** What is wrong with a link that leaves the site, as far as can be told without asking anybody. */
function mistakeOutside(link: string, url: URL): string | undefined {
  if (url.protocol === "mailto:") return url.pathname.includes("@") ? undefined : "has nobody to write to";
  if (url.protocol === "data:" || url.protocol === "blob:") return undefined;
  if (url.protocol !== "https:") return "is not https";
  if (url.username !== "" || url.password !== "") return "has a name or password in it";
  if (url.port !== "") return "has a port, which public documents do not";
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$/.test(url.hostname)) return "has no public host";
  // A bracket that closes one in the address belongs to it.
  if (/\s|[.,;:'"’”\]>]$|^[^(]*\)$/u.test(link))
    return "has a space in it, or ends with a sign of the sentence around it";
  return undefined;
}
