import { V86 } from "v86";
import { MachineError } from "../error.ts";
import { cancelledError, throwIfCancelled } from "../signal.ts";
import { createNetworkCable } from "./network-cable.ts";
import { createVirtioPort, type VirtioPort } from "./virtio-port.ts";
import { createGuestNetwork, type GuestNetwork } from "./guest-network.ts";
import type { Disk } from "./disk.ts";
import { makeThresholdSettable, tuneTranslation } from "./translation.ts";
import type { Fs9p, V86Instance, WasmExports } from "./v86-internals.ts";

export interface EmulatorOptions {
  /** The bytes of v86's `build/v86.wasm`. */
  wasm: Uint8Array<ArrayBuffer>;
  bios: Uint8Array<ArrayBuffer>;
  vgaBios: Uint8Array<ArrayBuffer>;
  memoryBytes: number;
  vgaMemoryBytes: number;
  disk: Disk;
  /** Boots a kernel directly. Leave it out when a state is restored. */
  kernel?: { bzImage: Uint8Array<ArrayBuffer>; initrd: Uint8Array<ArrayBuffer>; cmdline: string };
  /** What `saveState` returned, as it is or compressed with zstd, from a machine with the same devices, memory size and disk. */
  initialState?: Uint8Array<ArrayBuffer>;
  /** Told of each host name that the guest asks DNS for. */
  onLookup?: (name: string) => void;
  signal?: AbortSignal;
}

/** One v86 machine in this thread, with the devices every Drydock image expects. It stands still until `run` is called. */
export interface Emulator {
  /** The learner's terminals: virtio console ports 0 to 2, `/dev/hvc0` to `/dev/hvc2` in the guest. */
  readonly consoles: readonly VirtioPort[];
  /** Virtio console port 3, `/dev/hvc3`: see control-protocol.md. */
  readonly control: VirtioPort;
  /** The first serial port, `/dev/ttyS0`. */
  readonly serial: { onOutput(listener: (byte: number) => void): Disposable; write(text: string): void };
  readonly network: GuestNetwork;
  /** The 9p file system that the guest mounts at `/workspace`. */
  readonly fs: Fs9p;
  /** Waits for disk reads under way, which a state cannot hold, then takes the whole machine, uncompressed. */
  saveState(options?: { signal?: AbortSignal }): Promise<Uint8Array<ArrayBuffer>>;
  run(): void;
  stop(): Promise<void>;
  readonly isRunning: boolean;
  /** Stops the machine and lets go of it. */
  destroy(): Promise<void>;
}

export async function createEmulator(options: EmulatorOptions): Promise<Emulator> {
  throwIfCancelled(options.signal);
  requireWebAssembly(options);
  const failure = Promise.withResolvers<never>();
  const loaded = Promise.withResolvers<void>();
  let started: { exports: WasmExports; table: WebAssembly.Table } | undefined;

  const v86 = new V86({
    wasm_fn: async (env: WebAssembly.Imports) => {
      try {
        const { instance } = await WebAssembly.instantiate(makeThresholdSettable(options.wasm), env);
        const exports = instance.exports as unknown as WasmExports;
        started = { exports, table: env.env?.__indirect_function_table as WebAssembly.Table };
        return exports;
      } catch (cause) {
        failure.reject(bootFailed("v86's WebAssembly code could not be started.", cause));
        return new Promise<never>(() => undefined);
      }
    },
    bios: { buffer: exactBuffer(options.bios) },
    vga_bios: { buffer: exactBuffer(options.vgaBios) },
    memory_size: options.memoryBytes,
    vga_memory_size: options.vgaMemoryBytes,
    // The emulator's own network adapters reach the page's origin and the reader's localhost; without a relay none is made.
    net_device: { type: "virtio" },
    preserve_mac_from_state_image: true,
    virtio_console: true,
    filesystem: {},
    disable_speaker: true,
    disable_keyboard: true,
    disable_mouse: true,
    autostart: false,
    hda: options.disk,
    ...(options.kernel && {
      bzimage: { buffer: exactBuffer(options.kernel.bzImage) },
      initrd: { buffer: exactBuffer(options.kernel.initrd) },
      cmdline: options.kernel.cmdline,
    }),
  } as unknown as ConstructorParameters<typeof V86>[0]) as unknown as V86Instance;

  rejectOnInitError(v86, (cause) => {
    failure.reject(bootFailed("The emulated machine could not be set up.", cause));
  });
  v86.add_listener("emulator-loaded", () => {
    loaded.resolve();
  });
  const onAbort = () => {
    if (options.signal) failure.reject(cancelledError(options.signal));
  };
  options.signal?.addEventListener("abort", onAbort, { once: true });

  const cable = createNetworkCable(v86);
  const network = createGuestNetwork({ send: cable.send, ...(options.onLookup && { onLookup: options.onLookup }) });
  v86.add_listener("net0-send", (frame: Uint8Array) => {
    network.receive(frame);
  });
  v86.add_listener("net0-mac", (mac: string) => {
    network.setGuestMac(mac);
  });

  const ports = [0, 1, 2, 3].map((index) => createVirtioPort(v86, index));
  const destroy = async () => {
    network[Symbol.dispose]();
    cable[Symbol.dispose]();
    for (const port of ports) port[Symbol.dispose]();
    await v86.destroy();
  };

  try {
    await Promise.race([loaded.promise, failure.promise]);
    if (started) tuneTranslation(started.exports, started.table);
    if (options.initialState) await restore(v86, options.initialState);
    throwIfCancelled(options.signal);
  } catch (error) {
    // Before the wasm code is there, v86 has nothing that could be destroyed.
    if (v86.v86) await destroy();
    throw error;
  } finally {
    options.signal?.removeEventListener("abort", onAbort);
    failure.promise.catch(() => undefined);
  }

  const [first, second, third, control] = ports;
  if (!first || !second || !third || !control) throw new TypeError("four console ports were made");
  return {
    consoles: [first, second, third],
    control,
    serial: {
      onOutput(listener) {
        v86.add_listener("serial0-output-byte", listener);
        return {
          [Symbol.dispose]: () => {
            v86.remove_listener("serial0-output-byte", listener);
          },
        };
      },
      write: (text) => {
        v86.serial0_send(text);
      },
    },
    network,
    fs: v86.fs9p,
    async saveState({ signal } = {}) {
      await options.disk.idle(signal);
      return new Uint8Array(await v86.save_state());
    },
    run: () => {
      void v86.run();
    },
    stop: () => v86.stop(),
    get isRunning() {
      return v86.is_running();
    },
    destroy,
  };
}

