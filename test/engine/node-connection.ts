import { connect, type NetConnectOpts, type Socket } from "node:net";
import { Duplex } from "node:stream";
import type { Connection } from "../../src/machine/contract.ts";

/** A `Connection` over a socket of Node. */
export async function connectNode(options: NetConnectOpts, signal?: AbortSignal): Promise<Connection> {
  const socket = await new Promise<Socket>((resolve, reject) => {
    const opening = connect({ ...options, noDelay: true, allowHalfOpen: true, ...(signal && { signal }) });
    opening.once("error", reject);
    opening.once("connect", () => {
      opening.off("error", reject);
      resolve(opening);
    });
  });
  const closed = new Promise<void>((resolve, reject) => {
    socket.once("close", (hadError) => {
      if (!hadError) resolve();
    });
    socket.once("error", reject);
  });
  closed.catch(() => undefined);
  const { readable, writable } = Duplex.toWeb(socket);
  return {
    readable: readable as ReadableStream<Uint8Array<ArrayBuffer>>,
    writable,
    closed,
    abort(reason) {
      socket.destroy(reason instanceof Error ? reason : new Error("The connection was dropped."));
    },
    async [Symbol.asyncDispose]() {
      socket.destroy();
      await Promise.allSettled([closed]);
    },
  };
}
