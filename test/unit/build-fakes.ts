import type { BuildControl } from "../../src/engine/buildkit/build-control.ts";
import type { BuildHistoryEvent, BuildRecord, BuildStatus, Vertex } from "../../src/engine/buildkit/messages.ts";

/** A vertex as BuildKit tells of it; it has run for a second unless said otherwise. */
export function vertexOf(name: string, more: Partial<Vertex> = {}): Vertex {
  return { digest: name, inputs: [], name, cached: false, started: 1000, completed: 2000, error: "", ...more };
}

export function statusOf(vertexes: readonly Vertex[], more: Partial<BuildStatus> = {}): BuildStatus {
  return { vertexes, statuses: [], logs: [], ...more };
}

export function recordOf(ref: string, more: Partial<BuildRecord> = {}): BuildRecord {
  const nothing = { completedAt: undefined, error: undefined, imageConfig: undefined };
  return { ref, attributes: { filename: "Dockerfile" }, createdAt: 1000, ...nothing, ...more };
}

/** The vertexes of a Dockerfile of one stage, each standing on the one before; `cached` of them, beginning with the first after FROM, from the cache. */
export function stageOf(lines: readonly string[], cached = 0, more: Partial<Vertex> = {}): Vertex[] {
  const names = lines.map((line, n) => `[${n + 1}/${lines.length}] ${line}`);
  return names.map((name, n) =>
    vertexOf(name, {
      inputs: n === 0 ? [] : [names[n - 1] ?? ""],
      cached: n > 0 && n <= cached,
      ...(n === lines.length - 1 && more),
    }),
  );
}

/** BuildKit whose builds the test makes up. */
export class FakeControl implements BuildControl {
  readonly asked: string[] = [];
  readonly statuses = new Map<string, readonly BuildStatus[]>();
  /** Thrown by the next call. */
  failure: Error | undefined;
  #known: BuildHistoryEvent[] = [];
  readonly #listeners = new Set<(event: BuildHistoryEvent) => void>();

  tell(event: BuildHistoryEvent): void {
    this.#known = [...this.#known.filter(({ record }) => record.ref !== event.record.ref), event];
    for (const listener of this.#listeners) listener(event);
  }

  async *history({ signal, earlyExit = false }: { signal: AbortSignal; earlyExit?: boolean }) {
    this.asked.push(earlyExit ? "list" : "listen");
    this.#fail();
    yield* this.#known;
    if (earlyExit) return;
    const queue: BuildHistoryEvent[] = [];
    let { promise, resolve } = Promise.withResolvers<void>();
    const listener = (event: BuildHistoryEvent) => {
      queue.push(event);
      resolve();
    };
    this.#listeners.add(listener);
    signal.addEventListener("abort", () => resolve());
    try {
      for (;;) {
        await promise;
        signal.throwIfAborted();
        this.#fail();
        ({ promise, resolve } = Promise.withResolvers<void>());
        yield* queue.splice(0);
      }
    } finally {
      this.#listeners.delete(listener);
    }
  }

  /** Ends what listens with `failure`. */
  breakOff(failure: Error): void {
    this.failure = failure;
    for (const listener of this.#listeners) listener({ type: "deleted", record: recordOf("none") });
  }

  async *status(ref: string) {
    this.asked.push(ref);
    await Promise.resolve();
    yield* this.statuses.get(ref) ?? [];
  }

  [Symbol.dispose](): void {
    this.asked.push("dispose");
  }

  #fail(): void {
    const { failure } = this;
    this.failure = undefined;
    if (failure !== undefined) throw failure;
  }
}
