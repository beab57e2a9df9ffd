// Over 250 lines because it is the one object the page holds: each method is a few lines, over the state all of them share.
import { createCatalogueServer } from "../../catalogue/serve.ts";
import type { CatalogueStore } from "../../catalogue/store.ts";
import type {
  Cancellable,
  Capabilities,
  Connection,
  Console,
  Machine,
  MachineStatus,
  OutOfReach,
  SavedState,
  Workspace,
} from "../contract.ts";
import { MachineError } from "../error.ts";
import { cancelledError, raceSignal, throwIfCancelled } from "../signal.ts";
import { createConsoleLine, type ConsoleLine } from "./console-line.ts";
import { startHeartbeat } from "./heartbeat.ts";
import type { ImageStore } from "./image-store.ts";
import type { Manifest } from "./manifest.ts";
import { reportOutOfReach } from "./out-of-reach.ts";
import { startSession, type Session, type SessionWorker } from "./session.ts";
import { packState } from "./saved-state.ts";
import { waitForEngine } from "./wait-for-engine.ts";
import { createRemoteWorkspace, type WorkspaceListener } from "./remote-workspace.ts";
import type { OpenWorker } from "./worker-handle.ts";

export interface V86MachineOptions extends Cancellable {
  store: ImageStore;
  openWorker: OpenWorker;
  /** The images that `docker pull` finds; without it, none. */
  catalogue?: CatalogueStore;
  savedState?: SavedState | undefined;
  onStatus?: ((status: MachineStatus) => void) | undefined;
  /** Whether somebody looks at the page; without it the machine is always watched. */
  isWatched?: (() => boolean) | undefined;
  fetchAhead?: boolean | undefined;
}

/** Resolves when Docker Engine answers in the machine; rejects with a `MachineError`, having left nothing running. */
export async function startV86Machine({
  store,
  openWorker,
  catalogue,
  savedState,
  onStatus,
  isWatched = () => true,
  fetchAhead = true,
  signal = new AbortController().signal,
}: V86MachineOptions): Promise<Machine> {
  throwIfCancelled(signal);
  const manifest = await store.manifest(signal);
  if (savedState && savedState.imageId !== manifest.id) {
    throw new MachineError("state-mismatch", "The saved machine belongs to another build of the machine image.", {
      hint: "Start a fresh machine; the saved one cannot be continued with this version.",
    });
  }
  const machine = new V86Machine(manifest, { store, openWorker, catalogue, isWatched, fetchAhead });
  if (onStatus) machine.onStatus(onStatus);
  try {
    await machine.start(savedState?.bytes, signal);
  } catch (error) {
    await machine[Symbol.asyncDispose]();
    throw error;
  }
  return machine;
}

interface Host {
  readonly store: ImageStore;
  readonly openWorker: OpenWorker;
  readonly catalogue: CatalogueStore | undefined;
  isWatched(): boolean;
  readonly fetchAhead: boolean;
}

