import { computed, signal } from "@preact/signals";
import * as z from "zod/mini";
import { wait, type Clock } from "../../checks/clock.ts";
import type { Client } from "../../engine/client.ts";
import type { Engine } from "../../engine/engine.ts";
import type { Machine } from "../../machine/contract.ts";
import { engineMapWords as words } from "../../words/engine-map.ts";
import { errorSentence } from "../error-sentence.ts";
import { FreshLook } from "../fresh-look.ts";
import { drawMap, thingsOf, type EngineMap } from "./engine-map.ts";
import { inspectThing, isFixture, readMirrors, type Inspected } from "./inspect-thing.ts";
import { changesInWords } from "./map-text.ts";
import { compareMaps } from "./map-changes.ts";

export interface EngineDeskOptions {
  readonly engine: Pick<Engine, "images" | "containers" | "networks" | "volumes" | "system">;
  readonly client: Pick<Client, "json">;
  readonly machine: Pick<Machine, "run">;
  readonly clock: Clock;
}

/** What is known of the engine itself; it does not change while it runs. */
export interface EngineSelf {
  readonly version?: string;
  readonly storageDriver?: string;
  /** Absent until they have been read. */
  readonly mirrors?: readonly string[];
}

/** Draws the map of the learner's own engine, again whenever it is told that something has happened there. */
export class EngineDesk implements Disposable {
  readonly map = signal<EngineMap | undefined>(undefined);
  readonly self = signal<EngineSelf>({});
  /** Keys of what is new or has another state since a moment ago. */
  readonly fresh = signal<ReadonlySet<string>>(new Set());
  /** What has changed, for who does not see it. */
  readonly said = signal("");
  readonly problem = signal<string | undefined>(undefined);
  /** The key of what is looked at more closely, and what the engine says of it. */
  readonly chosen = signal<string | undefined>(undefined);
  readonly opened = signal<Inspected | undefined>(undefined);
  readonly byKey = computed(() => new Map(thingsOf(this.map.value ?? nothing).map((thing) => [thing.key, thing])));
  readonly #options: EngineDeskOptions;
  readonly #gone = new AbortController();
  readonly #freshSince = new Map<string, number>();
  readonly #fresh: FreshLook;

  constructor(options: EngineDeskOptions) {
    this.#options = options;
    const { signal } = this.#gone;
    this.#fresh = new FreshLook(() => this.#lookOnce(), {
      signal,
      tell: (problem) => (this.problem.value = problem),
      // One command of a person's is several events, close together.
      settle: () => wait(options.clock, settleMs, signal),
    });
  }

  /** Looks again. What happens while it looks, or just after, becomes one more look. */
  look(): Promise<void> {
    return this.#fresh.again();
  }

  /** Looks, and chooses what has that name; `kind` decides where several have it. */
  async lookFor(name: string | undefined, kind?: string): Promise<void> {
    await this.look();
    const key = name === undefined ? undefined : this.#find(name, kind);
    if (key !== undefined && this.chosen.peek() !== key) this.choose(key);
    else if (name !== undefined && key === undefined) this.said.value = words.notHere(name);
  }

  /** Once more lets it go. */
  choose(key: string | undefined): void {
    const isSame = this.chosen.peek() === key;
    this.chosen.value = isSame ? undefined : key;
    this.opened.value = undefined;
    if (this.chosen.peek() !== undefined) void this.#inspect();
  }

  [Symbol.dispose](): void {
    this.#gone.abort();
  }

  async #lookOnce(): Promise<void> {
    const { containers, images, networks, volumes } = this.#options.engine;
    const { signal } = this.#gone;
    const lists = {
      containers: await containers.list({ all: true, signal }),
      images: await images.list({ signal }),
      networks: await networks.list({ signal }),
      volumes: await volumes.list({ signal }),
    };
    if (signal.aborted) return;
    const before = this.map.peek();
    const map = drawMap(lists);
    this.#note(before, map);
    if (before === undefined || JSON.stringify(before) !== JSON.stringify(map)) this.map.value = map;
    const chosen = this.chosen.peek();
    if (chosen !== undefined && !isFixture(chosen)) {
      if (this.byKey.peek().has(chosen)) await this.#inspect();
      else this.chosen.value = this.opened.value = undefined;
    }
    if (this.self.peek().mirrors === undefined) await this.#readSelf(lists.images[0]?.Id);
  }

  /** What is there at the first look is not new. */
  #note(before: EngineMap | undefined, after: EngineMap): void {
    const now = this.#options.clock.now();
    for (const [key, since] of this.#freshSince) if (now - since > freshMs) this.#freshSince.delete(key);
    if (before !== undefined) {
      const changes = compareMaps(before, after);
      for (const { key } of [...changes.added, ...changes.turned]) this.#freshSince.set(key, now);
      const said = changesInWords(changes);
      if (said !== "") this.said.value = said;
    }
    this.fresh.value = new Set(this.#freshSince.keys());
  }

  /** `/info` would tell all of it, and takes an emulated machine three seconds. */
  async #readSelf(image: string | undefined): Promise<void> {
    const { engine, machine } = this.#options;
    const { signal } = this.#gone;
    const { Version } = await engine.system.version({ signal });
    const mirrors = await readMirrors({ machine, signal });
    const driver = image === undefined ? undefined : storage.safeParse(await engine.images.inspect(image, { signal }));
    const storageDriver = driver?.data?.GraphDriver.Name;
    this.self.value = { version: Version, mirrors, ...(storageDriver !== undefined && { storageDriver }) };
  }

  async #inspect(): Promise<void> {
    const key = this.chosen.peek();
    if (key === undefined) return;
    const thing = isFixture(key) ? key : this.byKey.peek().get(key);
    if (thing === undefined) return;
    try {
      const opened = await inspectThing(thing, { ...this.#options, signal: this.#gone.signal });
      if (this.chosen.peek() === key) this.opened.value = opened;
    } catch (error) {
      // What was removed meanwhile goes with the next look.
      if (!this.#gone.signal.aborted && this.chosen.peek() === key) this.problem.value = errorSentence(error);
    }
  }

  #find(name: string, kind: string | undefined): string | undefined {
    if (kind === undefined && isFixture(name)) return name;
    const isNamed = (one: string) => one === name || one === `${name}:latest`;
    const found = thingsOf(this.map.peek() ?? nothing).filter(
      (thing) =>
        (kind === undefined || thing.kind === kind) &&
        (isNamed(thing.name) || (thing.kind === "image" && thing.tags.some(isNamed))),
    );
    return (found.find((thing) => thing.kind === "container") ?? found[0])?.key ?? (isFixture(name) ? name : undefined);
  }
}

const nothing: EngineMap = { images: [], containers: [], networks: [], volumes: [], edges: [] };
const storage = z.looseObject({ GraphDriver: z.looseObject({ Name: z.string() }) });
const settleMs = 250;
const freshMs = 2500;
