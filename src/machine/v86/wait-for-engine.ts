import type { Cancellable, Connection } from "../contract.ts";
import { MachineError } from "../error.ts";
import { cancelledError, pauseFor } from "../signal.ts";

/** Resolves when Docker Engine answers `GET /_ping` on port 2375. There is no event for that, so it is asked again until `signal` aborts. */
export async function waitForEngine(
  machine: { dial(port: number, options?: Cancellable): Promise<Connection> },
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    try {
      if (await ping(machine, signal)) return;
    } catch (error) {
      if (signal.aborted) throw cancelledError(signal);
      if (!(error instanceof MachineError) || (error.code !== "port-closed" && error.code !== "connection-reset"))
        throw error;
    }
    await pauseFor(PAUSE_MS, signal);
  }
}

const ENGINE_PORT = 2375;
const PAUSE_MS = 100;

async function ping(
  machine: { dial(port: number, options?: Cancellable): Promise<Connection> },
  signal: AbortSignal,
): Promise<boolean> {
  await using connection = await machine.dial(ENGINE_PORT, { signal });
  const onAbort = () => {
    connection.abort(cancelledError(signal));
  };
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    const writer = connection.writable.getWriter();
    await writer.write(new TextEncoder().encode("GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n"));
    const reader = connection.readable.getReader();
    const decoder = new TextDecoder();
    let answer = "";
    while (answer.length < STATUS_CHARACTERS) {
      const { done, value } = await reader.read();
      if (done) break;
      answer += decoder.decode(value, { stream: true });
    }
    return answer.startsWith("HTTP/1.1 200");
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

const STATUS_CHARACTERS = "HTTP/1.1 200".length;
