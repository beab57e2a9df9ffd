// Over 250 lines because it is one state: what is known of the builds, and what is still to be asked.
import { computed, signal } from "@preact/signals";
import { growingPause, wait, type Clock } from "../../checks/clock.ts";
import type { BuildControl } from "../../engine/buildkit/build-control.ts";
import type { BuildHistoryEvent } from "../../engine/buildkit/messages.ts";
import type { Engine } from "../../engine/engine.ts";
import type { Machine } from "../../machine/contract.ts";
import { codeOf } from "../error-code.ts";
import { errorSentence } from "../error-sentence.ts";
import { readContexts, type BuildContext } from "./build-contexts.ts";
import { BuildBook, type Build } from "./build-record.ts";
import { FileFinder, type FilesOfSteps, type ReasonsOfSteps } from "./file-finder.ts";
import { explainStep } from "./miss-reason.ts";

export interface BuildDeskOptions {
  readonly control: BuildControl;
  readonly engine: Pick<Engine, "images">;
  readonly machine: Pick<Machine, "run">;
  readonly clock: Clock;
}

/**
 * Follows the builds of the learner's own BuildKit, whoever starts them. It listens from `listen` on; the steps of a build are read while somebody looks, those
 * of earlier ones too, since BuildKit keeps them.
 */
export class BuildDesk implements Disposable {
  /** Newest first. */
  readonly builds = signal<readonly Build[]>([]);
  readonly chosen = signal<string | undefined>(undefined);
  readonly isRead = signal(false);
  readonly problem = signal<string | undefined>(undefined);
  readonly build = computed(
    () => this.builds.value.find(({ ref }) => ref === this.chosen.value) ?? this.builds.value[0],
  );
  readonly #options: BuildDeskOptions;
  readonly #books = new Map<string, BuildBook>();
  readonly #contexts = new Map<string, BuildContext>();
  readonly #finder: FileFinder;
  /** Of builds whose steps are read, or are being read. */
  readonly #read = new Set<string>();
  readonly #reading = new Set<string>();
  /** What the machine's clock showed at a moment of ours. */
  #clocks = { theirs: 0, ours: 0 };
  /** What each of those who look at builds looks at. */
  readonly #lookers = new Set<() => Build | undefined>();
  /** Builds by which the machine itself was made. */
  readonly #hidden = new Set<string>();
  #isBusy = false;
  #isUpdating = false;
  #listening: AbortController | undefined;

  constructor(options: BuildDeskOptions) {
    this.#options = options;
    this.#finder = new FileFinder(options.engine, options.machine);
  }

