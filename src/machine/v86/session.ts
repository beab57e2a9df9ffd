import type { Cancellable, Connection, MachineStatus, WorkspaceChange } from "../contract.ts";
import { MachineError } from "../error.ts";
import { cancelledError, raceSignal, throwIfCancelled } from "../signal.ts";
import { createControl, type Control } from "./control.ts";
import type { FromConsole, ToConsole } from "./console-port.ts";
import type { ImageStore } from "./image-store.ts";
import { unpackState } from "./saved-state.ts";
import { parseDiskIndex, type Manifest } from "./manifest.ts";
import { createPortStream } from "./port-stream.ts";
import { connectWire, fromWireError, transferring, type PageFunctions, type WorkerFunctions } from "./wire.ts";
import { waitForEngine } from "./wait-for-engine.ts";
import type { OpenWorker } from "./worker-handle.ts";

export interface SessionOptions {
  store: ImageStore;
  manifest: Manifest;
  /** What was kept of a machine (state-difference.ts), restored instead of the image's own snapshot. */
  savedState?: Blob | undefined;
  openWorker: OpenWorker;
  /** Called once the machine runs, before the clock is set: fills the workspace of a machine that was reset. */
  prepare?: ((worker: SessionWorker) => Promise<void>) | undefined;
  onStatus(status: MachineStatus): void;
  onFailure(error: Error): void;
  onWorkspaceChange(changes: readonly WorkspaceChange[]): void;
  /** What answers the guest's own connections to 192.168.86.1, by port. */
  services: ReadonlyMap<number, (connection: Connection) => void>;
  /** The guest has asked for a host name. */
  onLookup(name: string): void;
  signal: AbortSignal;
}

export type SessionWorker = Pick<ReturnType<typeof connectWire<WorkerFunctions, PageFunctions>>, keyof WorkerFunctions>;

/** One life of the machine, from its worker's start to its end. */
export interface Session extends Disposable {
  readonly worker: SessionWorker;
  readonly control: Control;
  /** The learner's consoles; console-port.ts says what passes over them. */
  readonly consoles: readonly MessagePort[];
  dial(port: number, options?: Cancellable): Promise<Connection>;
  /** Gets what the first commands read from the disk ready, in the background. */
  prefetch(): Promise<void>;
  /** Rejects with `error` whatever still waits, and ends the worker. */
  end(error: Error): void;
}

export async function startSession(options: SessionOptions): Promise<Session> {
  const { store, manifest, onStatus, signal } = options;
  const { files, state, handle } = await gather(options);
  const link = new MessageChannel();
  const ports = Array.from({ length: 4 }, () => new MessageChannel());
  const streams = new Set<Connection>();
  const hold = (stream: Connection) => {
    streams.add(stream);
    stream.closed.catch(() => undefined).finally(() => streams.delete(stream));
    return stream;
  };
  const ended = new AbortController();
  const worker = connectWire<WorkerFunctions, PageFunctions>(link.port1, {
    fetchPart: async (sha256) => {
      const bytes = await store.part(manifest, sha256, ended.signal);
      return transferring(bytes, [bytes.buffer]);
    },
    failed: (error) => {
      fail(crashed(fromWireError(error)));
    },
    workspaceChanged: options.onWorkspaceChange,
    lookedUp: options.onLookup,
    accepted: (portNumber, streamPort) => {
      const stream = hold(createPortStream(streamPort));
      const serve = options.services.get(portNumber);
      if (serve && !ended.signal.aborted) serve(stream);
      else stream.abort();
    },
  });
  const control = createControl(createControlPort(port(ports, 3)));
  const end = (error: Error) => {
    if (ended.signal.aborted) return;
    ended.abort(error);
    signal.removeEventListener("abort", onAbort);
    control.end(error);
    worker.$close(error);
    for (const stream of streams) stream.abort(error);
    for (const { port1 } of ports) port1.close();
    link.port1.close();
    handle.terminate();
  };
  const fail = (error: Error) => {
    if (ended.signal.aborted) return;
    end(error);
    options.onFailure(error);
  };
  const onAbort = () => {
    end(cancelledError(signal));
  };
  signal.addEventListener("abort", onAbort, { once: true });
  handle.onError((error) => {
    fail(crashed(error));
  });
  handle.connect(link.port2);

  const session: Session = {
    worker,
    control,
    consoles: ports.slice(0, 3).map(({ port1 }) => port1),
    async dial(portNumber, { signal: dialSignal } = {}) {
      throwIfCancelled(dialSignal);
      const channel = new MessageChannel();
      const stream = hold(createPortStream(channel.port1));
      try {
        await raceSignal(worker.dial(portNumber, transferring(channel.port2, [channel.port2])), dialSignal);
        return stream;
      } catch (error) {
        stream.abort(error);
        throw error;
      }
    },
    prefetch() {
      const parts = manifest.prefetch.map((number) => files.disk.parts[number]);
      return store.prefetch(
        manifest,
        parts.filter((part) => typeof part === "string"),
        ended.signal,
      );
    },
    end,
    [Symbol.dispose]() {
      end(new MachineError("disposed", "The machine was shut down.", { hint: "Start it again." }));
    },
  };
  try {
    const workerPorts = ports.map(({ port2 }) => port2);
    const start = {
      ...files,
      state,
      memoryBytes: manifest.memoryBytes,
      vgaMemoryBytes: manifest.vgaMemoryBytes,
      listensOn: [...options.services.keys()],
      ports: workerPorts,
    };
    const transfer = [...workerPorts, files.wasm.buffer, files.bios.buffer, files.vgaBios.buffer, state.buffer];
    await raceSignal(worker.start(transferring(start, transfer)), ended.signal);
    onStatus({ phase: "starting" });
    await options.prepare?.(worker);
    await control.ready({ signal: withDeadline(ended.signal) });
    await control.setClock(Date.now(), { signal: ended.signal });
    await control.seedRandom(crypto.getRandomValues(new Uint8Array(64)), { signal: ended.signal });
    await waitForEngine(session, withDeadline(ended.signal));
  } catch (error) {
    const reason = ended.signal.aborted ? (ended.signal.reason as Error) : bootError(error);
    end(reason);
    throw reason;
  }
  signal.removeEventListener("abort", onAbort);
  return session;
}

