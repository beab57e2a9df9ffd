import type { PullRequest } from "./request.ts";

/** A response; its body has exactly `byteLength` bytes, or fails. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly byteLength: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Codes of the OCI distribution specification, and of Docker's before it. */
export type RegistryErrorCode =
  "BLOB_UNKNOWN" | "MANIFEST_UNKNOWN" | "NAME_UNKNOWN" | "NOT_FOUND" | "UNAVAILABLE" | "UNSUPPORTED" | "RANGE_INVALID";

export function bytesAnswer(bytes: Uint8Array, headers: Readonly<Record<string, string>>, status = 200): Answer {
  return { status, headers, byteLength: bytes.length, body: once(bytes) };
}

export function jsonAnswer(value: unknown, headers: Readonly<Record<string, string>> = {}, status = 200): Answer {
  const bytes = new TextEncoder().encode(`${JSON.stringify(value)}\n`);
  return bytesAnswer(bytes, { "Content-Type": "application/json", ...headers }, status);
}

/** An error in the shape that the specification gives it. */
export function errorAnswer(
  status: number,
  code: RegistryErrorCode,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return jsonAnswer({ errors: [{ code, message }] }, headers, status);
}

/** Rejects where the body fails, after which the connection has to be dropped, so that the peer does not take a part for the whole. */
export async function writeAnswer(
  writer: WritableStreamDefaultWriter<Uint8Array>,
  { status, headers, byteLength, body }: Answer,
  { method, keepsAlive }: Pick<PullRequest, "method" | "keepsAlive">,
): Promise<void> {
  const fields = Object.entries({
    "Docker-Distribution-API-Version": "registry/2.0",
    ...headers,
    "Content-Length": String(byteLength),
    Connection: keepsAlive ? "keep-alive" : "close",
  });
  const lines = fields.map(([name, value]) => `${name}: ${value}\r\n`);
  await writer.write(
    new TextEncoder().encode(`HTTP/1.1 ${String(status)} ${REASONS[status] ?? "Status"}\r\n${lines.join("")}\r\n`),
  );
  if (method === "HEAD") return;
  let sent = 0;
  for await (const piece of body) {
    sent += piece.length;
    if (sent > byteLength) break;
    if (piece.length > 0) await writer.write(piece);
  }
  if (sent !== byteLength) throw new RangeError("the body has another length than was said");
}

const REASONS: Readonly<Record<number, string>> = {
  200: "OK",
  206: "Partial Content",
  400: "Bad Request",
  404: "Not Found",
  405: "Method Not Allowed",
  413: "Content Too Large",
  416: "Range Not Satisfiable",
  431: "Request Header Fields Too Large",
  503: "Service Unavailable",
  505: "HTTP Version Not Supported",
};

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield bytes;
}
