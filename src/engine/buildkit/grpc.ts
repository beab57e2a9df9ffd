import { EngineError, malformedAnswer, type EngineErrorCode } from "../error.ts";
import type { Http2Connection } from "./http2/connection.ts";
import type { Field } from "./http2/header-table.ts";
import { fieldOf, type Http2Stream } from "./http2/stream.ts";

/** As much as BuildKit itself takes in one message. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
const HEAD_BYTES = 5;

/**
 * Calls a method that takes one message and answers with any number of them
 * (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md). Gives them as they come; throws where the call does not end well.
 */
export async function* callGrpc(
  connection: Http2Connection,
  method: string,
  message: Uint8Array,
  { signal }: { signal: AbortSignal },
): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const fields: Field[] = [
    [":method", "POST"],
    [":scheme", "http"],
    [":path", method],
    [":authority", "docker"],
    ["content-type", "application/grpc"],
    ["te", "trailers"],
  ];
  const stream = connection.request(fields, frame(message), { signal });
  try {
    const head = await stream.head();
    expectGrpc(head);
    yield* readMessages(stream);
    expectSuccess(method, stream.trailers() ?? head);
  } finally {
    stream.cancel();
  }
}

function frame(message: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES + message.length);
  new DataView(bytes.buffer).setUint32(1, message.length);
  bytes.set(message, HEAD_BYTES);
  return bytes;
}

async function* readMessages(stream: Http2Stream): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const head = new Uint8Array(HEAD_BYTES);
  let headBytes = 0;
  let message: Uint8Array<ArrayBuffer> | undefined;
  let messageBytes = 0;
  for (let bytes = await stream.read(); bytes !== undefined; bytes = await stream.read()) {
    let left = bytes;
    while (left.length > 0) {
      if (message === undefined) {
        const part = left.subarray(0, HEAD_BYTES - headBytes);
        head.set(part, headBytes);
        headBytes += part.length;
        left = left.subarray(part.length);
        if (headBytes < HEAD_BYTES) break;
        message = new Uint8Array(readLength(head));
        messageBytes = 0;
      }
      const part = left.subarray(0, message.length - messageBytes);
      message.set(part, messageBytes);
      messageBytes += part.length;
      left = left.subarray(part.length);
      if (messageBytes < message.length) break;
      yield message;
      message = undefined;
      headBytes = 0;
    }
  }
  if (message !== undefined || headBytes > 0) throw malformedAnswer("A message of the engine is cut off.");
}

function readLength(head: Uint8Array<ArrayBuffer>): number {
  if (head[0] !== 0) throw malformedAnswer("A message of the engine is compressed, which was not asked for.");
  const length = new DataView(head.buffer).getUint32(1);
  if (length <= MAX_MESSAGE_BYTES) return length;
  throw new EngineError("answer-too-large", `A message of the engine is larger than ${MAX_MESSAGE_BYTES} bytes.`, {
    hint: "Ask for less of it.",
  });
}

function expectGrpc(head: readonly Field[]): void {
  const status = fieldOf(head, ":status");
  if (status === "200" && fieldOf(head, "content-type")?.startsWith("application/grpc")) return;
  throw new EngineError("unexpected-answer", `The engine answers with status ${status ?? "?"} where BuildKit should.`, {
    hint: "A proxy between here and the engine may not let its connections through.",
  });
}

function expectSuccess(method: string, trailers: readonly Field[]): void {
  const status = fieldOf(trailers, "grpc-status");
  if (status === "0") return;
  const [code, hint] = meanings[status ?? ""] ?? ["engine-failed", "Restart the engine if it stays so."];
  const said = readMessage(fieldOf(trailers, "grpc-message") ?? "");
  throw new EngineError(code, said || `${method} ended with status ${status ?? "?"}.`, { hint });
}

/** https://grpc.github.io/grpc/core/md_doc_statuscodes.html */
const meanings: Readonly<Record<string, readonly [EngineErrorCode, string]>> = {
  1: ["cancelled", "Ask again when you want it."],
  3: ["invalid-request", "The message says what is wrong with the request."],
  4: ["timeout", "The machine may be busy. Wait a moment and try again."],
  5: ["not-found", "It may have been removed meanwhile."],
  6: ["conflict", "The message says what is in the way."],
  7: ["forbidden", "The engine does not allow this."],
  9: ["conflict", "The message says what is in the way."],
  12: ["engine-too-old", "Docker Engine tells of its builds since version 23."],
  14: ["unreachable", "The engine may be starting or stopped. Wait a moment, then try again."],
  16: ["forbidden", "The engine does not allow this."],
};

/** Percent-encoded UTF-8. */
function readMessage(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
