import { signal, type ReadonlySignal } from "@preact/signals";
import type { Clock } from "../../checks/clock.ts";
import type { EngineEvent, TypedCommand } from "../../checks/world.ts";

/** What containers take, as far as it has been measured. Times are in milliseconds, sizes in bytes. */
export interface ContainerFigures {
  /** The `docker run` that was entered last, from Enter to its end; `ms` is undefined while it runs. */
  readonly run?: { readonly line: string; readonly since: number; readonly ms: number | undefined };
  /** The image of the container that was started last. */
  readonly image?: { readonly name: string; readonly bytes: number };
  /** What the container that was started last and still runs holds, as its cgroup counts it. */
  readonly memoryBytes?: number;
  /** The engine's own start, when somebody ended it and waited for it. */
  readonly engineMs?: number;
}

export interface ContainerMeterOptions {
  clock: Clock;
  /** Of an image by its name; undefined where there is none. */
  imageBytes: (image: string) => Promise<number | undefined>;
  /** The memory that a running container's cgroup holds; undefined where there is none. */
  memoryBytes: (container: string) => Promise<number | undefined>;
}

/** Takes the time of what is typed in the terminals, and the sizes of what comes of it. */
export class ContainerMeter implements Disposable {
  readonly #options: ContainerMeterOptions;
  readonly #figures = signal<ContainerFigures>({});
  readonly #began = new Map<number, number>();
  #timer: Disposable | undefined;

  constructor(options: ContainerMeterOptions) {
    this.#options = options;
  }

  get figures(): ReadonlySignal<ContainerFigures> {
    return this.#figures;
  }

  /** A command was entered in a terminal of the sandbox, or ended there. */
  noteCommand({ number, line, exitCode, terminal }: TypedCommand): void {
    if (terminal === "vm") return;
    const now = this.#options.clock.now();
    const isRun = runs.test(line);
    if (exitCode === undefined) {
      this.#began.set(number, now);
      if (isRun) this.#add({ run: { line, since: now, ms: undefined } });
      return;
    }
    const since = this.#began.get(number);
    this.#began.delete(number);
    if (since === undefined) return;
    if (isRun) this.#add({ run: exitCode === 0 ? { line, since, ms: now - since } : undefined });
    else if (exitCode === 0 && endsEngine.test(line)) this.#add({ engineMs: now - since });
  }

  noteEvent({ Type, Action, Actor }: EngineEvent): void {
    const id = Actor?.ID ?? undefined;
    const image = Actor?.Attributes?.image ?? undefined;
    if (Type !== "container" || Action !== "start" || id === undefined) return;
    this.#timer?.[Symbol.dispose]();
    // What is read while a container starts takes its processor away; and one that ends at once has no memory to be read.
    this.#timer = this.#options.clock.after(settleMs, () => void this.#measure(id, image));
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
  }

  async #measure(id: string, image: string | undefined): Promise<void> {
    const { imageBytes, memoryBytes } = this.#options;
    if (image !== undefined) {
      const bytes = await imageBytes(image).catch(() => undefined);
      if (bytes !== undefined) this.#add({ image: { name: image, bytes } });
    }
    const memory = await memoryBytes(id).catch(() => undefined);
    if (memory !== undefined) this.#add({ memoryBytes: memory });
  }

  #add(figures: { [Name in keyof ContainerFigures]: ContainerFigures[Name] | undefined }): void {
    const known = Object.entries({ ...this.#figures.peek(), ...figures }).filter(([, value]) => value !== undefined);
    this.#figures.value = Object.fromEntries(known);
  }
}

/** One `docker run` and nothing besides, so that its time is that of one container. */
const runs = /^\s*(?:time\s+)?docker\s+(?:container\s+)?run\s[^;|&]*$/;
/** Whatever ends dockerd and waits; the time is the command's. */
const endsEngine = /\bdockerd\b|docker\.pid/;
const settleMs = 1500;
