import type { Cancellable } from "./contract.ts";

/**
 * The second machine of a lesson: the kernel of the machine image and busybox, booted from nothing each time, without a disk, a network or an
 * engine. It is there to be compared with a container.
 */
export interface SmallMachine extends AsyncDisposable {
  readonly facts: SmallMachineFacts;
  readonly status: SmallMachineStatus;
  /** What its start took, as far as it has come. */
  readonly times: SmallMachineTimes;
  /** Types into its console. */
  write(bytes: Uint8Array): void;
}

export interface SmallMachineOptions extends Cancellable {
  /** Of its console, in character cells; a serial line has no way to tell of another one later. */
  columns: number;
  rows: number;
  onOutput: (bytes: Uint8Array) => void;
  /** Told of every status from the first download on. */
  onStatus?: (status: SmallMachineStatus, times: SmallMachineTimes) => void;
}

export interface SmallMachineFacts {
  readonly kernelVersion: string;
  /** All of them as they are fetched, compressed. */
  readonly kernelBytes: number;
  readonly initrdBytes: number;
  /** The initial RAM file system as the kernel has unpacked it. */
  readonly unpackedBytes: number;
  /** What the emulator gives it. */
  readonly memoryBytes: number;
}

export type SmallMachineStatus =
  | { readonly phase: "downloading"; readonly loadedBytes: number; readonly totalBytes: number }
  /** The emulator is being set up; nothing of the machine has run. */
  | { readonly phase: "emulator" }
  /** Firmware and kernel run. */
  | { readonly phase: "kernel" }
  /** Its first program runs. */
  | { readonly phase: "init" }
  /** Its shell waits for a command. */
  | { readonly phase: "ready" }
  /** It has been switched off, from within or by `dispose`. */
  | { readonly phase: "ended" }
  | { readonly phase: "failed"; readonly error: Error };

/** Milliseconds from the call to the end of each part; each is there from then on. */
export interface SmallMachineTimes {
  readonly downloaded?: number;
  /** The emulator is set up: from here on the machine itself runs. */
  readonly emulator?: number;
  /** The kernel has started the first program. */
  readonly kernel?: number;
  /** That has run `uname -a`, as the container does that it is compared with. */
  readonly program?: number;
  readonly prompt?: number;
}
