import { createBirpc, type BirpcReturn } from "birpc";
import type { WorkspaceChange, WorkspaceEntry } from "../contract.ts";
import { MachineError, type MachineErrorCode } from "../error.ts";
import type { SmallEmulatorOptions } from "./small-emulator.ts";

/**
 * What the page and the machine's worker say to each other. The page hands the worker one MessagePort and calls `WorkerFunctions`, `StateFunctions` or
 * `SmallMachineFunctions` over it (birpc); the worker calls back `PageFunctions`. Bytes do not pass there: each console, the control channel and each dialled connection has a MessagePort of its
 * own (console-port.ts and port-stream.ts describe what passes over them).
 */
export interface WorkerFunctions {
  /** Builds the machine, restores its state and lets it run. */
  start(options: WorkerStart): Promise<void>;
  /** Connects `stream` to a TCP port of the guest. */
  dial(port: number, stream: MessagePort): Promise<void>;
  /** The whole machine, as v86 has it. */
  saveState(): Promise<Uint8Array<ArrayBuffer>>;
  /** Ends a `saveState` that has not begun to copy; it rejects with code `cancelled`. */
  cancelSaveState(): Promise<void>;
  list(folder: string): Promise<WorkspaceEntry[]>;
  read(path: string): Promise<Uint8Array<ArrayBuffer>>;
  write(path: string, content: Uint8Array, mode: number | undefined): Promise<void>;
  makeFolder(path: string): Promise<void>;
  makeLink(path: string, target: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  exportWorkspace(): Promise<WorkspaceFile[]>;
  /** Replaces everything in the workspace. */
  importWorkspace(files: readonly WorkspaceFile[]): Promise<void>;
}

/** What a worker without a machine does for a saved one. */
export interface StateFunctions {
  packState(state: Uint8Array<ArrayBuffer>, work: StateWork): Promise<Uint8Array<ArrayBuffer>>;
  unpackState(difference: Blob, work: StateWork): Promise<Uint8Array<ArrayBuffer>>;
}

/** The snapshot that a saved machine is a difference to, and v86's code, which decompresses it. */
export interface StateWork {
  readonly compressed: Uint8Array<ArrayBuffer>;
  readonly sha256: string;
  readonly rawBytes: number;
  readonly wasm: Uint8Array<ArrayBuffer>;
}

/** What a worker does for the small machine, the only one that it then holds. */
export interface SmallMachineFunctions {
  /** Builds the machine; it stands still. */
  buildSmall(options: SmallMachineBuild): Promise<void>;
  runSmall(): Promise<void>;
}

export interface SmallMachineBuild extends SmallEmulatorOptions {
  /** Its console. */
  readonly port: MessagePort;
}

export interface PageFunctions {
  /** One compressed, verified part of the disk. */
  fetchPart(sha256: string): Promise<Uint8Array<ArrayBuffer>>;
  /** The machine stands still for good. */
  failed(error: WireError): void;
  /** The guest has opened a connection to `port` of 192.168.86.1, on which the page wanted to listen. */
  accepted(port: number, stream: MessagePort): void;
  /** The guest has asked DNS for a host name, in vain as always. */
  lookedUp(name: string): void;
  workspaceChanged(changes: readonly WorkspaceChange[]): void;
}

export interface WorkerStart {
  readonly wasm: Uint8Array<ArrayBuffer>;
  readonly bios: Uint8Array<ArrayBuffer>;
  readonly vgaBios: Uint8Array<ArrayBuffer>;
  readonly state: Uint8Array<ArrayBuffer>;
  readonly memoryBytes: number;
  readonly vgaMemoryBytes: number;
  readonly disk: { readonly bytes: number; readonly partBytes: number; readonly parts: readonly (string | null)[] };
  /** Ports of 192.168.86.1 on which the page answers the guest. */
  readonly listensOn: readonly number[];
  /** Three consoles, then the control channel. */
  readonly ports: readonly MessagePort[];
}

export type WorkspaceFile =
  | { readonly kind: "folder"; readonly path: string; readonly mode: number }
  | { readonly kind: "file"; readonly path: string; readonly mode: number; readonly content: Uint8Array<ArrayBuffer> }
  | { readonly kind: "link"; readonly path: string; readonly target: string };

/** An error as structured clone keeps it: it would drop the class, `code` and `hint`. */
export interface WireError {
  readonly wireError: true;
  readonly code: MachineErrorCode | undefined;
  readonly message: string;
  readonly hint: string;
}

export function toWireError(error: unknown): WireError {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof MachineError) return { wireError: true, code: error.code, message, hint: error.hint };
  return { wireError: true, code: undefined, message, hint: "" };
}

export function fromWireError({ code, message, hint }: WireError): Error {
  return code === undefined ? new Error(message) : new MachineError(code, message, { hint });
}

/** Speaks over `port`, which is started. Values passed through `transferring` change hands instead of being copied. */
export function connectWire<Remote extends object, Local extends object>(
  port: MessagePort,
  local: Local,
): BirpcReturn<Remote, Local> {
  return createBirpc<Remote, Local>(local, {
    post: (message: RpcMessage) => {
      const values = [...(message.a ?? []), message.r];
      port.postMessage(message, [
        ...new Set(values.flatMap((value) => (isObject(value) ? (transfers.get(value) ?? []) : []))),
      ]);
    },
    on: (receive) => {
      port.onmessage = (event: MessageEvent) => {
        receive(event.data);
      };
    },
    off: () => {
      port.onmessage = null;
    },
    serialize: (message: RpcMessage) => ("e" in message ? { ...message, e: toWireError(message.e) } : message),
    deserialize: (message: RpcMessage) =>
      isWireError(message.e) ? { ...message, e: fromWireError(message.e) } : message,
    bind: "functions",
    // Deadlines belong to those who know what they wait for.
    timeout: -1,
  });
}

export function transferring<T extends object>(value: T, list: readonly Transferable[]): T {
  transfers.set(value, list);
  return value;
}

const transfers = new WeakMap<object, readonly Transferable[]>();

/** birpc's messages: arguments of a request, result or error of an answer. */
interface RpcMessage {
  a?: unknown[];
  r?: unknown;
  e?: unknown;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isWireError(value: unknown): value is WireError {
  return isObject(value) && "wireError" in value;
}
