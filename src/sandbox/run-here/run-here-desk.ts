import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { LessonFile } from "../../lessons/model.ts";
import { appendOutput, plainOutput } from "./plain-output.ts";
import { RunHereError, type Obstacle } from "./run-here-error.ts";
import type { BootRuntime, Runtime, RuntimeProcess } from "./runtime.ts";

export type RunHereState =
  | { readonly phase: "idle" }
  /** Whether anything is in the way. */
  | { readonly phase: "looking" }
  | { readonly phase: "booting" }
  | { readonly phase: "starting" }
  /** `url` once the app's server answers. */
  | { readonly phase: "running"; readonly url: string | undefined }
  /** Without a code it was stopped by the person. */
  | { readonly phase: "ended"; readonly exitCode: number | undefined }
  | { readonly phase: "failed"; readonly code: Obstacle; readonly message: string };

export interface RunHereOptions {
  readonly files: readonly LessonFile[];
  /** A program and what it is given, with spaces between them. */
  readonly start: string;
  readonly port: number;
  /** Rejects with a `RunHereError` when something is in the way. */
  readonly look: (signal: AbortSignal) => Promise<void>;
  readonly boot: BootRuntime;
}

/** One app that runs in the tab, or does not and says why. */
export class RunHereDesk implements AsyncDisposable {
  readonly #options: RunHereOptions;
  readonly #state = signal<RunHereState>({ phase: "idle" });
  readonly #output = signal("");
  /** Of the run that is under way. */
  #stop: AbortController | undefined;
  #runtime: Runtime | undefined;

  constructor(options: RunHereOptions) {
    this.#options = options;
  }

  get state(): ReadonlySignal<RunHereState> {
    return this.#state;
  }

  /** What the app has printed, the last of it. */
  readonly output = computed(() => plainOutput(this.#output.value));

  /** Runs the app, from nothing; does nothing while it runs. Resolves when it has ended or failed. */
  async run(): Promise<void> {
    if (this.#stop !== undefined) return;
    const { signal } = (this.#stop = new AbortController());
    this.#output.value = "";
    try {
      const exitCode = await this.#runWhole(signal);
      this.#state.value = { phase: "ended", exitCode };
    } catch (error) {
      if (signal.aborted) this.#state.value = { phase: "ended", exitCode: undefined };
      else this.#state.value = failed(error);
    } finally {
      this.#stop = undefined;
    }
  }

  /** Ends the run, wherever it is. */
  stop(): void {
    this.#stop?.abort(new DOMException("Stopped.", "AbortError"));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop();
    const runtime = this.#runtime;
    this.#runtime = undefined;
    await runtime?.[Symbol.asyncDispose]();
  }

  async #runWhole(signal: AbortSignal): Promise<number> {
    const { look, boot, files, start, port } = this.#options;
    if (this.#runtime === undefined) {
      this.#state.value = { phase: "looking" };
      await look(signal);
      this.#state.value = { phase: "booting" };
      this.#runtime = await boot({ signal });
    }
    signal.throwIfAborted();
    this.#state.value = { phase: "starting" };
    await this.#runtime.mount(files);
    signal.throwIfAborted();
    const [command = "", ...args] = start.split(" ");
    const { promise: broken, reject } = Promise.withResolvers<never>();
    broken.catch(() => undefined);
    // Before the app is started, which may be quick.
    using _server = this.#runtime.onServer((at, url) => {
      if (at === port && !signal.aborted) this.#state.value = { phase: "running", url };
    });
    using _errors = this.#runtime.onError((message) => reject(new RunHereError("broken", message)));
    const process = await Promise.race([this.#runtime.spawn(command, args), broken]);
    if (this.#state.peek().phase === "starting") this.#state.value = { phase: "running", url: undefined };
    return await Promise.race([this.#follow(process, signal), broken]);
  }

  async #follow(process: RuntimeProcess, signal: AbortSignal): Promise<number> {
    const kill = () => process.kill();
    if (signal.aborted) kill();
    signal.addEventListener("abort", kill, { once: true });
    const take = new WritableStream<string>({
      write: (chunk) => {
        if (!signal.aborted) this.#output.value = appendOutput(this.#output.peek(), chunk);
      },
    });
    // What the process ends with is told by its exit.
    process.output.pipeTo(take).catch(() => undefined);
    const { promise: stopped, resolve } = Promise.withResolvers<void>();
    signal.addEventListener("abort", () => resolve(), { once: true });
    const exitCode = await Promise.race([process.exit, stopped]);
    signal.throwIfAborted();
    signal.removeEventListener("abort", kill);
    return exitCode ?? 0;
  }
}

function failed(error: unknown): RunHereState {
  const message = error instanceof Error ? error.message : String(error);
  return { phase: "failed", code: error instanceof RunHereError ? error.code : "broken", message };
}
