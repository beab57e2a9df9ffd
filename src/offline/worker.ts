import { CacheFirst, NetworkFirst, Serwist, type SerwistPlugin } from "serwist";
import { imageCachePrefix, copyShared } from "./image-parts.ts";
import { preloadPages, readKeptCourses } from "./kept-courses.ts";
import { OfflineError } from "./offline-error.ts";
import {
  addressOf,
  baseFiles,
  filesFor,
  machineFiles,
  machineFilesName,
  offlinePage,
  siteFiles,
  siteFilesName,
  successorsOf,
  versionedAddress,
  type SiteFiles,
} from "./site-files.ts";
import { cleanCopy, fillSet, openSiteSet, siteCachePrefix, type SiteSet } from "./site-set.ts";
import { isOfVersion } from "./site-version.ts";
import type { LastingEvent, OfflineWorkerScope } from "./worker-scope.ts";

/**
 * The service worker of the site. Each build has its own, and with it a set of files of its own:
 *
 * - What a file is by its name (`/_astro/…`) comes from any set, or from the network, and is kept.
 * - Where a course is kept, pages come from this build's set; where none is, from the network, and those that were opened are kept
 *   for a day without one. Either way a page asks for what has no hash in its name with its own build's version added, and only that is answered.
 * - The parts of the machine are the page's own business: they pass by.
 *
 * A new build's set is filled beside the one in use, and takes over when no tab uses that any more, or when the reader says so.
 */
const scope = self as unknown as OfflineWorkerScope;
const version = import.meta.env.SITE_VERSION;
const root = new URL(scope.registration.scope);
const ownCache = siteCachePrefix + version;

const serwist = new Serwist({
  // The answer to it is always the same, so the browser need not even start this worker.
  requestRules: ["machine/parts/*", "machine/files/*", "catalogue/blobs/*"].map((path) => ({
    condition: { urlPattern: { pathname: root.pathname + path } },
    source: "network" as const,
  })),
});

scope.addEventListener("install", (event) => {
  void serwist.registerRequestRules(event as Parameters<typeof serwist.registerRequestRules>[0]).catch(() => undefined);
  event.waitUntil(install());
});
scope.addEventListener("activate", (event) => event.waitUntil(activate()));
scope.addEventListener("fetch", (event) => serwist.handleFetch(event as Parameters<typeof serwist.handleFetch>[0]));

const isOurs = (url: URL) => url.origin === root.origin && url.pathname.startsWith(root.pathname);
const below = (url: URL) => url.pathname.slice(root.pathname.length);

serwist.registerCapture(
  ({ url }) => isOurs(url) && below(url).startsWith("_astro/"),
  new CacheFirst({
    cacheName: ownCache,
    matchOptions: { ignoreVary: true },
    plugins: [
      // Whatever is asked after the name, it is the same file: a worker's script has a word for v86 there.
      { cacheKeyWillBeUsed: ({ request }) => Promise.resolve(withoutSearch(request.url)) },
      inAnySet(),
    ],
  }),
);

// The version in the address makes it one file for good; only what was verified when it was kept is answered.
serwist.registerCapture(
  ({ url }) => isOurs(url) && url.searchParams.has("v") && !below(url).startsWith("preview"),
  new CacheFirst({
    cacheName: ownCache,
    matchOptions: { ignoreVary: true },
    plugins: [inAnySet(), { cacheWillUpdate: () => Promise.resolve(null) }],
  }),
);

const openedPages = new NetworkFirst({
  cacheName: ownCache,
  networkTimeoutSeconds: 6,
  matchOptions: { ignoreVary: true },
  plugins: [
    {
      cacheKeyWillBeUsed: ({ request }) => Promise.resolve(withoutSearch(request.url)),
      cacheWillUpdate: async ({ response }) => (response.ok ? await ofThisBuild(response) : null),
      cacheDidUpdate: () => dropOldest(),
      handlerDidError: standIn,
    },
  ],
});

serwist.registerCapture(
  // Those below `embed/` belong to pages of other sites, which are not kept either.
  ({ url }) => isOurs(url) && !/^(preview|embed)\//.test(below(url)) && /(^|\/|\.html)$/.test(below(url)),
  async (options) => {
    const { request } = options;
    if (request.mode === "navigate") (options.event as LastingEvent).waitUntil(dropOtherSets());
    if ((await readKeptCourses()).length > 0) {
      const { cache } = await openSiteSet(version, root);
      const kept = await cache.match(withoutSearch(request.url), { ignoreVary: true });
      if (kept !== undefined) return kept;
    }
    return await openedPages.handle(options as Parameters<typeof openedPages.handle>[0]);
  },
);