class V86Machine implements Machine {
  readonly kind = "v86";
  readonly capabilities: Capabilities;
  readonly image;
  readonly consoles: readonly Console[];
  readonly workspace: Workspace;
  readonly #manifest: Manifest;
  readonly #host: Host;
  readonly #lines: readonly ConsoleLine[] = [createConsoleLine(), createConsoleLine(), createConsoleLine()];
  readonly #statusListeners = new Set<(status: MachineStatus) => void>();
  readonly #reachListeners = new Set<(wanted: OutOfReach) => void>();
  readonly #outOfReach = reportOutOfReach((wanted) => {
    for (const listener of this.#reachListeners) listener(wanted);
  });
  readonly #services: ReadonlyMap<number, (connection: Connection) => void>;
  readonly #watchers = new Set<WorkspaceListener>();
  /** Aborted by dispose, with what everything that still waits is told. */
  readonly #disposal = new AbortController();
  #status: MachineStatus = { phase: "downloading", loadedBytes: 0, totalBytes: 0 };
  #session: Session | undefined;
  /** Aborted when another reset takes the place of a start under way. */
  #starting: AbortController | undefined;
  #heartbeat: Disposable | undefined;
  /** Settles when the last save has ended. */
  #saving: Promise<undefined> = Promise.resolve(undefined);

  constructor(manifest: Manifest, host: Host) {
    this.#manifest = manifest;
    this.#host = host;
    this.consoles = this.#lines;
    const { catalogue } = host;
    this.#services = new Map(
      catalogue && [[REGISTRY_PORT, createCatalogueServer({ store: catalogue, tell: this.#outOfReach })]],
    );
    this.capabilities = { consoles: 3, save: true, reset: true, run: true, features: manifest.features };
    this.image = {
      id: manifest.id,
      engineVersion: manifest.engineVersion,
      kernelVersion: manifest.kernelVersion,
      containerImages: manifest.containerImages,
    };
    this.workspace = createRemoteWorkspace(() => this.#live().worker, this.#watchers);
  }

  get status(): MachineStatus {
    return this.#status;
  }

  onStatus(listener: (status: MachineStatus) => void): Disposable {
    this.#statusListeners.add(listener);
    return { [Symbol.dispose]: () => void this.#statusListeners.delete(listener) };
  }

  onOutOfReach(listener: (wanted: OutOfReach) => void): Disposable {
    this.#reachListeners.add(listener);
    return { [Symbol.dispose]: () => void this.#reachListeners.delete(listener) };
  }

  async start(savedState: Blob | undefined, signal: AbortSignal): Promise<void> {
    await this.#begin({ savedState, signal });
    await this.#host.store.prune(this.#manifest);
  }

  async dial(port: number, { signal }: Cancellable = {}) {
    if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new RangeError(`${String(port)} is not a TCP port`);
    return this.#live().dial(port, signal ? { signal } : {});
  }

  run(...[argv, options]: Parameters<Machine["run"]>) {
    return this.#live().control.run(argv, options);
  }

  async restartShell(console: number, options: Cancellable = {}): Promise<void> {
    if (!this.#lines[console]) throw new RangeError(`there is no console ${String(console)}`);
    await this.#live().control.restartShell(console, options);
  }

  async restartEngine({ signal }: Cancellable = {}): Promise<void> {
    const session = this.#live();
    await session.control.restartEngine(signal ? { signal } : {});
    const deadline = AbortSignal.timeout(ENGINE_DEADLINE_MS);
    try {
      await waitForEngine(session, signal ? AbortSignal.any([signal, deadline]) : deadline);
    } catch (error) {
      if (signal?.aborted || !deadline.aborted) throw error;
      throw new MachineError("timeout", "Docker Engine did not come back after it was restarted.", {
        hint: "If the machine's disk is full, free some space; otherwise reset the machine.",
        cause: error,
      });
    }
  }

  async reset({ workspace = "clear", signal }: Cancellable & { workspace?: "keep" | "clear" } = {}): Promise<void> {
    throwIfCancelled(this.#disposal.signal);
    throwIfCancelled(signal);
    const kept = workspace === "keep" ? await this.#exportWorkspace(signal) : undefined;
    this.#endSession(
      new MachineError("disposed", "The machine was reset.", { hint: "Try again with the fresh machine." }),
    );
    this.#setStatus({ phase: "resetting" });
    await this.#begin({
      signal: signal ?? new AbortController().signal,
      quiet: true,
      prepare: kept && ((worker) => worker.importWorkspace(kept)),
    });
  }

  async save({ signal }: Cancellable = {}): Promise<SavedState> {
    // One after the other: each holds the machine's memory once more.
    const before = this.#saving;
    const turn = Promise.withResolvers<undefined>();
    this.#saving = before.then(() => turn.promise);
    const deadline = AbortSignal.timeout(SAVE_DEADLINE_MS);
    try {
      const stop = AbortSignal.any([deadline, this.#disposal.signal, ...(signal ? [signal] : [])]);
      await raceSignal(before, stop);
      return { imageId: this.#manifest.id, bytes: await this.#pack(stop) };
    } catch (error) {
      if (signal?.aborted || !deadline.aborted) throw error;
      throw new MachineError("timeout", "The machine could not be saved in time.", {
        hint: "Try again when the machine is less busy.",
        cause: error,
      });
    } finally {
      turn.resolve(undefined);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#disposal.signal.aborted) return;
    const error = new MachineError("disposed", "The machine was shut down.", { hint: "Start it again." });
    this.#disposal.abort(error);
    this.#endSession(error);
    this.#setStatus({ phase: "disposed" });
    this.#statusListeners.clear();
    this.#reachListeners.clear();
    this.#watchers.clear();
    await Promise.resolve();
  }

  async #pack(signal: AbortSignal): Promise<Blob> {
    const { worker } = this.#live();
    const { files } = this.#manifest;
    const { sha256, rawBytes } = files.state;
    // Fetched first, so that the state, which is larger, is held for a shorter time.
    const [compressed, wasm] = await Promise.all([
      this.#host.store.file(this.#manifest, files.state, { signal }),
      this.#host.store.file(this.#manifest, files.wasm, { signal }),
    ]);
    const cancel = () => void worker.cancelSaveState().catch(() => undefined);
    signal.addEventListener("abort", cancel, { once: true });
    try {
      const state = await raceSignal(worker.saveState(), signal);
      return await packState(
        state,
        { compressed, sha256, rawBytes, wasm },
        { openWorker: this.#host.openWorker, signal },
      );
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  }

  /** `quiet` keeps the status at what it is ("resetting") until the machine is ready. */
  async #begin(options: {
    savedState?: Blob | undefined;
    signal: AbortSignal;
    quiet?: boolean;
    prepare?: ((worker: SessionWorker) => Promise<void>) | undefined;
  }): Promise<void> {
    this.#starting?.abort(new MachineError("cancelled", "Another reset began.", { hint: "Wait for that one." }));
    const starting = (this.#starting = new AbortController());
    try {
      const session = await startSession({
        store: this.#host.store,
        manifest: this.#manifest,
        savedState: options.savedState,
        openWorker: this.#host.openWorker,
        prepare: options.prepare,
        signal: AbortSignal.any([options.signal, this.#disposal.signal, starting.signal]),
        onStatus: (status) => {
          if (!options.quiet) this.#setStatus(status);
        },
        onFailure: (error) => {
          this.#fail(error);
        },
        services: this.#services,
        onLookup: (name) => {
          this.#outOfReach({ kind: "host", name });
        },
        onWorkspaceChange: (changes) => {
          for (const watcher of this.#watchers) watcher(changes);
        },
      });
      this.#session = session;
      this.#lines.forEach((line, index) => {
        const port = session.consoles[index];
        if (port) line.attach(port);
        // The prompt was printed before the snapshot was taken; every full-screen program and shell redraws on Ctrl-L.
        line.write(CTRL_L);
      });
    } catch (error) {
      // A first start that was cancelled has not failed, it ends as disposed; one that was superseded has no say any more.
      if (!starting.signal.aborted && (options.quiet || !options.signal.aborted))
        this.#fail(error instanceof Error ? error : new Error(String(error)));
      throw error;
    }
    this.#setStatus({ phase: "ready" });
    this.#heartbeat = startHeartbeat({
      ping: (deadlineMs) => this.#live().control.ping({ deadlineMs }),
      isWatched: this.#host.isWatched,
      onSilence: (silentMs) => {
        if (this.#session) this.#setStatus(silentMs === 0 ? { phase: "ready" } : { phase: "unresponsive", silentMs });
      },
    });
    // Only a convenience: a part that fails here is fetched again when it is needed.
    if (this.#host.fetchAhead) this.#session.prefetch().catch(() => undefined);
  }

  #live(): Session {
    throwIfCancelled(this.#disposal.signal);
    if (this.#session) return this.#session;
    if (this.#status.phase === "failed") throw this.#status.error;
    throw new MachineError("unresponsive", "The machine is being reset.", { hint: "Wait until it is ready." });
  }

  #fail(error: Error): void {
    this.#endSession(error);
    if (this.#status.phase !== "disposed") this.#setStatus({ phase: "failed", error });
  }

  #endSession(error: Error): void {
    this.#heartbeat?.[Symbol.dispose]();
    this.#heartbeat = undefined;
    for (const line of this.#lines) line.detach();
    this.#session?.end(error);
    this.#session = undefined;
  }

  #setStatus(status: MachineStatus): void {
    this.#status = status;
    for (const listener of this.#statusListeners) listener(status);
  }

  async #exportWorkspace(signal: AbortSignal | undefined) {
    const deadline = AbortSignal.timeout(EXPORT_DEADLINE_MS);
    try {
      return await raceSignal(
        this.#live().worker.exportWorkspace(),
        signal ? AbortSignal.any([signal, deadline]) : deadline,
      );
    } catch (cause) {
      if (signal?.aborted) throw cancelledError(signal);
      throw new MachineError("unresponsive", "The files in the workspace could not be carried over.", {
        hint: "Reset without keeping them, or wait until the machine answers again.",
        cause,
      });
    }
  }
}

/** Where the guest's Docker Engine gets to when it asks its mirror of Docker Hub, see `guest/mirror`. */
const REGISTRY_PORT = 80;
/** Docker Engine takes 20 seconds to start on a free core, and several times that on a busy one. */
const ENGINE_DEADLINE_MS = 180_000;
const EXPORT_DEADLINE_MS = 10_000;
/** Saving takes seconds; on a slow device that also has to fetch the snapshot again, a minute. */
const SAVE_DEADLINE_MS = 180_000;
const CTRL_L = Uint8Array.of(12);
