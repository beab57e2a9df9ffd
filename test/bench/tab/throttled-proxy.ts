import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as delay } from "node:timers/promises";

export interface ThrottledProxy extends AsyncDisposable {
  readonly url: string;
  /** Bytes sent to the browser so far, headers included. */
  readonly sentBytes: number;
  /** Requests of the browser so far. */
  readonly requests: number;
}

/**
 * A line of `megabitsPerSecond` to a local server, shared by all its connections. The browser's own throttling does not
 * reach the requests of a worker; this reaches everything. Without a rate it only counts.
 */
export async function createThrottledProxy(targetPort: number, megabitsPerSecond?: number): Promise<ThrottledProxy> {
  const bucket = megabitsPerSecond === undefined ? undefined : createBucket((megabitsPerSecond * 1e6) / 8);
  const sockets = new Set<Socket>();
  let sentBytes = 0;
  let requests = 0;
  const server = createServer((downstream) => {
    const upstream = connect(targetPort, "127.0.0.1");
    for (const socket of [downstream, upstream]) {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
    }
    const count = new Transform({
      highWaterMark: sliceBytes,
      transform(chunk: Buffer, _encoding, done) {
        sentBytes += chunk.byteLength;
        if (bucket === undefined) done(null, chunk);
        else void bucket.take(chunk.byteLength).then(() => done(null, chunk));
      },
    });
    // A request without a body begins with its first line and comes in one piece.
    downstream.on("data", (chunk: Buffer) => (requests += chunk.toString("latin1").match(requestLine)?.length ?? 0));
    // A browser that cancels a request resets its connection; that is no failure of the line.
    void pipeline(downstream, upstream).catch(() => upstream.destroy());
    void pipeline(upstream, count, downstream).catch(() => downstream.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get sentBytes() {
      return sentBytes;
    },
    get requests() {
      return requests;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

const requestLine = /^(?:GET|HEAD) \S+ HTTP\/1\.1\r$/gm;
const sliceBytes = 16 << 10;

/** Hands out bytes in the order they are asked for, never ahead of the rate by more than 10 ms. */
function createBucket(bytesPerSecond: number): { take(bytes: number): Promise<void> } {
  const burstMs = 10;
  let freeAt = 0;
  return {
    async take(bytes) {
      freeAt = Math.max(freeAt, performance.now() - burstMs) + (bytes / bytesPerSecond) * 1000;
      const wait = freeAt - performance.now();
      if (wait > 1) await delay(wait);
    },
  };
}