/** How long the agent and then Docker Engine may take to answer after a restore. */
const READY_DEADLINE_MS = 90_000;

/** What a machine is made of. Its thread comes up, which takes v86's code, while the files come. */
async function gather(options: SessionOptions) {
  const { openWorker, onStatus, signal, savedState } = options;
  const opening = openWorker();
  // Awaited below, perhaps long after.
  opening.catch(() => undefined);
  try {
    const files = await download(options);
    throwIfCancelled(signal);
    onStatus({ phase: "restoring" });
    const state = savedState ? await continued(savedState, files, options) : files.state;
    const handle = await opening;
    throwIfCancelled(signal);
    return { files, state, handle };
  } catch (error) {
    void opening.then(
      (handle) => {
        handle.terminate();
      },
      () => undefined,
    );
    throw error;
  }
}

async function download({ store, manifest, onStatus, signal }: SessionOptions) {
  const { files } = manifest;
  const wanted = [files.wasm, files.bios, files.vgaBios, files.diskIndex, files.state];
  const totalBytes = wanted.reduce((sum, { bytes }) => sum + bytes, 0);
  let loadedBytes = 0;
  const report = () => {
    onStatus({ phase: "downloading", loadedBytes: Math.min(loadedBytes, totalBytes), totalBytes });
  };
  report();
  const onBytes = (count: number) => {
    loadedBytes += count;
    report();
  };
  const [wasm, bios, vgaBios, diskIndex, state] = await Promise.all([
    store.file(manifest, files.wasm, { signal, onBytes }),
    store.file(manifest, files.bios, { signal, onBytes }),
    store.file(manifest, files.vgaBios, { signal, onBytes }),
    store.file(manifest, files.diskIndex, { signal, onBytes }),
    store.file(manifest, files.state, { signal, onBytes }),
  ]);
  const { parts } = parseDiskIndex(new TextDecoder().decode(diskIndex), manifest);
  return { wasm, bios, vgaBios, state, disk: { ...manifest.disk, parts } };
}

function continued(
  savedState: Blob,
  { state, wasm }: Awaited<ReturnType<typeof download>>,
  { manifest, openWorker, signal }: SessionOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { sha256, rawBytes } = manifest.files.state;
  return unpackState(savedState, { compressed: state, sha256, rawBytes, wasm }, { openWorker, signal });
}

function createControlPort(messagePort: MessagePort) {
  const listeners = new Set<(bytes: Uint8Array) => void>();
  messagePort.onmessage = ({ data: [, bytes] }: MessageEvent<FromConsole>) => {
    messagePort.postMessage(["credit", bytes.length] satisfies ToConsole);
    for (const listener of listeners) listener(bytes);
  };
  return {
    onOutput(listener: (bytes: Uint8Array) => void): Disposable {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
    write: (bytes: Uint8Array) => {
      messagePort.postMessage(["data", bytes] satisfies ToConsole);
    },
  };
}

function port(ports: readonly MessageChannel[], index: number): MessagePort {
  const channel = ports[index];
  if (!channel) throw new RangeError("there is no such port");
  return channel.port1;
}

function withDeadline(signal: AbortSignal): AbortSignal {
  const reason = AbortSignal.timeout(READY_DEADLINE_MS);
  return AbortSignal.any([signal, reason]);
}

function bootError(error: unknown): Error {
  if (error instanceof MachineError && error.code !== "cancelled") return error;
  return new MachineError("boot-failed", "The machine was loaded but did not come up.", {
    hint: "Close other tabs to give it more room, then try again.",
    cause: error,
  });
}

function crashed(error: unknown): Error {
  if (error instanceof MachineError) return error;
  return new MachineError(
    "boot-failed",
    `The emulated machine crashed: ${error instanceof Error ? error.message : String(error)}`,
    {
      hint: "Reset the machine. If it happens again, close other tabs to free memory.",
      cause: error,
    },
  );
}
