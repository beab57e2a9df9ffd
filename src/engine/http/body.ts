import { connectionLost, malformedAnswer } from "../error.ts";
import type { ByteSource } from "./byte-source.ts";
import { readFields, type ResponseHead } from "./head.ts";

/** Where a response's body ends (RFC 9112 section 6.3). */
export type Framing =
  | { readonly kind: "none" }
  | { readonly kind: "fixed"; readonly length: number }
  | { readonly kind: "chunked" }
  | { readonly kind: "until-close" };

/** Gives the next bytes of a body, `undefined` after the last. */
export type NextBytes = () => Promise<Uint8Array<ArrayBuffer> | undefined>;

/** How the body of an answer to `method` is framed. Rejects lengths and codings that cannot be trusted. */
export function framingOf(method: string, { status, headers, minorVersion }: ResponseHead): Framing {
  if (method === "HEAD" || status < 200 || status === 204 || status === 304) return { kind: "none" };
  const coding = headers.get("transfer-encoding");
  if (coding !== null) {
    // We ask for no other coding, and HTTP/1.0 knows none.
    if (minorVersion === 1 && coding.trim().toLowerCase() === "chunked") return { kind: "chunked" };
    throw malformedAnswer(`The answer is sent in a transfer coding that was not asked for: ${coding}.`);
  }
  const length = headers.get("content-length");
  return length === null ? { kind: "until-close" } : { kind: "fixed", length: parseLength(length) };
}

/** `onTrailers` is called once, before the end is reported. */
export function readerOf(framing: Framing, source: ByteSource, onTrailers: (trailers: Headers) => void): NextBytes {
  switch (framing.kind) {
    case "none":
      return () => Promise.resolve(undefined);
    case "fixed":
      return readFixed(source, framing.length);
    case "chunked":
      return readChunked(source, onTrailers);
    case "until-close":
      return () => source.some(MAX_READ_BYTES);
  }
}

const MAX_READ_BYTES = 65_536;
/** Enough for a size and the extensions some servers add. */
const MAX_CHUNK_LINE_BYTES = 1024;
const MAX_TRAILER_BYTES = 16_384;

function readFixed(source: ByteSource, length: number): NextBytes {
  let left = length;
  return async () => {
    if (left === 0) return undefined;
    const bytes = await source.some(Math.min(left, MAX_READ_BYTES));
    if (!bytes) throw connectionLost();
    left -= bytes.length;
    return bytes;
  };
}

function readChunked(source: ByteSource, onTrailers: (trailers: Headers) => void): NextBytes {
  let left = 0;
  let first = true;
  let ended = false;
  const beginChunk = async () => {
    if (!first && (await source.line(0)) !== "") throw malformedAnswer("A chunk of the answer is longer than it says.");
    first = false;
    left = parseChunkSize(await source.line(MAX_CHUNK_LINE_BYTES));
  };
  return async () => {
    if (ended) return undefined;
    if (left === 0) await beginChunk();
    if (left === 0) {
      onTrailers(await readFields(source, MAX_TRAILER_BYTES));
      ended = true;
      return undefined;
    }
    const bytes = await source.some(Math.min(left, MAX_READ_BYTES));
    if (!bytes) throw connectionLost();
    left -= bytes.length;
    return bytes;
  };
}

/** Several equal lengths count as one (RFC 9112 section 6.3, point 5). */
function parseLength(value: string): number {
  const [first = "", ...others] = value.split(",").map((part) => part.trim());
  const length = Number(first);
  if (!/^[0-9]+$/.test(first) || !Number.isSafeInteger(length) || others.some((other) => other !== first)) {
    throw malformedAnswer(`The answer gives “${value.slice(0, 40)}” as its length.`);
  }
  return length;
}

/** chunk-size [chunk-ext], extensions ignored (RFC 9112 section 7.1). */
function parseChunkSize(line: string): number {
  const digits = /^([0-9a-f]+)[ \t]*(?:;.*)?$/i.exec(line)?.[1];
  const size = Number.parseInt(digits ?? "", 16);
  if (!Number.isSafeInteger(size)) {
    throw malformedAnswer(`The answer gives “${line.slice(0, 40)}” as the size of a chunk.`);
  }
  return size;
}
