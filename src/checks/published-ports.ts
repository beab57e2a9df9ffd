import { startDeadline } from "../engine/deadline.ts";
import { EngineError } from "../engine/error.ts";
import { exchange } from "../engine/http/exchange.ts";
import type { Connection, Machine } from "../machine/contract.ts";
import { MachineError } from "../machine/error.ts";
import type { NoPage, PageRequest, PublishedPorts } from "./world.ts";

/** Asks the web servers behind the machine's ports. */
export function createPublishedPorts(machine: Pick<Machine, "dial">): PublishedPorts {
  return {
    async request(port, request, options = {}) {
      let connection: Connection;
      try {
        connection = await machine.dial(port, options);
      } catch (error) {
        return failureOf(error);
      }
      const what = `${request.method} ${request.path} on port ${port}`;
      const deadline = startDeadline(what, options.signal, request.timeoutMs);
      try {
        return await ask(connection, port, request, deadline.signal);
      } catch (error) {
        return failureOf(error);
      } finally {
        deadline.release();
      }
    },
  };
}

async function ask(connection: Connection, port: number, { method, path, headers }: PageRequest, signal: AbortSignal) {
  const request = { method, target: path, host: `localhost:${port}`, headers: { Accept: "*/*", ...headers } };
  const response = await exchange(connection, request, { signal, onReleased: () => undefined });
  const body = await readBeginning(response.body, maxPageBytes);
  return { status: response.status, headers: new Map(response.headers), body };
}

/** What a failure says about the port. Throws one of the machine, which says nothing about it. */
function failureOf(error: unknown): NoPage {
  if (error instanceof MachineError && error.code === "port-closed") return { failed: "closed" };
  if (isReset(error)) return { failed: "not-http" };
  if (error instanceof EngineError) {
    if (error.code === "timeout") return { failed: "silent" };
    if (error.code === "malformed-answer") return { failed: "not-http" };
    // A connection also ends with the machine.
    const isOfMachine = error.cause instanceof MachineError && !isReset(error.cause);
    if (error.code === "connection-lost" && !isOfMachine) return { failed: "not-http" };
  }
  throw error;
}

function isReset(error: unknown): boolean {
  return error instanceof MachineError && error.code === "connection-reset";
}

const maxPageBytes = 256 * 1024;

/** The text of a body, as far as `maxBytes` go; the rest is not waited for. */
async function readBeginning(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = "";
  for (let left = maxBytes; left > 0;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value.subarray(0, left), { stream: true });
    left -= value.length;
  }
  await reader.cancel();
  return text;
}
