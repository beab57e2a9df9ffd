import { V86 } from "v86";
import { makeThresholdSettable, tuneTranslation } from "./translation.ts";
import type { V86Instance, WasmExports } from "./v86-internals.ts";
import type { VirtioPort } from "./virtio-port.ts";

export interface SmallEmulatorOptions {
  readonly wasm: Uint8Array<ArrayBuffer>;
  readonly bios: Uint8Array<ArrayBuffer>;
  readonly vgaBios: Uint8Array<ArrayBuffer>;
  readonly kernel: Uint8Array<ArrayBuffer>;
  readonly initrd: Uint8Array<ArrayBuffer>;
  readonly commandLine: string;
  readonly memoryBytes: number;
  readonly vgaMemoryBytes: number;
}

export interface SmallEmulator {
  /** The serial port, in the shape of a virtio port that has no size. */
  readonly console: VirtioPort;
  run(): void;
  stop(): Promise<void>;
}

/** A v86 machine with a serial port and nothing else, translating as the machine of emulator.ts does, so that the two can be compared. */
export function createSmallEmulator(options: SmallEmulatorOptions): Promise<SmallEmulator> {
  return new Promise((resolve, reject) => {
    let started: { exports: WasmExports; table: WebAssembly.Table } | undefined;
    const v86 = new V86({
      wasm_fn: async (env: WebAssembly.Imports) => {
        const { instance } = await WebAssembly.instantiate(makeThresholdSettable(options.wasm), env);
        const exports = instance.exports as unknown as WasmExports;
        started = { exports, table: env.env?.__indirect_function_table as WebAssembly.Table };
        return exports;
      },
      bios: { buffer: options.bios.buffer },
      vga_bios: { buffer: options.vgaBios.buffer },
      bzimage: { buffer: options.kernel.buffer },
      initrd: { buffer: options.initrd.buffer },
      cmdline: options.commandLine,
      memory_size: options.memoryBytes,
      vga_memory_size: options.vgaMemoryBytes,
      // Without a device there is no way out to the page's network.
      net_device: { type: "none" },
      disable_speaker: true,
      disable_keyboard: true,
      disable_mouse: true,
      autostart: false,
    } as unknown as ConstructorParameters<typeof V86>[0]) as unknown as V86Instance;
    const inherited = v86.continue_init.bind(v86);
    // v86 builds its devices in a detached promise.
    v86.continue_init = (inner, settings) => inherited(inner, settings).catch(reject);
    v86.add_listener("emulator-loaded", () => {
      if (started) tuneTranslation(started.exports, started.table);
      resolve({
        console: createSerialPort(v86),
        run: () => void v86.run(),
        stop: () => v86.stop(),
      });
    });
  });
}

function createSerialPort(v86: V86Instance): VirtioPort {
  return {
    onOutput(listener) {
      const each = (byte: number) => listener(Uint8Array.of(byte));
      v86.add_listener("serial0-output-byte", each);
      return { [Symbol.dispose]: () => v86.remove_listener("serial0-output-byte", each) };
    },
    write: (bytes) => v86.serial0_send(String.fromCharCode(...bytes)),
    drained: () => Promise.resolve(),
    resize: () => undefined,
    [Symbol.dispose]: () => undefined,
  };
}
