import { createMachineParts, type MachineParts } from "../../machine/machine-parts.ts";
import { catalogueCacheName, hashAddress, imageCachePrefix } from "../../offline/image-parts.ts";
import { changeKeptCourses, preloadPages, readKeptCourses, type KeptCourse } from "../../offline/kept-courses.ts";
import { OfflineError } from "../../offline/offline-error.ts";
import {
  addressOf,
  baseFiles,
  machineFiles,
  machineFilesName,
  siteFiles,
  siteFilesName,
  versionedAddress,
  type MachinePart,
  type SiteFile,
  type SiteFiles,
} from "../../offline/site-files.ts";
import { fetchFile, fillSet, missingOf, openSiteSet, put } from "../../offline/site-set.ts";
import { versionOf } from "../../offline/site-version.ts";
import { link } from "../link.ts";
import type { KeptThings, OfflineLists } from "./kept-state.ts";
import { registerOfflineWorker } from "./offline-worker.ts";

/** What the desk asks of the browser. */
export interface OfflineStores {
  /** What this build of the site consists of. Resolves to undefined where it was never kept, as before the first visit has been settled. */
  readSite(): Promise<SiteFiles | undefined>;
  /** The same with the machine, which is fetched if need be. */
  readLists(signal: AbortSignal): Promise<OfflineLists>;
  look(lists: OfflineLists): Promise<KeptThings>;
  readWanted(): Promise<readonly KeptCourse[]>;
  changeWanted(change: (courses: readonly KeptCourse[]) => readonly KeptCourse[]): Promise<readonly KeptCourse[]>;
  /** Rejects with an `OfflineError` unless a service worker of this build is there. */
  begin(signal: AbortSignal): Promise<void>;
  keepFiles(files: readonly SiteFile[], signal: AbortSignal, onBytes: (count: number) => void): Promise<void>;
  keepPart(
    part: MachinePart,
    lists: OfflineLists,
    signal: AbortSignal,
    onBytes: (count: number) => void,
  ): Promise<void>;
  dropParts(hashes: readonly string[]): Promise<void>;
  dropFiles(files: readonly SiteFile[]): Promise<void>;
  /** All but what every visitor has. */
  dropAll(): Promise<void>;
  /** How many bytes there is room for, as far as the browser tells. */
  room(): Promise<number | undefined>;
  /** Whether the browser promises not to clear it by itself. */
  askToStay(): Promise<boolean>;
  /** Resolves to undefined, without having done anything, while another tab is at it. */
  alone<T>(work: () => Promise<T>): Promise<T | undefined>;
}

export function browserStores(): OfflineStores {
  const root = new URL(link(""), location.href);
  const version = versionOf(document);
  const openSet = () => openSiteSet(version, root);
  let parts: { image: string; keeper: MachineParts } | undefined;
  const keeperOf = ({ machine: { image } }: OfflineLists) => {
    const id = image?.id ?? "none";
    if (parts?.image !== id) parts = { image: id, keeper: createMachineParts({ image: id, root }) };
    return parts.keeper;
  };
  const stores: OfflineStores = {
    async readSite() {
      const response = await caches.match(versionedAddress(siteFilesName, root, version));
      const list = response && siteFiles.safeParse(await response.json());
      return list?.data;
    },
    async readLists(signal) {
      const site = await stores.readSite();
      const file = site?.shared.find(({ path }) => path === machineFilesName);
      if (site === undefined || file === undefined) throw new OfflineError("updated");
      const set = await openSet();
      const address = addressOf(file, root, version);
      let response = await set.cache.match(address);
      if (response === undefined) {
        response = await fetchFile(file, set, { signal });
        await put(set.cache, address, response.clone());
      }
      return { site, machine: machineFiles.parse(await response.json()) };
    },
    async look(lists) {
      const { site } = lists;
      const set = await openSet();
      const files = [...site.shared, ...site.courses.flatMap((course) => course.files)];
      return { missingFiles: await missingOf(files, set), parts: await keeperOf(lists).listKept() };
    },
    readWanted: () => readKeptCourses(),
    async changeWanted(change) {
      const courses = await changeKeptCourses(change);
      const registration = await navigator.serviceWorker.getRegistration(root);
      if (registration?.active) await preloadPages(registration);
      return courses;
    },
    begin: (signal) => haveWorker(stores, signal),
    async keepFiles(files, signal, onBytes) {
      await fillSet(files, await openSet(), { signal, onFile: ({ bytes }) => onBytes(bytes) });
    },
    keepPart: (part, lists, signal, onBytes) => keeperOf(lists).keep(part, { signal, onBytes }),
    async dropParts(hashes) {
      for (const name of await caches.keys()) {
        if (!isOfMachine(name)) continue;
        const cache = await caches.open(name);
        await Promise.all(hashes.map((hash) => cache.delete(hashAddress(hash))));
      }
    },
    async dropFiles(files) {
      const { cache } = await openSet();
      await Promise.all(files.map((file) => cache.delete(addressOf(file, root, version))));
    },
    async dropAll() {
      const names = await caches.keys();
      await Promise.all(names.filter(isOfMachine).map((name) => caches.delete(name)));
      const { cache } = await openSet();
      const site = await stores.readSite();
      const base = new Set(site ? baseFiles(site).map((file) => addressOf(file, root, version)) : []);
      base.add(versionedAddress(siteFilesName, root, version));
      await Promise.all(
        (await cache.keys()).filter(({ url }) => !base.has(url)).map((request) => cache.delete(request)),
      );
    },
    async room() {
      try {
        const { usage, quota } = await navigator.storage.estimate();
        return usage === undefined || quota === undefined ? undefined : Math.max(0, quota - usage);
      } catch {
        return undefined;
      }
    },
    async askToStay() {
      try {
        return await navigator.storage.persist();
      } catch {
        return false;
      }
    },
    alone: (work) =>
      "locks" in navigator
        ? navigator.locks.request(offlineLock, { ifAvailable: true }, (lock) => (lock ? work() : undefined))
        : work(),
  };
  return stores;
}

/** The page's own build has to have a worker, which the host may have replaced by the next one's meanwhile. */
async function haveWorker({ readSite }: OfflineStores, signal: AbortSignal): Promise<void> {
  const registration = await registerOfflineWorker();
  const waiting = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  // It is in the list from its installation on.
  while ((await readSite()) === undefined) {
    const { installing } = registration;
    if (installing === null) throw new OfflineError(registration.active === null ? "unreachable" : "updated");
    await new Promise<void>((resolve, reject) => {
      installing.addEventListener("statechange", () => resolve(), { once: true });
      waiting.addEventListener("abort", () => reject(new OfflineError(signal.aborted ? "cancelled" : "unreachable")), {
        once: true,
      });
    });
  }
}

function isOfMachine(name: string): boolean {
  return name.startsWith(imageCachePrefix) || name === catalogueCacheName;
}

/** Held by the tab that downloads a course. */
export const offlineLock = "drydock:offline";
const PATIENCE_MS = 60_000;
