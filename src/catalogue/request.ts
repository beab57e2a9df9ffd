/** A request without a body (RFC 9112); field names are in lower case. */
export interface PullRequest {
  readonly method: "GET" | "HEAD";
  /** Path and query, as sent. */
  readonly target: string;
  readonly headers: Headers;
  /** Whether the peer wants to send another one after this. */
  readonly keepsAlive: boolean;
}

/** Why a request is refused; the connection cannot be used any more. */
export class RequestError extends Error {
  readonly status: 400 | 405 | 413 | 431 | 505;

  constructor(status: RequestError["status"], message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Cuts what a peer sends into requests. It is stricter than RFC 9112 asks: no bare line feeds, no folded lines, no bodies, no target but a
 * path. Docker's requests, of less than 2 KiB, pass; nothing that two readers could understand differently does.
 */
export function createRequestReader(readable: ReadableStream<Uint8Array>): RequestReader {
  const reader = readable.getReader();
  let held: Uint8Array = new Uint8Array(0);

  const more = async (): Promise<boolean> => {
    const { done, value } = await reader.read();
    if (done) return false;
    const longer = new Uint8Array(held.length + value.length);
    longer.set(held);
    longer.set(value, held.length);
    held = longer;
    return true;
  };
  return {
    async begins() {
      while (held.length === 0) if (!(await more())) return false;
      return true;
    },
    async read() {
      for (;;) {
        const end = endOfHead(held);
        if (end > MAX_HEAD_BYTES || (end === -1 && held.length > MAX_HEAD_BYTES))
          throw new RequestError(431, `The request's head is longer than ${String(MAX_HEAD_BYTES)} bytes.`);
        if (end !== -1) {
          const head = held.subarray(0, end);
          held = held.subarray(end + HEAD_END.length);
          return parseRequest(latin1(head));
        }
        if (!(await more())) throw new RequestError(400, "The connection ended within a request.");
      }
    },
    cancel() {
      held = new Uint8Array(0);
      reader.cancel().catch(() => undefined);
    },
  };
}

export interface RequestReader {
  /** Whether another request comes; false when the peer has ended the connection. */
  begins(): Promise<boolean>;
  /** Rejects with a `RequestError` for what cannot be answered. */
  read(): Promise<PullRequest>;
  /** Nothing more is wanted. */
  cancel(): void;
}

const MAX_HEAD_BYTES = 8192;
const HEAD_END = [13, 10, 13, 10] as const;

function parseRequest(head: string): PullRequest {
  const [requestLine = "", ...lines] = head.split("\r\n");
  const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}) ([!-~]+) HTTP\/([0-9])\.([0-9])$/.exec(requestLine);
  if (!match) throw new RequestError(400, "The request does not begin with an HTTP request line.");
  const [, method, target = "", major, minor] = match;
  if (major !== "1" || (minor !== "0" && minor !== "1"))
    throw new RequestError(505, `HTTP/${major ?? ""}.${minor ?? ""} is not spoken here.`);
  const headers = new Headers();
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(0, colon));
    const value = line.slice(colon + 1);
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
      throw new RequestError(400, "The request has a malformed header line.");
    if (headers.has(name) && /^(?:host|content-length|range)$/i.test(name))
      throw new RequestError(400, `The request has more than one ${name}.`);
    headers.append(name, value);
  }
  if (minor === "1" && !headers.has("host")) throw new RequestError(400, "The request names no host.");
  if (method !== "GET" && method !== "HEAD")
    throw new RequestError(405, "This catalogue can only be read, by GET and HEAD.");
  if (headers.has("transfer-encoding") || !/^0*$/.test(headers.get("content-length") ?? ""))
    throw new RequestError(413, "Nothing can be sent to this catalogue.");
  if (!target.startsWith("/")) throw new RequestError(400, "The request's target is no path.");
  const connection = (headers.get("connection") ?? "").toLowerCase();
  return { method, target, headers, keepsAlive: minor === "1" && !/\bclose\b/.test(connection) };
}

function endOfHead(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(HEAD_END[0]); at !== -1; at = bytes.indexOf(HEAD_END[0], at + 1)) {
    if (HEAD_END.every((byte, offset) => bytes[at + offset] === byte)) return at;
  }
  return -1;
}

/** A character a byte: TextDecoder's "latin1" is windows-1252. */
function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
