/**
 * The part of v86 0.5.462 that Drydock uses and v86's own type declarations leave out or get wrong. These names survive in the published
 * `build/libv86.mjs`; a new v86 version must be checked against this file.
 */
export interface V86Instance {
  readonly bus: { send(event: string, value?: unknown): void };
  /** Absent until the wasm code has been instantiated. */
  readonly v86?: {
    readonly cpu: {
      readonly devices: { readonly virtio_console: VirtioDevice; readonly virtio_net: VirtioDevice };
      /** Fills `bytes` bytes of the guest's memory with zeros; a restore calls it for all of it. */
      zero_memory(address: number, bytes: number): void;
    };
  };
  readonly fs9p: Fs9p;
  continue_init(inner: InnerV86, settings: unknown): Promise<void>;
  /** What `value` is depends on the event. */
  add_listener(event: string, listener: (value: never) => void): void;
  remove_listener(event: string, listener: (value: never) => void): void;
  serial0_send(text: string): void;
  restore_state(state: ArrayBuffer): Promise<void>;
  save_state(): Promise<ArrayBuffer>;
  run(): Promise<void>;
  stop(): Promise<void>;
  destroy(): Promise<void>;
  is_running(): boolean;
}

export interface InnerV86 {
  init(settings: unknown): void;
}

export interface WasmExports extends WebAssembly.Exports {
  memory: WebAssembly.Memory;
  v86_malloc: (bytes: number) => number;
  /** Sets one of the JIT's parameters; 1 is the most pages that go into one wasm module. */
  set_jit_config: (index: number, value: number) => void;
}

export interface VirtioDevice {
  readonly virtio: { readonly queues: readonly VirtioQueue[] };
}

export interface VirtioQueue {
  is_configured(): boolean;
  /** Whether the driver has offered a buffer that has not been used yet. */
  has_request(): boolean;
}

/** v86's in-memory file system (lib/filesystem.js). Numbers are inode indexes; -1 stands for "not there"; the root is 0. */
export interface Fs9p {
  readonly inodes: readonly Inode[];
  CreateDirectory(name: string, parent: number): number;
  CreateFile(name: string, parent: number): number;
  CreateSymlink(name: string, parent: number, target: string): number;
  CreateBinaryFile(name: string, parent: number, content: Uint8Array): Promise<number>;
  Read(inode: number, offset: number, count: number): Promise<Uint8Array | null>;
  Write(inode: number, offset: number, count: number, content: Uint8Array): Promise<void>;
  ChangeSize(inode: number, size: number): Promise<void>;
  /** Answers a negative errno on failure. */
  Rename(oldFolder: number, oldName: string, newFolder: number, newName: string): Promise<number>;
  Link(folder: number, target: number, name: string): number;
  Unlink(folder: number, name: string): number;
  CloseInode(inode: number): Promise<void>;
  Search(parent: number, name: string): number;
  IsDirectory(inode: number): boolean;
  GetParent(folder: number): number;
  GetInode(inode: number): Inode;
}

export interface Inode {
  /** Maps names, `.` and `..` included, to inodes; empty unless a folder. */
  readonly direntries: ReadonlyMap<string, number>;
  size: number;
  uid: number;
  gid: number;
  mode: number;
  /** Seconds since 1970. */
  mtime: number;
  ctime: number;
  readonly nlinks: number;
  readonly symlink: string;
  readonly qid: { version: number };
}
