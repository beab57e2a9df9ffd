import { dial, QUICK_MS } from "../client.ts";
import { startDeadline } from "../deadline.ts";
import type { Dialer } from "../dialer.ts";
import { EngineError } from "../error.ts";
import { exchange } from "../http/exchange.ts";
import { callGrpc } from "./grpc.ts";
import { openHttp2, type Http2Connection } from "./http2/connection.ts";
import {
  encodeHistoryRequest,
  encodeStatusRequest,
  readHistoryEvent,
  readStatus,
  type BuildHistoryEvent,
  type BuildStatus,
} from "./messages.ts";

export interface BuildOptions {
  signal: AbortSignal;
}

/**
 * What BuildKit, within Docker Engine, tells of its builds, whoever started them: the service `moby.buildkit.v1.Control`
 * (`api/services/control/control.proto` in https://github.com/moby/buildkit). All calls share one connection, which is opened again once it is lost.
 */
export interface BuildControl extends Disposable {
  /** The builds there have been, then, without `earlyExit`, those to come, until aborted. One is told of more than once. Rejects with `engine-too-old` before Docker Engine 23. */
  history(options: BuildOptions & { earlyExit?: boolean }): AsyncGenerator<BuildHistoryEvent, void>;
  /** The steps of one build: as far as they are, then as they go on; ends with the build. Rejects with `not-found`. */
  status(ref: string, options: BuildOptions): AsyncGenerator<BuildStatus, void>;
}

export function createBuildControl(dialer: Dialer, { port = 2375 }: { port?: number } = {}): BuildControl {
  const gone = new AbortController();
  let shared: Promise<Http2Connection> | undefined;

  const connect = async (): Promise<Http2Connection> => {
    const held = await shared?.catch(() => undefined);
    if (held?.isOpen() !== true) shared = undefined;
    const opening = (shared ??= open(dialer, port, gone.signal, () => (shared = undefined)));
    // Who comes later opens another.
    opening.catch(() => (shared = undefined));
    return opening;
  };
  async function* call<T>(method: string, message: Uint8Array, read: (bytes: Uint8Array) => T, signal: AbortSignal) {
    const connection = await connect();
    const both = AbortSignal.any([signal, gone.signal]);
    for await (const bytes of callGrpc(connection, `/moby.buildkit.v1.Control/${method}`, message, { signal: both }))
      yield read(bytes);
  }

  return {
    history: ({ signal, earlyExit = false }) =>
      call("ListenBuildHistory", encodeHistoryRequest({ earlyExit }), readHistoryEvent, signal),
    status: (ref, { signal }) => call("Status", encodeStatusRequest(ref), readStatus, signal),
    [Symbol.dispose]() {
      gone.abort(new EngineError("cancelled", "The connection to BuildKit was closed.", { hint: "Open it again." }));
      shared?.then(
        (connection) => connection[Symbol.dispose](),
        () => undefined,
      );
    },
  };
}

/** `POST /grpc` hands the connection over to HTTP/2 (https://github.com/moby/moby/blob/v26.1.5/api/server/router/grpc/grpc_routes.go). */
async function open(dialer: Dialer, port: number, signal: AbortSignal, onEnd: () => void): Promise<Http2Connection> {
  const deadline = startDeadline("Connecting to BuildKit", signal, QUICK_MS);
  try {
    const connection = await dial(dialer, port, deadline.signal);
    const request = { method: "POST", target: "/grpc", host: "docker", upgrade: "h2c" };
    const { status, upgraded, body } = await exchange(connection, request, {
      signal: deadline.signal,
      onReleased: deadline.release,
    });
    if (upgraded !== undefined) {
      deadline.lift();
      return openHttp2(upgraded, onEnd);
    }
    await body.cancel();
    throw new EngineError("engine-too-old", "This engine does not let others see its builds.", {
      hint: "Docker Engine tells of its builds since version 23.",
      status,
    });
  } catch (error) {
    deadline.release();
    throw error;
  }
}