  /** Does nothing when it listens already. */
  listen(): void {
    if (this.#listening !== undefined) return;
    this.#listening = new AbortController();
    void this.#follow(this.#listening.signal);
  }

  /** Until `listen` is called again. What is known stays. */
  pause(): void {
    this.#listening?.abort();
    this.#listening = undefined;
  }

  /** The machine is as it was released: its builds are gone. */
  forget(): void {
    for (const all of [this.#books, this.#contexts, this.#read, this.#reading, this.#hidden]) all.clear();
    this.builds.value = [];
    this.#finder.forget();
    this.chosen.value = undefined;
    this.isRead.value = false;
  }

  /** Somebody looks at what `at` gives, until what is returned is disposed. */
  look(at: () => Build | undefined): Disposable {
    this.#lookers.add(at);
    void this.#work();
    return { [Symbol.dispose]: () => this.#lookers.delete(at) };
  }

  choose(ref: string): void {
    this.chosen.value = ref;
    void this.#work();
  }

  /** The newest build of an image, or the one of that reference. One that has no image, or none yet, is that of the builds before it. */
  find(of: string): Build | undefined {
    const name = of.replace(/:latest$/, "");
    const isOfImage = (build: Build) =>
      [build, ...this.#earlierThan(build)].find(({ imageName }) => imageName !== undefined)?.imageName === name;
    return this.builds.value.find((build) => build.ref === of || isOfImage(build));
  }

  /** Why each step was a hit or a miss; what only a comparison tells comes once the builds before are read. */
  explain(build: Build): ReasonsOfSteps {
    const earlier = this.#earlierThan(build);
    const areRead = earlier.every((each) => this.hasSteps(each));
    const told = earlier.filter(({ steps }) => steps.length > 0);
    return new Map(
      build.steps.flatMap((step) => {
        const reason = explainStep(step, build, told);
        return reason === undefined || !(areRead || reason.kind === "hit") ? [] : [[step.digest, reason] as const];
      }),
    );
  }

  filesOf(build: Build): FilesOfSteps {
    return this.#finder.filesOf(build);
  }

  /** Whether all that BuildKit tells of the steps is known. */
  hasSteps(build: Build): boolean {
    return this.#read.has(build.ref) || build.steps.length > 0;
  }

  /** The time by the machine's clock, which need not be ours. */
  now(): number {
    const { theirs, ours } = this.#clocks;
    return theirs + this.#options.clock.now() - ours;
  }

  [Symbol.dispose](): void {
    this.pause();
    this.#options.control[Symbol.dispose]();
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const pause = growingPause({ firstMs: 500, factor: 2, longestMs: 15_000 });
    let failures = 0;
    while (!signal.aborted) {
      try {
        for await (const event of this.#options.control.history({ signal, earlyExit: true })) this.#take(event);
        await this.#readContexts(signal);
        this.isRead.value = true;
        this.#update();
        this.problem.value = undefined;
        failures = 0;
        pause.reset();
        void this.#work();
        for await (const event of this.#options.control.history({ signal })) {
          this.#take(event);
          void this.#work();
        }
      } catch (error) {
        if (this.#listening?.signal !== signal) return;
        // The engine may only be starting again.
        if (++failures > 2 || codeOf(error) === "engine-too-old") this.problem.value = errorSentence(error);
        if (codeOf(error) === "engine-too-old") return;
      }
      this.#reading.clear();
      await wait(this.#options.clock, pause.next(), signal);
    }
  }

  #take({ type, record }: BuildHistoryEvent): void {
    if (this.#hidden.has(record.ref)) return;
    if (type === "deleted") {
      this.#books.delete(record.ref);
    } else {
      const book = this.#books.get(record.ref);
      if (book === undefined) this.#books.set(record.ref, new BuildBook(record));
      else book.note(record);
    }
    this.#update();
  }

  /** Begins to read only while somebody looks. */
  async #work(): Promise<void> {
    if (this.#lookers.size > 0) await this.#goOn();
  }

  /** Reads what is missing, one thing at a time, to its end, whoever still looks: a context that is kept later may have changed by then. */
  async #goOn(): Promise<void> {
    const signal = this.#listening?.signal;
    if (this.#isBusy || signal === undefined || !this.isRead.peek()) return;
    this.#isBusy = true;
    try {
      while (!signal.aborted) {
        const unknown = [...this.#books.keys()].some((ref) => !this.#contexts.has(ref));
        const next = this.builds.peek().find(({ ref }) => !this.#read.has(ref) && !this.#reading.has(ref));
        if (unknown) await this.#readContexts(signal);
        else if (next?.state === "running") void this.#readSteps(next.ref, signal);
        else if (next !== undefined) await this.#readSteps(next.ref, signal);
        else if (await this.#finder.keepContext(this.builds.peek(), signal)) continue;
        else if (!(await this.#nameFiles(signal))) break;
      }
    } catch (error) {
      if (!signal.aborted) this.problem.value = errorSentence(error);
    } finally {
      this.#isBusy = false;
    }
  }

  async #readContexts(signal: AbortSignal): Promise<void> {
    const refs = [...this.#books.keys()].filter((ref) => !this.#contexts.has(ref));
    const found = await readContexts(this.#options.machine, refs, { signal });
    const isFirst = !this.isRead.peek();
    for (const ref of refs) {
      const context = found.get(ref) ?? { folder: "", isThere: true };
      this.#contexts.set(ref, context);
      this.#books.get(ref)?.noteFolder(context.folder);
      // Those by which the machine itself was made come from folders that it no longer has.
      if (!isFirst || !context.folder.startsWith("/") || context.isThere) continue;
      this.#hidden.add(ref);
      this.#books.delete(ref);
    }
    this.#update();
  }

  async #readSteps(ref: string, signal: AbortSignal): Promise<void> {
    const book = this.#books.get(ref);
    if (book === undefined) return;
    this.#reading.add(ref);
    try {
      let isFirst = true;
      for await (const status of this.#options.control.status(ref, { signal })) {
        if (isFirst) book.begin();
        isFirst = false;
        book.add(status);
        if (book.read().completedAt === undefined)
          this.#clocks = { theirs: book.lastTime, ours: this.#options.clock.now() };
        this.#update();
      }
      this.#read.add(ref);
    } catch (error) {
      // An engine that is away is the listener's to wait for. What BuildKit knows no more has no steps to show.
      if (signal.aborted || away.has(codeOf(error))) return;
      this.#read.add(ref);
    } finally {
      this.#reading.delete(ref);
      this.#update();
    }
    void this.#goOn();
  }

  /** Of the builds that are looked at. Says whether there was something to find out. */
  async #nameFiles(signal: AbortSignal): Promise<boolean> {
    for (const at of this.#lookers) {
      const build = at();
      if (build !== undefined && (await this.#finder.nameFiles(build, this.explain(build), signal))) return true;
    }
    return false;
  }

  /** Builds of the same Dockerfile, newest first. */
  #earlierThan(build: Build): Build[] {
    const folder = this.#contexts.get(build.ref)?.folder ?? "";
    return this.builds.value.filter((other) => {
      if (other.createdAt >= build.createdAt || other.ref === build.ref) return false;
      const otherFolder = this.#contexts.get(other.ref)?.folder ?? "";
      if (folder.startsWith("/") && otherFolder.startsWith("/"))
        return folder === otherFolder && build.attributes.filename === other.attributes.filename;
      return build.imageName !== undefined && build.imageName === other.imageName;
    });
  }

  /** Several changes at once are drawn once. */
  #update(): void {
    if (this.#isUpdating) return;
    this.#isUpdating = true;
    queueMicrotask(() => {
      this.#isUpdating = false;
      // Until then it is not known which of them are the learner's.
      if (!this.isRead.peek()) return;
      const sorted = [...this.#books.values()]
        .map((book) => book.read())
        .sort((one, other) => other.createdAt - one.createdAt);
      for (const { ref } of sorted.splice(mostBuilds)) this.#books.delete(ref);
      this.builds.value = sorted;
    });
  }
}

const mostBuilds = 20;
const away: ReadonlySet<string> = new Set(["connection-lost", "unreachable", "timeout", "cancelled"]);
