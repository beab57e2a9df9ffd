import { computed, signal, type ReadonlySignal } from "@preact/signals";
import * as z from "zod/mini";
import { type Client, QUICK_MS } from "../../engine/client.ts";
import type { ContainerSummary } from "../../engine/container-answers.ts";
import type { Engine } from "../../engine/engine.ts";
import type { Machine } from "../../machine/contract.ts";
import { errorSentence } from "../error-sentence.ts";
import type { SmallDesk } from "../small-machine/small-desk.ts";
import type { StartFigures } from "../start-times.ts";
import type { Computer } from "./computer.ts";
import { readMachine, type MachineFigures } from "./machine-figures.ts";

export interface StacksDeskOptions {
  readonly engine: Pick<Engine, "images" | "containers" | "system">;
  readonly client: Pick<Client, "json">;
  readonly machine: Pick<Machine, "run">;
  readonly computer: Computer;
  readonly start: ReadonlySignal<StartFigures>;
  readonly small: Pick<SmallDesk, "state" | "facts" | "times">;
}

/** Both stacks, as far as they are known. */
export interface StacksView {
  readonly computer: Computer;
  readonly machine: MachineFigures;
  readonly engineVersion: string | undefined;
  readonly start: StartFigures;
  readonly containers: readonly ContainerView[];
  readonly small: SmallView;
}

export interface ContainerView {
  readonly id: string;
  readonly name: string;
  readonly state: ContainerSummary["State"];
  readonly image: string;
  readonly command: string;
  readonly imageBytes?: number;
  /** In the container's own layer. */
  readonly writtenBytes?: number;
  readonly memory?: number;
  readonly processes?: number;
  readonly seconds?: number;
  /** Milliseconds from its being created to its start; only of the newest one that runs. */
  readonly startMs?: number;
}

export interface SmallView {
  readonly phase: "off" | "starting" | "running" | "failed";
  readonly kernel?: string;
  readonly memory?: number;
  /** Kernel and files, as they lie in memory. */
  readonly diskBytes?: number;
  readonly loadedBytes?: number;
  /** Milliseconds from the button to the end of its first program. */
  readonly startMs?: number;
}

/** Measures the sandbox: its computer, its machine, its engine, its containers, and the small machine where one runs. */
export class StacksDesk implements Disposable {
  readonly problem = signal<string | undefined>(undefined);
  /** Absent until the first look has ended. */
  readonly view: ReadonlySignal<StacksView | undefined>;
  readonly #read = signal<Pick<StacksView, "machine" | "engineVersion" | "containers"> | undefined>(undefined);
  readonly #options: StacksDeskOptions;
  readonly #gone = new AbortController();
  #engineVersion: string | undefined;
  #lists: Lists | undefined;
  #started: { readonly id: string; readonly ms: number | undefined } | undefined;
  #looking: Promise<void> | undefined;
  #wanted: "nothing" | "figures" | "all" = "nothing";

  constructor(options: StacksDeskOptions) {
    this.#options = options;
    this.view = computed(() => {
      const read = this.#read.value;
      const { computer, start, small } = options;
      return read && { ...read, computer, start: start.value, small: describeSmall(small) };
    });
  }

  /** Looks at everything, or only measures anew what the last look has found. While it looks, further wishes become one. */
  async look(what: "figures" | "all" = "all"): Promise<void> {
    if (what === "all" || this.#wanted === "nothing") this.#wanted = what;
    this.#looking ??= this.#lookUntilFresh().finally(() => (this.#looking = undefined));
    await this.#looking;
  }

  [Symbol.dispose](): void {
    this.#gone.abort();
  }

  async #lookUntilFresh(): Promise<void> {
    while (this.#wanted !== "nothing") {
      const what = this.#wanted;
      this.#wanted = "nothing";
      try {
        if (what === "all" || this.#lists === undefined) this.#lists = await this.#list();
        await this.#measure(this.#lists);
        this.problem.value = undefined;
      } catch (error) {
        if (this.#gone.signal.aborted) return;
        this.problem.value = errorSentence(error);
      }
    }
  }

  async #list(): Promise<Lists> {
    const { engine, client } = this.#options;
    const { signal } = this.#gone;
    this.#engineVersion ??= (await engine.system.version({ signal })).Version;
    const containers = await engine.containers.list({ all: true, signal });
    const images = await engine.images.list({ signal });
    const sizes = new Map<string, number>();
    // The engine walks through every file that a container has written: not for a hundred of them.
    if (containers.length > 0 && containers.length <= mostSized) {
      const query = { all: true, size: true };
      const call = { path: "/containers/json", query, options: { signal }, deadlineMs: QUICK_MS };
      for (const { Id, SizeRw } of await client.json(call, sizesAnswer)) sizes.set(Id, SizeRw ?? 0);
    }
    const newest = containers.find(({ State }) => State === "running");
    if (newest !== undefined && this.#started?.id !== newest.Id) {
      const details = await engine.containers.inspect(newest.Id, { signal });
      this.#started = { id: newest.Id, ms: startTime(details) };
    }
    const imageBytes = new Map(images.map(({ Id, Size }) => [Id, Size]));
    return { containers, imageBytes, sizes };
  }

  async #measure({ containers, imageBytes, sizes }: Lists): Promise<void> {
    const running = containers.filter(({ State }) => State === "running" || State === "paused").map(({ Id }) => Id);
    const machine = await readMachine(this.#options.machine, running, { signal: this.#gone.signal });
    const views = containers.map((container): ContainerView => {
      const { Id, Names, State, Image, ImageID, Command } = container;
      const image = imageBytes.get(ImageID);
      const written = sizes.get(Id);
      const started = this.#started?.id === Id ? this.#started.ms : undefined;
      return {
        id: Id,
        name: (Names[0] ?? Id.slice(0, 12)).replace(/^\//, ""),
        state: State,
        image: Image,
        command: Command,
        ...(image !== undefined && { imageBytes: image }),
        ...(written !== undefined && { writtenBytes: written }),
        ...(started !== undefined && { startMs: started }),
        ...machine.containers.get(Id),
      };
    });
    if (!this.#gone.signal.aborted)
      this.#read.value = { machine, engineVersion: this.#engineVersion, containers: views };
  }
}

interface Lists {
  readonly containers: readonly ContainerSummary[];
  readonly imageBytes: ReadonlyMap<string, number>;
  /** Of what each container has written. */
  readonly sizes: ReadonlyMap<string, number>;
}

const mostSized = 30;
const sizesAnswer = z.array(z.looseObject({ Id: z.string(), SizeRw: z.optional(z.number()) }));
const times = z.looseObject({ Created: z.string(), State: z.looseObject({ StartedAt: z.string() }) });

/** Undefined where it was not started as soon as it was created: then the time says nothing. */
function startTime(details: object): number | undefined {
  const found = times.safeParse(details).data;
  const ms = found === undefined ? Number.NaN : Date.parse(found.State.StartedAt) - Date.parse(found.Created);
  return ms >= 0 && ms < 30_000 ? ms : undefined;
}

function describeSmall({ state, facts, times }: StacksDeskOptions["small"]): SmallView {
  const known = facts.value;
  const startMs = times.value.program;
  return {
    phase: state.value.phase,
    ...(known && {
      kernel: known.kernelVersion,
      memory: known.memoryBytes,
      diskBytes: known.kernelBytes + known.unpackedBytes,
      loadedBytes: known.kernelBytes + known.initrdBytes,
    }),
    ...(startMs !== undefined && { startMs }),
  };
}
