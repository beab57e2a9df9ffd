import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { createControl } from "../machine/v86/control.ts";
import { createEmulator, type Emulator, type EmulatorOptions } from "../machine/v86/emulator.ts";
import type { Fs9p } from "../machine/v86/v86-internals.ts";
import { ImageError, type Phase } from "./error.ts";

/** A machine that is being built: it can be asked to run shell scripts. */
export interface Guest extends AsyncDisposable {
  readonly emulator: Emulator;
  /** Standard output of a script; a non-zero exit fails the phase. */
  sh(script: string, options?: { minutes?: number }): Promise<string>;
  /** Resolves once the serial console has shown `text`. */
  serialShows(text: string, minutes: number): Promise<void>;
}

/**
 * Whoever is in the machine is root there, and the browser is what keeps it in: what guards a kernel against its own users, or finds its mistakes, only costs time here. Without preemption
 * and with one processor, `synchronize_rcu` returns at once.
 */
export const kernelCommandLine = [
  "console=ttyS0 tsc=reliable random.trust_cpu=on nowatchdog quiet",
  "mitigations=off preempt=none init_on_alloc=0 hardened_usercopy=off randomize_kstack_offset=off audit=0 lsm=",
].join(" ");

/** Boots and waits for the guest's agent, or restores where the options carry a state. */
export async function startGuest(options: EmulatorOptions, phase: Phase, signal: AbortSignal): Promise<Guest> {
  const emulator = await createEmulator({ ...options, signal });
  let serial = "";
  const listeners = new Set<() => void>();
  emulator.serial.onOutput((byte) => {
    serial += String.fromCharCode(byte);
    if (byte === 10) for (const listener of listeners) listener();
  });
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(5 * 60_000)]);
  const control = createControl(emulator.control);
  emulator.run();
  try {
    await control.ready({ signal: deadline });
  } catch (cause) {
    await emulator.destroy();
    signal.throwIfAborted();
    throw new ImageError(phase, `The machine did not come up: ${serial.trim().split("\n").slice(-5).join("\n")}`, {
      hint: "The lines above are the guest kernel's last words.",
      cause,
    });
  }
  return {
    emulator,
    async sh(script, { minutes = 5 } = {}) {
      const result = await control.run(["/bin/bash", "-euo", "pipefail", "-c", script], {
        folder: "/root",
        timeoutMs: minutes * 60_000,
        signal,
      });
      if (result.exitCode === 0) return result.stdout;
      throw new ImageError(
        phase,
        `A command in the machine ended with ${String(result.exitCode)}:\n${script.trim()}\n${result.stderr.trim().slice(-2000)}`,
        {
          hint: "Run the command again; if it fails the same way, the recipe and these packages do not fit.",
        },
      );
    },
    serialShows(text, minutes) {
      return new Promise((resolve, reject) => {
        const end = (settle: () => void) => {
          clearTimeout(timer);
          listeners.delete(look);
          signal.removeEventListener("abort", abort);
          settle();
        };
        const look = () => {
          if (serial.includes(text)) end(resolve);
        };
        const abort = () => {
          end(() => {
            reject(signal.reason as Error);
          });
        };
        const timer = setTimeout(() => {
          end(() => {
            reject(
              new ImageError(phase, `The machine did not say "${text}" in time.`, {
                hint: `It said last: ${serial.slice(-500)}`,
              }),
            );
          });
        }, minutes * 60_000);
        signal.addEventListener("abort", abort);
        listeners.add(look);
        look();
      });
    },
    async [Symbol.asyncDispose]() {
      control[Symbol.dispose]();
      await emulator.destroy();
    },
  };
}

/** Copies a host folder into the file system that the guest sees as `/workspace`. */
export async function copyToWorkspace(fs: Fs9p, from: string, name: string, parent = 0): Promise<void> {
  const folder = fs.CreateDirectory(name, parent);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const path = join(from, entry.name);
    if (entry.isDirectory()) await copyToWorkspace(fs, path, entry.name, folder);
    else if (entry.isFile()) await writeToWorkspace(fs, entry.name, await readFile(path), folder);
  }
}

export async function writeToWorkspace(fs: Fs9p, name: string, content: Uint8Array, folder: number): Promise<void> {
  const inode = await fs.CreateBinaryFile(name, folder, content);
  fs.GetInode(inode).mode = 0o100755;
}