/** Asks for the memory before v86 does, because v86 would fail where nobody can catch it. */
function requireWebAssembly({ memoryBytes, vgaMemoryBytes }: EmulatorOptions): void {
  if (typeof WebAssembly === "undefined") {
    throw new MachineError("no-webassembly", "This browser cannot run WebAssembly.", {
      hint: "Use a current Chromium, Firefox or Safari, with WebAssembly not switched off.",
    });
  }
  const pages = Math.ceil((memoryBytes + vgaMemoryBytes + EMULATOR_BYTES) / 65_536);
  try {
    new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch (cause) {
    throw new MachineError(
      "not-enough-memory",
      `The browser did not give the ${String(Math.round(pages / 16))} MB of memory the machine needs.`,
      {
        hint: "Close other tabs and programs, then try again.",
        cause,
      },
    );
  }
}

/** What v86 keeps in the same memory besides the guest's: its code tables and caches. */
const EMULATOR_BYTES = 64 << 20;

async function restore(v86: V86Instance, state: Uint8Array<ArrayBuffer>): Promise<void> {
  try {
    leaveFreshMemory(v86);
    await v86.restore_state(exactBuffer(state));
  } catch (cause) {
    throw new MachineError("state-mismatch", "The saved state does not fit this machine.", {
      hint: "Start the machine fresh. If that fails too, reload the page to fetch the machine image again.",
      cause,
    });
  }
}

/**
 * v86 zeroes all of the guest's memory before it restores some of it. New WebAssembly memory is zero where nothing has written to it, and takes no room in the browser until
 * something does: here v86 has only put the BIOS below the first megabyte. Half the time of a restore, and 350 MB.
 */
function leaveFreshMemory({ v86: inner }: V86Instance): void {
  if (!inner) return;
  const { cpu } = inner;
  const zero = cpu.zero_memory.bind(cpu);
  cpu.zero_memory = (address, bytes) => {
    zero(address, Math.min(bytes, BIOS_END - address));
    cpu.zero_memory = zero;
  };
}

const BIOS_END = 1 << 20;

/** v86 builds its devices in a detached promise; this makes an error there visible. */
function rejectOnInitError(v86: V86Instance, reject: (cause: unknown) => void): void {
  const inherited = v86.continue_init.bind(v86);
  v86.continue_init = async (inner, settings) => {
    const init = inner.init.bind(inner);
    inner.init = (deviceSettings) => {
      try {
        init(deviceSettings);
      } catch (cause) {
        reject(cause);
      }
    };
    try {
      await inherited(inner, settings);
    } catch (cause) {
      reject(cause);
    }
  };
}

function bootFailed(message: string, cause: unknown): MachineError {
  return new MachineError("boot-failed", message, {
    hint: "Close other tabs to free memory and reload the page. If it happens again, this browser may be too old.",
    cause,
  });
}

function exactBuffer(bytes: Uint8Array<ArrayBuffer>): ArrayBuffer {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
}
