import type { Connection, OutOfReach } from "../machine/contract.ts";
import { createPullAnswers } from "./pull-answers.ts";
import { errorAnswer, writeAnswer } from "./answer.ts";
import { createRequestReader, RequestError } from "./request.ts";
import type { CatalogueStore } from "./store.ts";

export interface CatalogueServerOptions {
  store: CatalogueStore;
  /** Told of what was asked for in vain. */
  tell: (wanted: Exclude<OutOfReach, { kind: "host" }>) => void;
}

/**
 * A registry that Docker Engine can pull from, and nothing else: the pull side of the OCI distribution specification 1.1 over HTTP/1.1. Serves
 * each connection it is given until the peer, its silence or an error ends it.
 */
export function createCatalogueServer(options: CatalogueServerOptions): (connection: Connection) => void {
  const answers = createPullAnswers(options);
  return (connection) => {
    void serve(connection, answers);
  };
}

async function serve(connection: Connection, answers: ReturnType<typeof createPullAnswers>): Promise<void> {
  const gone = new AbortController();
  connection.closed.catch((error: unknown) => {
    gone.abort(error);
  });
  const reader = createRequestReader(connection.readable);
  const writer = connection.writable.getWriter();
  writer.closed.catch(() => undefined);
  const within = async <T>(ms: number, awaited: Promise<T>): Promise<T> => {
    const timer = setTimeout(() => {
      connection.abort();
    }, ms);
    try {
      return await awaited;
    } finally {
      clearTimeout(timer);
    }
  };
  try {
    for (let keepsAlive = true; keepsAlive && (await within(IDLE_MS, reader.begins()));) {
      const request = await within(HEAD_MS, reader.read());
      await writeAnswer(writer, await answers(request, gone.signal), request);
      keepsAlive = request.keepsAlive;
    }
  } catch (error) {
    if (!(error instanceof RequestError)) {
      connection.abort(error);
      return;
    }
    const headers: Record<string, string> = error.status === 405 ? { Allow: "GET, HEAD" } : {};
    const refusal = errorAnswer(error.status, "UNSUPPORTED", error.message, headers);
    await writeAnswer(writer, refusal, { method: "GET", keepsAlive: false }).catch(() => undefined);
  }
  writer.close().catch(() => undefined);
  reader.cancel();
  await within(LINGER_MS, connection.closed).catch(() => undefined);
}

/** How long a connection may wait for its next request. */
const IDLE_MS = 60_000;
/** How long the head of a request may take once it has begun. */
const HEAD_MS = 20_000;
/** How long the peer may take to close its side after ours. */
const LINGER_MS = 5_000;
