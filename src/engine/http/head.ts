import { malformedAnswer } from "../error.ts";
import type { ByteSource } from "./byte-source.ts";

/** The status line and fields of a response (RFC 9112 sections 4 and 5). */
export interface ResponseHead {
  readonly minorVersion: 0 | 1;
  readonly status: number;
  readonly reason: string;
  readonly headers: Headers;
}

/** Reads one head, interim (1xx) ones included. Heads beyond `limit` bytes are refused. */
export async function readHead(source: ByteSource, limit = MAX_HEAD_BYTES): Promise<ResponseHead> {
  const statusLine = await source.line(limit);
  const match = /^HTTP\/1\.([01]) ([1-9][0-9]{2})(?: ([\t\x20-\x7e\x80-\xff]*))?$/.exec(statusLine);
  if (!match)
    throw malformedAnswer(`The answer begins with “${excerpt(statusLine)}”, which is no HTTP/1.1 status line.`);
  return {
    minorVersion: match[1] === "0" ? 0 : 1,
    status: Number(match[2]),
    reason: match[3] ?? "",
    headers: await readFields(source, limit - statusLine.length),
  };
}

/** Reads field lines up to and with the empty line: the rest of a head, or the trailers of a chunked body. */
export async function readFields(source: ByteSource, limit = MAX_HEAD_BYTES): Promise<Headers> {
  const fields: { name: string; value: string }[] = [];
  let left = limit;
  for (;;) {
    if (left <= 0) throw malformedAnswer(`The answer's head is longer than ${String(limit)} bytes.`);
    const line = await source.line(left);
    if (line === "") break;
    left -= line.length + 2;
    const last = fields.at(-1);
    // A folded line continues the value before it (obs-fold, RFC 9112 section 5.2).
    if (/^[ \t]/.test(line) && last) last.value = `${last.value} ${line.trim()}`;
    else fields.push(parseField(line));
  }
  const headers = new Headers();
  for (const { name, value } of fields) headers.append(name, value);
  return headers;
}

/** Docker's heads are below 1 KiB; browsers accept 256 KiB, Node 16 KiB. */
export const MAX_HEAD_BYTES = 65_536;

function parseField(line: string): { name: string; value: string } {
  const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)$/.exec(line);
  if (!match) throw malformedAnswer(`The answer's head has a malformed line: “${excerpt(line)}”.`);
  return { name: match[1] ?? "", value: (match[2] ?? "").replace(/[ \t]+$/, "") };
}

/** Printable and short enough for a message. */
function excerpt(text: string): string {
  const printable = text.replace(/[^\x20-\x7e]/g, "·");
  return printable.length > 60 ? `${printable.slice(0, 60)}…` : printable;
}
