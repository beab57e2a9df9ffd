import { readKeptCourses } from "../../offline/kept-courses.ts";
import type { SiteFile } from "../../offline/site-files.ts";
import { fillSet, openSiteSet } from "../../offline/site-set.ts";
import { loadOtherVersionsWhole, versionOf } from "../../offline/site-version.ts";
import { link } from "../link.ts";
import { obstacle, registerOfflineWorker } from "./offline-worker.ts";
import { offerUpdates } from "./update-notice.ts";

/** What every page does for the time without a network, once it is quiet. */
export async function begin(): Promise<void> {
  document.addEventListener("astro:before-preparation", loadOtherVersionsWhole);
  document.addEventListener("astro:page-load", showOnPage);
  for (const name of ["online", "offline"]) addEventListener(name, showConnection);
  showConnection();
  showOnPage();
  if (import.meta.env.DEV || (await obstacle()) !== undefined) return;
  const isFirstVisit = navigator.serviceWorker.controller === null;
  try {
    const registration = await registerOfflineWorker();
    offerUpdates(registration);
    await navigator.serviceWorker.ready;
    if (isFirstVisit) await keepThisPage();
    const wanted = await readKeptCourses();
    if (wanted.length > 0) await (await import("./lost-notice.ts")).tellWhatIsLost(wanted);
  } catch {
    // The page works without; whoever wants to keep a course is told why it cannot be.
  }
}

/** The first page came before there was a worker that could have kept it. */
async function keepThisPage(): Promise<void> {
  const root = new URL(link(""), location.href);
  const set = await openSiteSet(versionOf(document), root);
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name.replace(/[?#].*$/, ""));
  const files: SiteFile[] = [...new Set([location.origin + location.pathname, ...loaded])]
    .filter((url) => url.startsWith(root.href))
    .map((url) => ({ path: url.slice(root.href.length), bytes: 0 }))
    .filter(({ path }) => path.startsWith("_astro/") || /^(?!preview\/)([^?]*\/)?$/.test(path));
  await fillSet(files, set, { signal: AbortSignal.timeout(PATIENCE_MS) });
}

function showConnection(): void {
  document.documentElement.toggleAttribute("data-offline", !navigator.onLine);
}

function showOnPage(): void {
  showConnection();
  if (document.querySelector("offline-course, offline-lessons") !== null)
    void import("./offline-elements.ts").catch(() => undefined);
}

const PATIENCE_MS = 60_000;
