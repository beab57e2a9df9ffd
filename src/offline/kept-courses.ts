import * as z from "zod/mini";

/** A course that the reader wants to have without a network. Whether all of it is there, only a look at what is kept tells. */
const keptCourse = z.object({
  id: z.string(),
  title: z.string(),
  /** All of it was there once, so that what is missing was not left out by the reader. */
  wasComplete: z.boolean(),
});
const record = z.object({ courses: z.array(keptCourse) });

export type KeptCourse = z.infer<typeof keptCourse>;

/** Not in `localStorage`, which the service worker cannot read. */
export const keptCacheName = "drydock-offline";
const address = "/kept-courses";

export async function readKeptCourses(storage: CacheStorage = caches): Promise<readonly KeptCourse[]> {
  // Opening a cache makes one, which a visitor who keeps nothing should not have.
  if (!(await storage.has(keptCacheName))) return [];
  const response = await (await storage.open(keptCacheName)).match(address);
  const text = await response?.text();
  try {
    return text === undefined ? [] : record.parse(JSON.parse(text)).courses;
  } catch {
    return [];
  }
}

/** One change after the other, also among tabs. */
export async function changeKeptCourses(
  change: (courses: readonly KeptCourse[]) => readonly KeptCourse[],
  storage: CacheStorage = caches,
): Promise<readonly KeptCourse[]> {
  const exchange = async () => {
    const courses = change(await readKeptCourses(storage));
    if (courses.length === 0) await storage.delete(keptCacheName);
    else await (await storage.open(keptCacheName)).put(address, Response.json({ courses }));
    return courses;
  };
  return "locks" in navigator ? await navigator.locks.request("drydock:kept-courses", exchange) : await exchange();
}

/**
 * Has the browser ask for a page while it starts the service worker, where pages come from the network. Where a course is kept they do not, and it would
 * be asked in vain.
 */
export async function preloadPages({ navigationPreload }: ServiceWorkerRegistration): Promise<void> {
  if ((await readKeptCourses()).length === 0) await navigationPreload.enable();
  else await navigationPreload.disable();
}