async function install(): Promise<void> {
  const set = await openSiteSet(version, root);
  const list = await readList(set);
  const kept = await keptIds();
  const others = await otherSets();
  const before = await Promise.all(
    others.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)),
  );
  const wanted = new Set([...baseFiles(list), ...filesFor(list, kept), ...successorsOf(before.flat(), list, root)]);
  const signal = new AbortController().signal;
  try {
    await fillSet([...wanted], set, { signal });
  } catch (error) {
    // Without room for all of it the site still has to come: a course that is not complete says so.
    if (!(error instanceof OfflineError && error.code === "full")) throw error;
    await fillSet(baseFiles(list), set, { signal });
  }
}

async function activate(): Promise<void> {
  // The first page of a first visit, too, has what it loads from now on kept.
  await scope.clients.claim();
  await preloadPages(scope.registration);
  await shareMachine().catch(() => undefined);
  await dropOtherSets();
}

/** What the machine images of the build before and of this one have in common need not be fetched again for a course that is kept. */
async function shareMachine(): Promise<void> {
  if ((await readKeptCourses()).length === 0) return;
  const { cache } = await openSiteSet(version, root);
  const response = await cache.match(versionedAddress(machineFilesName, root, version));
  const { image } = machineFiles.parse(await response?.json());
  if (image !== null) await copyShared(imageCachePrefix + image.id, image.files);
}

/** The list of this build's files, which is in its set from then on. */
async function readList(set: SiteSet): Promise<SiteFiles> {
  const address = versionedAddress(siteFilesName, root, version);
  const response = (await set.cache.match(address)) ?? (await fetchList(address));
  const list = siteFiles.parse(await response.clone().json());
  if (list.version !== version) throw new OfflineError("updated");
  await set.cache.put(address, response);
  return list;
}

async function fetchList(address: string): Promise<Response> {
  const response = await fetch(address, { cache: "no-cache" });
  if (!response.ok) throw new OfflineError("unreachable");
  return response;
}

async function keptIds(): Promise<readonly string[]> {
  return (await readKeptCourses()).map(({ id }) => id);
}

async function otherSets(): Promise<string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(siteCachePrefix) && name !== ownCache);
}

/** Drops the files of other builds when no tab can be using them, nor a new one is being filled. */
async function dropOtherSets(): Promise<void> {
  const { installing, waiting } = scope.registration;
  if (installing ?? waiting) return;
  const windows = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (windows.length > 1) return;
  await Promise.all((await otherSets()).map((name) => caches.delete(name)));
}

/** For a file that is the same in every set that has it. */
function inAnySet(): SerwistPlugin {
  return {
    cachedResponseWillBeUsed: async ({ request, cachedResponse, event }) => {
      const kept = cachedResponse ?? (await caches.match(request, { ignoreVary: true }));
      if (kept === undefined) return null;
      const { request: asked } = event as Event & { readonly request: Request };
      // A worker reads its own address, which is that of the response.
      return asked.url === kept.url ? kept : new Response(kept.body, { status: kept.status, headers: kept.headers });
    },
  };
}

function withoutSearch(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

/** A page of another build is shown, but not kept in the set of this one. */
async function ofThisBuild(response: Response): Promise<Response | null> {
  if (!(response.headers.get("content-type") ?? "").startsWith("text/html")) return null;
  const body = await response.clone().arrayBuffer();
  return isOfVersion(new TextDecoder().decode(body), version) ? cleanCopy(response, body) : null;
}

/** Of the pages that were opened, those that have not been for longest give way. Cache Storage has the last written ones last. */
async function dropOldest(): Promise<void> {
  const set = await openSiteSet(version, root);
  const list = await readList(set);
  const wanted = new Set(
    [...baseFiles(list), ...filesFor(list, await keptIds())].map((file) => addressOf(file, root, version)),
  );
  const opened = (await set.cache.keys()).filter(({ url }) => /(\/|\.html)$/.test(url) && !wanted.has(url));
  await Promise.all(
    opened.slice(0, Math.max(0, opened.length - MOST_OPENED)).map((request) => set.cache.delete(request)),
  );
}

/** Answered for a page that is neither kept nor to be had. */
async function standIn(): Promise<Response | undefined> {
  const { cache } = await openSiteSet(version, root);
  const page = await cache.match(new URL(offlinePage, root).href);
  // It is not the page that was asked for.
  return page && new Response(page.body, { status: 503, statusText: "Offline", headers: page.headers });
}

const MOST_OPENED = 24;
