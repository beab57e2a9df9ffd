/**
 * The one seam between Drydock and whatever runs containers. Nothing above this file knows which kind of machine it has;
 * what a kind cannot do is data (`Capabilities`), never an `instanceof`.
 */
export interface Machine extends AsyncDisposable {
  /** Names the driver, for messages and reports: `"v86"`, later `"remote"`. */
  readonly kind: string;
  readonly capabilities: Capabilities;
  /** What the machine is made of, for the reader ("Docker Engine 26.1.5, Linux 6.1"). */
  readonly image: ImageSummary;
  readonly status: MachineStatus;
  /** Calls `listener` after every change of `status`. */
  onStatus(listener: (status: MachineStatus) => void): Disposable;
  /** The learner's terminals, `capabilities.consoles` of them, counted from 0. */
  readonly consoles: readonly Console[];
  /** Opens a TCP connection to `port` of the machine. Rejects with code `port-closed` when nothing listens there. */
  dial(port: number, options?: Cancellable): Promise<Connection>;
  /** Tells of what was asked for in the machine and is not to be had from there; the same within seconds only once. */
  onOutOfReach(listener: (wanted: OutOfReach) => void): Disposable;
  readonly workspace: Workspace;
  /** Runs a program on the machine itself, outside any container. A non-zero exit is a result, not an error. */
  run(argv: readonly string[], options?: RunOptions): Promise<RunResult>;
  /** Kills what holds the terminal and starts a fresh shell in it. */
  restartShell(console: number, options?: Cancellable): Promise<void>;
  /** Stops and starts Docker Engine; resolves when it answers again. */
  restartEngine(options?: Cancellable): Promise<void>;
  /** Back to the machine as it was released. `workspace: "keep"` carries the learner's files over. */
  reset(options?: Cancellable & { workspace?: "keep" | "clear" }): Promise<void>;
  /**
   * What `MachineOptions.savedState` accepts again on the same image: the difference to the machine as it was released. The machine stands still only
   * while its memory is copied. A second save waits for the first.
   */
  save(options?: Cancellable): Promise<SavedState>;
}

/** Something outside the machine, which has no internet. */
export type OutOfReach =
  /** An image that the catalogue does not have. `repository` and `reference`, a tag or a digest, are as people write them: `nginx`, `1.26`. */
  | {
      readonly kind: "image";
      readonly repository: string;
      readonly reference: string;
      readonly catalogue: readonly CatalogueEntry[];
    }
  /** The catalogue, or what it has of the image, could not be loaded. */
  | { readonly kind: "catalogue"; readonly image: string; readonly error: Error }
  /** A host name with a dot in it that DNS was asked for. */
  | { readonly kind: "host"; readonly name: string };

/** What the image catalogue has of one repository, named as people write it. */
export interface CatalogueEntry {
  readonly repository: string;
  readonly tags: readonly string[];
}

export interface Cancellable {
  signal?: AbortSignal;
}

export interface Capabilities {
  readonly consoles: number;
  readonly save: boolean;
  readonly reset: boolean;
  readonly run: boolean;
  /** What its engine can do beyond running containers; a lesson says which it needs. */
  readonly features: readonly MachineFeature[];
}

export const machineFeatures = ["buildkit", "compose", "swarm"] as const;
export type MachineFeature = (typeof machineFeatures)[number];

export interface ImageSummary {
  /** Content hash that names this build of the machine image. */
  readonly id: string;
  readonly engineVersion: string;
  readonly kernelVersion: string;
  /** Images that are already in the engine, such as `busybox:latest`. */
  readonly containerImages: readonly string[];
}

/** Where a machine is in its life. Byte counts are of compressed data over the network or out of the cache. */
export type MachineStatus =
  | { readonly phase: "downloading"; readonly loadedBytes: number; readonly totalBytes: number }
  | { readonly phase: "restoring" }
  | { readonly phase: "starting" }
  | { readonly phase: "ready" }
  | { readonly phase: "resetting" }
  /** Has not answered for `silentMs` although it should have; may recover by itself. */
  | { readonly phase: "unresponsive"; readonly silentMs: number }
  | { readonly phase: "failed"; readonly error: Error }
  | { readonly phase: "disposed" };

/** One terminal: bytes in, bytes out, and a size in character cells. */
export interface Console {
  /** Bytes the guest wrote since the machine started are buffered (up to 64 KiB) until the first listener comes. */
  onOutput(listener: (bytes: Uint8Array) => void): Disposable;
  write(bytes: Uint8Array): void;
  resize(columns: number, rows: number): void;
}

/** A byte stream. `readable` ends when the peer closes; backpressure reaches the guest in both directions. */
export interface Connection extends AsyncDisposable {
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Closing the writer half-closes the connection. */
  readonly writable: WritableStream<Uint8Array>;
  /** Settles when both directions have ended; rejects with code `connection-reset` on a reset. */
  readonly closed: Promise<void>;
  /** Drops the connection at once. */
  abort(reason?: unknown): void;
}

/** The learner's files under `/workspace`. Paths are relative to it, with `/`, and cannot leave it. */
export interface Workspace {
  /**
   * Direct children of a folder (`""` is the workspace itself), sorted by name. Those who watch are told of every change
   * that it shows before it answers.
   */
  list(folder: string, options?: Cancellable): Promise<WorkspaceEntry[]>;
  /** Rejects with code `not-found`. */
  read(path: string, options?: Cancellable): Promise<Uint8Array<ArrayBuffer>>;
  /** Creates missing folders. Replaces what is there. */
  write(path: string, content: Uint8Array, options?: Cancellable & { mode?: number }): Promise<void>;
  makeFolder(path: string, options?: Cancellable): Promise<void>;
  /**
   * Makes a symbolic link, and missing folders. `target` is only written down: whether it leads anywhere is seen when it is
   * followed. Rejects with code `invalid-path` when something has the name already.
   */
  makeLink(path: string, target: string, options?: Cancellable): Promise<void>;
  rename(from: string, to: string, options?: Cancellable): Promise<void>;
  /** Removes a file, or a folder with all that is in it. */
  remove(path: string, options?: Cancellable): Promise<void>;
  /** Called after changes from either side; several quick changes to one path may come as one. */
  watch(listener: (changes: readonly WorkspaceChange[]) => void): Disposable;
}

export interface WorkspaceEntry {
  readonly name: string;
  readonly kind: "file" | "folder" | "link";
  readonly bytes: number;
  /** Permission bits, such as 0o644. */
  readonly mode: number;
  /** Of links only: where it leads, as it was written. */
  readonly target?: string;
}

export interface WorkspaceChange {
  readonly path: string;
  readonly kind: "written" | "removed";
}

export interface RunOptions extends Cancellable {
  stdin?: Uint8Array | string;
  /** Working folder; default `/workspace`. */
  folder?: string;
  /** Kills the program after this long. Default 30,000. */
  timeoutMs?: number;
}

export interface RunResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface SavedState {
  readonly imageId: string;
  readonly bytes: Blob;
}
