import { signal } from "@preact/signals";
import { filesFor } from "../../offline/site-files.ts";
import { OfflineError, type OfflineErrorCode } from "../../offline/offline-error.ts";
import type { KeptCourse } from "../../offline/kept-courses.ts";
import { amount } from "../../sandbox/kept-words.ts";
import { offlineWords } from "../../words/offline.ts";
import { ownParts, partsFor, stateOf, type CourseState, type OfflineLists } from "./kept-state.ts";
import type { OfflineStores } from "./offline-stores.ts";

/** A course as its reader has it, for use without a network. */
export interface OfflineCourse extends CourseState {
  /** The reader wants to have it. */
  readonly isWanted: boolean;
  readonly wasComplete: boolean;
}

export interface Download {
  readonly course: string;
  readonly doneBytes: number;
  readonly totalBytes: number;
}

/** Keeps courses for use without a network, and lets go of them; no more than one at a time in all tabs. */
export class OfflineDesk implements Disposable {
  /** By their ids; undefined until it has been looked. */
  readonly courses = signal<ReadonlyMap<string, OfflineCourse> | undefined>(undefined);
  readonly download = signal<Download | undefined>(undefined);
  /** What went wrong, or was done, last, and with which course. */
  readonly report = signal<
    { readonly course: string; readonly words: string; readonly isFailure: boolean } | undefined
  >(undefined);
  readonly #stores: OfflineStores;
  #stop: AbortController | undefined;
  readonly #disposal = new AbortController();

  constructor(stores: OfflineStores) {
    this.#stores = stores;
  }

  /** Looks at what is there: cheap, unless a course is kept. */
  async look(): Promise<void> {
    const wanted = await this.#stores.readWanted();
    const lists =
      wanted.length > 0 ? await this.#stores.readLists(this.#disposal.signal).catch(() => undefined) : undefined;
    if (lists !== undefined) {
      await this.#show(lists, wanted);
      return;
    }
    const site = await this.#stores.readSite();
    if (site === undefined) {
      this.courses.value = undefined;
      return;
    }
    const bytes = site.courses.map(({ id, machineBytes }) => [id, machineBytes + sum(filesFor(site, [id]))] as const);
    this.courses.value = new Map(
      bytes.map(([id, totalBytes]) => [
        id,
        { totalBytes, missingBytes: totalBytes, isWanted: wanted.some((each) => each.id === id), wasComplete: false },
      ]),
    );
  }

  /** Fetches what is missing of a course. What has come when it fails, or is paused, stays and is not fetched again. */
  async keep(course: string, title: string): Promise<void> {
    if (this.#stop !== undefined) return;
    const stop = (this.#stop = new AbortController());
    this.report.value = undefined;
    this.download.value = { course, doneBytes: 0, totalBytes: this.courses.peek()?.get(course)?.totalBytes ?? 0 };
    try {
      const work = () => this.#fetch({ course, title }, AbortSignal.any([stop.signal, this.#disposal.signal]));
      if ((await this.#stores.alone(work)) === undefined) throw new OfflineError("busy");
    } catch (error) {
      // Others that fetch beside what failed would go on.
      stop.abort();
      this.report.value = { course, words: wordsOf(error), isFailure: codeOf(error) !== "cancelled" };
    } finally {
      this.#stop = undefined;
      this.download.value = undefined;
    }
    await this.look();
  }

  pause(): void {
    this.#stop?.abort(new OfflineError("cancelled"));
  }

  /** What no other course needs goes too; with the last course, the machine. */
  async remove(course: string): Promise<void> {
    this.report.value = undefined;
    try {
      const lists = await this.#stores.readLists(this.#disposal.signal).catch(() => undefined);
      const left = await this.#stores.changeWanted((courses) => courses.filter(({ id }) => id !== course));
      const ids = left.map(({ id }) => id);
      if (ids.length === 0) {
        await this.#stores.dropAll();
      } else if (lists !== undefined) {
        await this.#stores.dropParts(ownParts(course, ids, lists));
        await this.#stores.dropFiles(lists.site.courses.find(({ id }) => id === course)?.files ?? []);
      }
      this.report.value = { course, words: offlineWords.removed, isFailure: false };
    } catch (error) {
      this.report.value = { course, words: wordsOf(error), isFailure: true };
    }
    await this.look();
  }

  [Symbol.dispose](): void {
    this.#disposal.abort(new OfflineError("cancelled"));
  }

  async #fetch({ course, title }: { course: string; title: string }, signal: AbortSignal): Promise<true> {
    await this.#stores.begin(signal);
    const lists = await this.#stores.readLists(signal);
    const kept = await this.#stores.look(lists);
    const { totalBytes, missingBytes } = stateOf(course, lists, kept);
    const room = await this.#stores.room();
    if (room !== undefined && room < missingBytes) throw new TooLittleRoom(missingBytes, room);
    const isLasting = await this.#stores.askToStay();
    await this.#stores.changeWanted((courses) => [
      ...courses.filter(({ id }) => id !== course),
      { id: course, title, wasComplete: courses.find(({ id }) => id === course)?.wasComplete ?? false },
    ]);
    let doneBytes = totalBytes - missingBytes;
    const onBytes = (count: number) => {
      doneBytes += count;
      // What others take back when one has failed comes later.
      if (!signal.aborted) this.download.value = { course, doneBytes, totalBytes };
    };
    onBytes(0);
    await this.#stores.keepFiles(filesFor(lists.site, [course]), signal, onBytes);
    const queue = partsFor(lists, course).filter(({ sha256 }) => !kept.parts.has(sha256));
    const stop = new AbortController();
    const both = AbortSignal.any([signal, stop.signal]);
    const work = async () => {
      for (let part = queue.shift(); part !== undefined; part = queue.shift()) {
        if (both.aborted) throw new OfflineError("cancelled");
        await this.#stores.keepPart(part, lists, both, onBytes);
      }
    };
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    } finally {
      stop.abort();
    }
    // Only what is there now counts: the browser may have cleared something meanwhile.
    if (stateOf(course, lists, await this.#stores.look(lists)).missingBytes > 0) throw new OfflineError("full");
    await this.#stores.changeWanted((courses) =>
      courses.map((each) => (each.id === course ? { ...each, wasComplete: true } : each)),
    );
    if (!isLasting) this.report.value = { course, words: offlineWords.mayBeCleared, isFailure: false };
    return true;
  }

  async #show(lists: OfflineLists, wanted: readonly KeptCourse[]): Promise<void> {
    const kept = await this.#stores.look(lists);
    this.courses.value = new Map(
      lists.site.courses.map(({ id }) => {
        const course = wanted.find((each) => each.id === id);
        const state = stateOf(id, lists, kept);
        return [id, { ...state, isWanted: course !== undefined, wasComplete: course?.wasComplete ?? false }];
      }),
    );
  }
}

class TooLittleRoom extends OfflineError {
  readonly words: string;

  constructor(missingBytes: number, room: number) {
    super("full");
    this.words = offlineWords.tooLittleRoom(amount(missingBytes), amount(room));
  }
}

function codeOf(error: unknown): OfflineErrorCode {
  if (error instanceof OfflineError) return error.code;
  // Its lock was taken away, because all is deleted.
  return error instanceof DOMException && error.name === "AbortError" ? "cancelled" : "refused";
}

function wordsOf(error: unknown): string {
  return error instanceof TooLittleRoom ? error.words : offlineWords.failed[codeOf(error)];
}

function sum(files: readonly { readonly bytes: number }[]): number {
  return files.reduce((total, { bytes }) => total + bytes, 0);
}

const AT_ONCE = 4;
