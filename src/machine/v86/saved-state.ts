import type { Cancellable } from "../contract.ts";
import { MachineError } from "../error.ts";
import { raceSignal, throwIfCancelled } from "../signal.ts";
import { connectWire, transferring, type StateFunctions, type StateWork } from "./wire.ts";
import type { OpenWorker } from "./worker-handle.ts";

/**
 * Makes of v86's whole state what is kept of it, the difference to the snapshot, and back. Both happen in a worker of their own that is ended
 * afterwards: the machine's own goes on running the guest, cancelling takes effect at once, and all memory is given back.
 */
export async function packState(
  state: Uint8Array<ArrayBuffer>,
  work: StateWork,
  { openWorker, signal }: Cancellable & { openWorker: OpenWorker },
): Promise<Blob> {
  const bytes = await inWorker("The machine could not be packed up.", openWorker, signal, (worker) =>
    worker.packState(transferring(state, [state.buffer]), transferable(work)),
  );
  return new Blob([bytes]);
}

export function unpackState(
  difference: Blob,
  work: StateWork,
  { openWorker, signal }: Cancellable & { openWorker: OpenWorker },
): Promise<Uint8Array<ArrayBuffer>> {
  return inWorker("The saved machine could not be put together.", openWorker, signal, (worker) =>
    worker.unpackState(difference, transferable(work)),
  );
}

function transferable(work: StateWork): StateWork {
  return transferring(work, [work.compressed.buffer]);
}

/** `otherwise` says what could not be done when the worker crashes. */
async function inWorker<T>(
  otherwise: string,
  openWorker: OpenWorker,
  signal: AbortSignal | undefined,
  action: (worker: StateFunctions) => Promise<T>,
): Promise<T> {
  throwIfCancelled(signal);
  const handle = await openWorker();
  const link = new MessageChannel();
  const worker = connectWire<StateFunctions, object>(link.port1, {});
  const crash = Promise.withResolvers<never>();
  handle.onError(crash.reject);
  try {
    handle.connect(link.port2);
    return await raceSignal(Promise.race([action(worker), crash.promise]), signal);
  } catch (cause) {
    if (cause instanceof MachineError) throw cause;
    throw new MachineError("not-enough-memory", otherwise, {
      hint: "Close other tabs and programs, then try again.",
      cause,
    });
  } finally {
    worker.$close();
    link.port1.close();
    handle.terminate();
  }
}
