import { EngineError } from "../error.ts";

export interface HttpRequest {
  readonly method: string;
  /** Path and query, already encoded. */
  readonly target: string;
  readonly host: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes are sent with their length, a stream in chunks. */
  readonly body?: Uint8Array | ReadableStream<Uint8Array> | undefined;
  /** Asks for the raw connection after the answer's head, such as `tcp`. */
  readonly upgrade?: string | undefined;
}

/** The head of a request (RFC 9112 section 3). Rejects with `invalid-request` what could be read as a second header or request. */
export function encodeHead({
  method,
  target,
  host,
  headers = {},
  body,
  upgrade,
}: HttpRequest): Uint8Array<ArrayBuffer> {
  if (!/^[A-Z]+$/.test(method)) throw invalid(`“${method}” is no HTTP method.`);
  if (!/^\/[!-~]*$/.test(target)) throw invalid(`“${target}” is no path that can be sent as it is.`);
  const fields: [string, string][] = [["Host", host], ...Object.entries(headers)];
  fields.push(...(upgrade === undefined ? [] : [["Upgrade", upgrade] as [string, string]]));
  fields.push(["Connection", upgrade === undefined ? "close" : "Upgrade"]);
  if (body instanceof ReadableStream) fields.push(["Transfer-Encoding", "chunked"]);
  else if (body) fields.push(["Content-Length", String(body.length)]);
  else if (method !== "GET" && method !== "HEAD") fields.push(["Content-Length", "0"]);
  const lines = fields.map(([name, value]) => {
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) || !/^[\t\x20-\x7e]*$/.test(value)) {
      throw invalid(`The header “${name}” cannot be sent as it is.`);
    }
    return `${name}: ${value}\r\n`;
  });
  return encoder.encode(`${method} ${target} HTTP/1.1\r\n${lines.join("")}\r\n`);
}

/** Sends what follows the head. A body stream that fails rejects with `invalid-request`, a failed write as the connection failed. */
export async function sendBody(
  writer: WritableStreamDefaultWriter<Uint8Array>,
  body: HttpRequest["body"],
): Promise<void> {
  if (!body) return;
  if (body instanceof ReadableStream) await sendChunks(writer, body);
  else if (body.length > 0) await writer.write(body);
}

async function sendChunks(writer: WritableStreamDefaultWriter<Uint8Array>, body: ReadableStream<Uint8Array>) {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw new EngineError("invalid-request", "What was to be sent could not be read to its end.", {
          hint: "Try again.",
          cause: error,
        });
      });
      if (done) break;
      // An empty chunk would end the body.
      if (value.length === 0) continue;
      await writer.write(encoder.encode(`${value.length.toString(16)}\r\n`));
      await writer.write(value);
      await writer.write(CHUNK_END);
    }
    await writer.write(encoder.encode("0\r\n\r\n"));
  } catch (error) {
    reader.cancel(error).catch(() => undefined);
    throw error;
  }
}

const encoder = new TextEncoder();
const CHUNK_END = encoder.encode("\r\n");

function invalid(message: string): EngineError {
  return new EngineError("invalid-request", message, { hint: "Check the name or address that was given." });
}
