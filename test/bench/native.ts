import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { startNativeDocker } from "../engine/native-docker.ts";

export interface NativeTimes {
  /** Seconds, one value a run. */
  readonly ps: number[];
  readonly run: number[];
}

/** `docker ps` and `docker run --rm IMAGE true` with the host's own Docker CLI and Docker Engine. */
export async function measureNative(runs: number): Promise<NativeTimes> {
  await using docker = await startNativeDocker();
  // The CLI wants an address; the engine under test has connections.
  const server = createServer((socket) => void forward(socket, docker.dialer));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const host = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const time = async (...args: string[]): Promise<number> => {
    const start = performance.now();
    await promisify(execFile)("docker", ["--host", host, ...args]);
    return (performance.now() - start) / 1000;
  };
  const runOnce = (): Promise<number> => time("run", "--rm", docker.image, "true");
  await runOnce(); // reads the programs from the disk
  const times: NativeTimes = { ps: [], run: [] };
  for (let count = 0; count < runs; count++) {
    times.run.push(await runOnce());
    times.ps.push(await time("ps"));
  }
  server.close();
  return times;
}

async function forward(socket: Socket, dialer: Awaited<ReturnType<typeof startNativeDocker>>["dialer"]): Promise<void> {
  try {
    const connection = await dialer.dial(2375);
    await Promise.all([
      pipeline(socket, Writable.fromWeb(connection.writable)),
      pipeline(Readable.from(connection.readable), socket),
    ]);
  } catch {
    // The CLI drops a connection when it has what it wanted.
    socket.destroy();
  }
}
