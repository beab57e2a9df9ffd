import { MachineError } from "../error.ts";
import { cancelledError, raceSignal, throwIfCancelled } from "../signal.ts";
import type { SmallMachine, SmallMachineOptions, SmallMachineStatus, SmallMachineTimes } from "../small-machine.ts";
import type { FromConsole, ToConsole } from "./console-port.ts";
import type { ImageStore } from "./image-store.ts";
import type { Manifest } from "./manifest.ts";
import { createPhaseReader } from "./small-phases.ts";
import { connectWire, fromWireError, transferring, type PageFunctions, type SmallMachineFunctions } from "./wire.ts";
import type { OpenWorker } from "./worker-handle.ts";

export interface V86SmallMachineOptions extends SmallMachineOptions {
  readonly store: Pick<ImageStore, "manifest" | "file">;
  readonly openWorker: OpenWorker;
}

/** Boots it. Resolves at its shell's first prompt; rejects with a `MachineError`, having left nothing running. */
export async function startV86SmallMachine(options: V86SmallMachineOptions): Promise<SmallMachine> {
  const { store, openWorker, columns, rows, onOutput, onStatus, signal } = options;
  const start = performance.now();
  let times: SmallMachineTimes = {};
  let status: SmallMachineStatus = { phase: "downloading", loadedBytes: 0, totalBytes: 0 };
  const become = (next: SmallMachineStatus, done?: keyof SmallMachineTimes) => {
    if (status.phase === "ended" || status.phase === "failed") return;
    if (done !== undefined) times = { ...times, [done]: performance.now() - start };
    status = next;
    onStatus?.(status, times);
  };
  throwIfCancelled(signal);
  const manifest = await store.manifest(signal ?? new AbortController().signal);
  const { small } = manifest;
  if (!small) throw noSmallMachine();
  const files = await download(options, { manifest, small }, (loadedBytes, totalBytes) =>
    become({ phase: "downloading", loadedBytes, totalBytes }),
  );
  become({ phase: "emulator" }, "downloaded");

  const handle = await openWorker();
  const link = new MessageChannel();
  const consoleLink = new MessageChannel();
  const ready = Promise.withResolvers<void>();
  const end = (last: SmallMachineStatus) => {
    if (status.phase === "ended" || status.phase === "failed") return;
    handle.terminate();
    worker.$close();
    link.port1.close();
    consoleLink.port1.close();
    become(last);
  };
  const fail = (error: Error) => {
    end({ phase: "failed", error });
    ready.reject(error);
  };
  const worker = connectWire<SmallMachineFunctions, Pick<PageFunctions, "failed">>(link.port1, {
    failed: (error) => fail(crashed(fromWireError(error))),
  });
  handle.onError((error) => fail(crashed(error)));
  const phases = createPhaseReader((phase) => {
    if (phase === "init") become({ phase: "init" }, "kernel");
    else if (phase === "program") become({ phase: "init" }, "program");
    else if (phase === "prompt" && times.prompt === undefined) {
      become({ phase: "ready" }, "prompt");
      ready.resolve();
    } else if (phase === "end") {
      end({ phase: "ended" });
      ready.reject(crashed("it ended before its shell was there"));
    }
  });
  const port = consoleLink.port1;
  port.onmessage = ({ data: [, bytes] }: MessageEvent<FromConsole>) => {
    onOutput(bytes);
    port.postMessage(["credit", bytes.length] satisfies ToConsole);
    phases.read(bytes);
  };
  handle.connect(link.port2);

  const limit = AbortSignal.any([...(signal ? [signal] : []), AbortSignal.timeout(BOOT_DEADLINE_MS)]);
  try {
    const build = {
      ...files,
      // The kernel hands what it does not know itself to the first program as its environment.
      commandLine: `${small.commandLine} ROWS=${rows} COLUMNS=${columns}`,
      memoryBytes: small.memoryBytes,
      vgaMemoryBytes: manifest.vgaMemoryBytes,
      port: consoleLink.port2,
    };
    const buffers = Object.values(files).map(({ buffer }) => buffer);
    await raceSignal(
      Promise.race([worker.buildSmall(transferring(build, [build.port, ...buffers])), ready.promise]),
      limit,
    );
    become({ phase: "kernel" }, "emulator");
    void worker.runSmall.asEvent();
    await raceSignal(ready.promise, limit);
  } catch (cause) {
    ready.promise.catch(() => undefined);
    const error = signal?.aborted ? cancelledError(signal) : limit.aborted ? late() : asMachineError(cause);
    fail(error);
    throw error;
  }
  return {
    facts: {
      kernelVersion: manifest.kernelVersion,
      kernelBytes: small.kernel.bytes,
      initrdBytes: small.initrd.bytes,
      unpackedBytes: small.initrd.rawBytes,
      memoryBytes: small.memoryBytes,
    },
    get status() {
      return status;
    },
    get times() {
      return times;
    },
    write(bytes) {
      if (status.phase === "ready") port.postMessage(["data", bytes] satisfies ToConsole);
    },
    async [Symbol.asyncDispose]() {
      await Promise.resolve();
      end({ phase: "ended" });
    },
  };
}

/** A busy device needs half a minute. */
const BOOT_DEADLINE_MS = 180_000;

async function download(
  { store, signal = new AbortController().signal }: V86SmallMachineOptions,
  { manifest, small }: { manifest: Manifest; small: NonNullable<Manifest["small"]> },
  report: (loadedBytes: number, totalBytes: number) => void,
) {
  const wanted = [
    manifest.files.wasm,
    manifest.files.bios,
    manifest.files.vgaBios,
    small.kernel,
    small.initrd,
  ] as const;
  const totalBytes = wanted.reduce((sum, { bytes }) => sum + bytes, 0);
  let loadedBytes = 0;
  report(0, totalBytes);
  const onBytes = (count: number) => {
    loadedBytes += count;
    report(Math.min(loadedBytes, totalBytes), totalBytes);
  };
  const load = (file: (typeof wanted)[number]) => store.file(manifest, file, { signal, onBytes });
  const [wasm, bios, vgaBios, kernel, initrd] = await Promise.all([
    load(wanted[0]),
    load(wanted[1]),
    load(wanted[2]),
    load(wanted[3]),
    load(wanted[4]),
  ]);
  return { wasm, bios, vgaBios, kernel, initrd };
}

function noSmallMachine(): MachineError {
  return new MachineError("unsupported", "This site's machine image has no small machine in it.", {
    hint: "Its operator builds the image again: npm run machine.",
  });
}

function late(): MachineError {
  return new MachineError("timeout", "The small machine did not come to its shell in time.", {
    hint: "Close other tabs to give it more room, then start it again.",
  });
}

function crashed(error: unknown): MachineError {
  return error instanceof MachineError ? error : asMachineError(error);
}

function asMachineError(cause: unknown): MachineError {
  if (cause instanceof MachineError) return cause;
  return new MachineError(
    "boot-failed",
    `The small machine failed: ${cause instanceof Error ? cause.message : String(cause)}.`,
    { hint: "Close other tabs to free memory, then start it again.", cause },
  );
}
