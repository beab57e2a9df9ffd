import { computed, signal } from "@preact/signals";
import type { PublishedPorts } from "../../checks/world.ts";
import type { Engine } from "../../engine/engine.ts";
import { isBridge, type Place } from "../../preview/preview-path.ts";
import { errorSentence } from "../error-sentence.ts";
import { FreshLook } from "../fresh-look.ts";
import { ConsoleLines } from "./console-lines.ts";
import type { BridgeNotice } from "./preview-server.ts";
import { listPublishedPorts, type PublishedPort } from "./published-ports.ts";
import { VisitedPaths } from "./visited-paths.ts";
import { waitForServer, type Heard } from "./wait-for-server.ts";

/** How far the preview of the chosen port is. */
export type PreviewState =
  | { readonly phase: "none" }
  | { readonly phase: "waiting"; readonly heard?: Heard }
  | { readonly phase: "stopped" }
  /** Nothing has answered in time. */
  | { readonly phase: "absent" }
  | { readonly phase: "up" }
  /** No container publishes it any more. */
  | { readonly phase: "gone" };

export interface PreviewDeskOptions {
  readonly engine: Pick<Engine, "containers">;
  readonly ports: PublishedPorts;
  readonly patienceMs?: number;
}

/** Which port is previewed, whether its server is up, and where in it the reader is. */
export class PreviewDesk implements Disposable {
  readonly ports = signal<readonly PublishedPort[]>([]);
  /** Kept when no container publishes it any more. */
  readonly chosen = signal<PublishedPort | undefined>(undefined);
  readonly state = signal<PreviewState>({ phase: "none" });
  /** Of the page that is shown. */
  readonly path = signal("/");
  readonly canGoBack = signal(false);
  /** Why the preview host cannot be used. */
  readonly refused = signal<string | undefined>(undefined);
  /** Whether the page lets its console be heard. */
  readonly isHeard = signal(true);
  readonly problem = signal<string | undefined>(undefined);
  readonly console = new ConsoleLines();
  readonly isUp = computed(() => this.state.value.phase === "up");
  readonly #options: PreviewDeskOptions;
  readonly #gone = new AbortController();
  readonly #visited = new VisitedPaths();
  #wait: AbortController | undefined;
  readonly #fresh: FreshLook;

  constructor(options: PreviewDeskOptions) {
    this.#options = options;
    this.#fresh = new FreshLook(() => this.#lookOnce(), {
      signal: this.#gone.signal,
      tell: (problem) => (this.problem.value = problem),
    });
  }

  isPublished(port: number): boolean {
    return this.ports.peek().some((each) => each.port === port);
  }

  /** Asks the engine which ports there are. While it asks, further wishes become one. */
  look(): Promise<void> {
    return this.#fresh.again();
  }

  /** Looks, and shows the port of that number, where there is one. */
  async lookFor(port: string | undefined): Promise<void> {
    await this.look();
    if (port !== undefined && this.isPublished(Number(port))) this.choose(Number(port));
  }

  choose(port: number): void {
    const found = this.ports.peek().find((each) => each.port === port);
    if (found === undefined || this.chosen.peek()?.port === port) return;
    this.#begin(found);
  }

  /** Waits again for the server of the chosen port. */
  tryAgain(): void {
    const chosen = this.chosen.peek();
    if (chosen !== undefined) void this.#waitFor(chosen);
  }

  stopWaiting(): void {
    if (this.state.peek().phase !== "waiting") return;
    this.#wait?.abort();
    this.state.value = { phase: "stopped" };
  }

  /** Where the frame is to begin. */
  get place(): Place {
    return { port: this.chosen.peek()?.port ?? 80, path: this.path.peek() };
  }

  /** What was typed as a path; undefined if it cannot be one. */
  pathOf(typed: string): string | undefined {
    const url = URL.parse(typed.trim().replace(/^\/*/, "/"), "http://machine.invalid");
    return url === null || isBridge(url.pathname) ? undefined : url.pathname + url.search + url.hash;
  }

  /** The page before this one. */
  back(): string | undefined {
    const path = this.#visited.back();
    this.canGoBack.value = this.#visited.canGoBack;
    return path;
  }

  /** What the bridge of the preview host tells; a previewed page may have made it up. */
  take(notice: BridgeNotice): void {
    switch (notice.kind) {
      case "console":
        this.console.add(notice);
        break;
      case "refused":
        this.refused.value = notice.reason;
        break;
      case "page":
        // A page can lead to another port.
        if (notice.place.port !== this.chosen.peek()?.port) break;
        this.isHeard.value = notice.console !== "forbidden";
        this.path.value = notice.place.path;
        this.#visited.arrive(notice.place.path);
        this.canGoBack.value = this.#visited.canGoBack;
        break;
    }
  }

  [Symbol.dispose](): void {
    this.#gone.abort();
    this.console[Symbol.dispose]();
  }

  #begin(port: PublishedPort): void {
    this.chosen.value = port;
    this.path.value = "/";
    this.#visited.clear();
    this.canGoBack.value = false;
    this.isHeard.value = true;
    this.console.clear();
    void this.#waitFor(port);
  }

  async #waitFor({ port }: PublishedPort): Promise<void> {
    this.#wait?.abort();
    const wait = (this.#wait = new AbortController());
    const signal = AbortSignal.any([wait.signal, this.#gone.signal]);
    this.state.value = { phase: "waiting" };
    try {
      const { ports, patienceMs } = this.#options;
      const isUp = await waitForServer(ports, port, {
        signal,
        onHeard: (heard) => {
          if (!signal.aborted) this.state.value = { phase: "waiting", heard };
        },
        ...(patienceMs !== undefined && { patienceMs }),
      });
      if (!signal.aborted) this.state.value = { phase: isUp ? "up" : "absent" };
    } catch (error) {
      if (signal.aborted) return;
      this.state.value = { phase: "stopped" };
      this.problem.value = errorSentence(error);
    }
  }

  async #lookOnce(): Promise<void> {
    this.#show(listPublishedPorts(await this.#options.engine.containers.list({ signal: this.#gone.signal })));
  }

  #show(ports: readonly PublishedPort[]): void {
    this.ports.value = ports;
    const chosen = this.chosen.peek();
    const now = ports.find(({ port }) => port === chosen?.port);
    if (chosen === undefined) {
      if (ports[0] !== undefined) this.#begin(ports[0]);
    } else if (now === undefined) {
      this.#wait?.abort();
      this.state.value = { phase: "gone" };
    } else if (now.id !== chosen.id) {
      this.#begin(now);
    } else if (this.state.peek().phase === "gone") {
      // The same container, started again.
      this.tryAgain();
    }
  }
}
