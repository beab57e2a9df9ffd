import { dial } from "../../src/engine/client.ts";
import { startDeadline } from "../../src/engine/deadline.ts";
import type { Dialer } from "../../src/engine/dialer.ts";
import { exchange } from "../../src/engine/http/exchange.ts";
import { readAll } from "../../src/engine/http/read-all.ts";
import type { HttpRequest } from "../../src/engine/http/request.ts";

interface PortRequest {
  /** Default `GET`. */
  method?: string;
  /** Path and query, already encoded. Default `/`. */
  path?: string;
  headers?: Readonly<Record<string, string>>;
  body?: HttpRequest["body"];
  signal?: AbortSignal | undefined;
  /** For the whole answer. Default 10,000. */
  timeoutMs?: number;
  /** Rejects with `answer-too-large` beyond. Default 1 MiB. */
  maxBytes?: number;
}

interface PortResponse {
  readonly status: number;
  readonly reason: string;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
  text(): string;
}

/** Asks the HTTP server behind a published port. Every status is an answer; redirects are not followed. */
export async function fetchPort(dialer: Dialer, port: number, request: PortRequest = {}): Promise<PortResponse> {
  const { method = "GET", path = "/", headers = {}, body, signal, timeoutMs = 10_000, maxBytes = 1_048_576 } = request;
  const deadline = startDeadline(`${method} ${path} on port ${String(port)}`, signal, timeoutMs);
  try {
    const connection = await dial(dialer, port, deadline.signal);
    const response = await exchange(
      connection,
      { method, target: path, host: `localhost:${String(port)}`, headers, body },
      { signal: deadline.signal, onReleased: deadline.release },
    );
    const bytes = await readAll(response.body, maxBytes);
    return {
      status: response.status,
      reason: response.reason,
      headers: response.headers,
      body: bytes,
      text: () => new TextDecoder().decode(bytes),
    };
  } catch (error) {
    deadline.release();
    throw error;
  }
}
