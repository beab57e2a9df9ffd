// Over 200 lines because it is one state machine: what each kind of frame does to the one connection.
import { connectionLost, EngineError, malformedAnswer } from "../../error.ts";
import type { UpgradedStream } from "../../http/exchange.ts";
import {
  contentOf,
  encodeFrame,
  encodeNumbers,
  encodeSettings,
  errorCodes,
  flags,
  frameTypes,
  preface,
  readFrames,
  readNumber,
  readSettings,
  settings,
  type Frame,
} from "./frames.ts";
import type { Field } from "./header-table.ts";
import { createHeaderDecoder, encodeHeaders, MAX_HEADER_LIST_BYTES } from "./hpack.ts";
import { createStream, STREAM_WINDOW_BYTES, type Http2Stream, type StreamInlet } from "./stream.ts";

/** A client's side of HTTP/2 over a byte stream of its own (RFC 9113), for a few requests at a time whose bodies are short. */
export interface Http2Connection extends Disposable {
  /** False once it has ended, or takes no more requests. */
  isOpen(): boolean;
  /** Sends a request with its whole body. `signal` ends its stream with the signal's reason. */
  request(fields: readonly Field[], body: Uint8Array, options: { signal: AbortSignal }): Http2Stream;
}

/** Of all streams together. */
const CONNECTION_WINDOW_BYTES = 1_048_576;
/** What the standard begins with (RFC 9113 section 6.9.2). */
const DEFAULT_WINDOW_BYTES = 65_535;
const MAX_WINDOW_BYTES = 2 ** 31 - 1;
/** A header block as it is sent, all its frames together. */
const MAX_BLOCK_BYTES = MAX_HEADER_LIST_BYTES;

/** `onEnd` is called once, when nothing more can be asked over it. */
export function openHttp2(transport: UpgradedStream, onEnd: () => void): Http2Connection {
  const writer = transport.writable.getWriter();
  writer.closed.catch(() => undefined);
  const decoder = createHeaderDecoder();
  const streams = new Map<number, StreamInlet>();
  const peer = { window: DEFAULT_WINDOW_BYTES, maxFrame: 16_384, maxStreams: Infinity };
  let nextId = 1;
  let sendWindow = DEFAULT_WINDOW_BYTES;
  let received = 0;
  let isDraining = false;
  let isEnded = false;
  let mayMoreBeSent = Promise.withResolvers<void>();
  /** A header block that goes on in the next frame. */
  let block:
    { readonly stream: number; readonly isEnd: boolean; readonly parts: Uint8Array[]; bytes: number } | undefined;

  const end = (error: unknown) => {
    if (isEnded) return;
    isEnded = true;
    for (const { fail } of [...streams.values()]) fail(error);
    streams.clear();
    mayMoreBeSent.resolve();
    transport.abort(error);
    onEnd();
  };
  const write = (bytes: Uint8Array) => {
    if (!isEnded) writer.write(bytes).catch((error: unknown) => end(asLoss(error)));
  };
  const send = (type: number, set: number, stream: number, payload: Uint8Array<ArrayBuffer> = encodeNumbers()) =>
    write(encodeFrame({ type, flags: set, stream, payload }));
  const wakeSenders = () => {
    mayMoreBeSent.resolve();
    mayMoreBeSent = Promise.withResolvers<void>();
  };

  const sendBody = async (id: number, inlet: StreamInlet, body: Uint8Array) => {
    let at = 0;
    do {
      const room = Math.min(sendWindow, inlet.sendWindow, peer.maxFrame);
      if (room <= 0 && at < body.length) {
        await mayMoreBeSent.promise;
        if (isEnded || !streams.has(id)) return;
        continue;
      }
      const part = body.slice(at, at + Math.max(0, room));
      at += part.length;
      sendWindow -= part.length;
      inlet.sendWindow -= part.length;
      send(frameTypes.data, at === body.length ? flags.endStream : 0, id, part);
    } while (at < body.length);
  };

  const onHeaders = (stream: number, isEnd: boolean, bytes: Uint8Array) => {
    // Also of a stream that is gone: the table of headers is the connection's.
    const fields = decoder.decode(bytes);
    streams.get(stream)?.onHeaders(fields, isEnd);
  };
  const joinBlock = (frame: Frame) => {
    const content = frame.type === frameTypes.headers ? contentOf(frame) : frame.payload;
    block ??= { stream: frame.stream, isEnd: (frame.flags & flags.endStream) !== 0, parts: [], bytes: 0 };
    block.parts.push(content);
    block.bytes += content.length;
    if (block.bytes > MAX_BLOCK_BYTES)
      throw malformedAnswer(`The answer's headers are longer than ${MAX_BLOCK_BYTES} bytes.`);
    if (!(frame.flags & flags.endHeaders)) return;
    const { stream, isEnd, parts } = block;
    block = undefined;
    onHeaders(stream, isEnd, join(parts));
  };
  const onData = (frame: Frame) => {
    const framed = frame.payload.length;
    received += framed;
    if (received >= CONNECTION_WINDOW_BYTES / 2) {
      send(frameTypes.windowUpdate, 0, 0, encodeNumbers(received));
      received = 0;
    }
    streams.get(frame.stream)?.onData(contentOf(frame), framed, (frame.flags & flags.endStream) !== 0);
  };
  const onSettings = ({ flags: set, payload }: Frame) => {
    if (set & flags.ack) return;
    for (const [id, value] of readSettings(payload)) {
      if (id === settings.maxConcurrentStreams) peer.maxStreams = value;
      if (id === settings.maxFrameSize) peer.maxFrame = value;
      if (id !== settings.initialWindowSize) continue;
      if (value > MAX_WINDOW_BYTES) throw malformedAnswer("The other side opens its window too far.");
      for (const inlet of streams.values()) inlet.sendWindow += value - peer.window;
      peer.window = value;
    }
    send(frameTypes.settings, flags.ack, 0);
    wakeSenders();
  };
  const onWindowUpdate = ({ stream, payload }: Frame) => {
    const more = readNumber(payload) & 0x7fff_ffff;
    const inlet = streams.get(stream);
    if (stream === 0) sendWindow += more;
    else if (inlet !== undefined) inlet.sendWindow += more;
    if (sendWindow > MAX_WINDOW_BYTES || (inlet?.sendWindow ?? 0) > MAX_WINDOW_BYTES)
      throw malformedAnswer("The other side opens its window too far.");
    wakeSenders();
  };
  const onGoAway = ({ payload }: Frame) => {
    isDraining = true;
    const last = readNumber(payload) & 0x7fff_ffff;
    for (const [id, inlet] of [...streams]) if (id > last) inlet.fail(connectionLost());
    if (streams.size === 0) end(connectionLost());
  };
  const onReset = ({ stream, payload }: Frame) => {
    const code = readNumber(payload);
    streams.get(stream)?.fail(
      new EngineError("connection-lost", `The engine broke off its answer (HTTP/2 error ${code}).`, {
        hint: "Try again; restart the engine if it stays so.",
      }),
    );
  };

  const take = (frame: Frame) => {
    if (block !== undefined && (frame.type !== frameTypes.continuation || frame.stream !== block.stream))
      throw malformedAnswer("The answer's headers are broken off by another frame.");
    switch (frame.type) {
      case frameTypes.continuation:
        if (block === undefined) throw malformedAnswer("The answer goes on with headers that have not begun.");
        joinBlock(frame);
        break;
      case frameTypes.headers:
        joinBlock(frame);
        break;
      case frameTypes.data:
        onData(frame);
        break;
      case frameTypes.settings:
        onSettings(frame);
        break;
      case frameTypes.windowUpdate:
        onWindowUpdate(frame);
        break;
      case frameTypes.resetStream:
        onReset(frame);
        break;
      case frameTypes.goAway:
        onGoAway(frame);
        break;
      case frameTypes.ping:
        if (!(frame.flags & flags.ack)) send(frameTypes.ping, flags.ack, 0, frame.payload);
        break;
      case frameTypes.pushPromise:
        throw malformedAnswer("The other side sends what was not asked for.");
    }
  };
  const listen = async () => {
    let isFirst = true;
    for await (const frame of readFrames(transport.readable)) {
      if (isFirst && frame.type !== frameTypes.settings) throw malformedAnswer("The other side does not speak HTTP/2.");
      isFirst = false;
      take(frame);
      // Who does not read our answers is not read either.
      await writer.ready;
    }
    throw connectionLost();
  };

  write(preface);
  const ours = [
    [settings.enablePush, 0],
    [settings.initialWindowSize, STREAM_WINDOW_BYTES],
    [settings.maxHeaderListSize, MAX_HEADER_LIST_BYTES],
  ] as const;
  send(frameTypes.settings, 0, 0, encodeSettings(ours));
  send(frameTypes.windowUpdate, 0, 0, encodeNumbers(CONNECTION_WINDOW_BYTES - DEFAULT_WINDOW_BYTES));
  listen().catch((error: unknown) => {
    const isTheirFault = error instanceof EngineError && error.code === "malformed-answer";
    if (isTheirFault) send(frameTypes.goAway, 0, 0, encodeNumbers(0, errorCodes.protocol));
    end(asLoss(error));
  });

  return {
    isOpen: () => !isEnded && !isDraining,
    request(fields, body, { signal }) {
      signal.throwIfAborted();
      if (isEnded || isDraining) throw connectionLost();
      if (streams.size >= peer.maxStreams)
        throw new EngineError("conflict", "The engine answers as many questions as it can at once.", {
          hint: "Wait until one of them has its answer.",
        });
      const id = nextId;
      nextId += 2;
      const onAbort = () => inlet.stream.cancel(signal.reason);
      const inlet = createStream(peer.window, {
        onRead: (bytes) => send(frameTypes.windowUpdate, 0, id, encodeNumbers(bytes)),
        onCancel: () => send(frameTypes.resetStream, 0, id, encodeNumbers(errorCodes.cancel)),
        onEnd: () => {
          streams.delete(id);
          signal.removeEventListener("abort", onAbort);
          if (isDraining && streams.size === 0) end(connectionLost());
        },
      });
      signal.addEventListener("abort", onAbort, { once: true });
      streams.set(id, inlet);
      send(frameTypes.headers, flags.endHeaders, id, encodeHeaders(fields));
      void sendBody(id, inlet, body);
      return inlet.stream;
    },
    [Symbol.dispose]() {
      send(frameTypes.goAway, 0, 0, encodeNumbers(0, errorCodes.none));
      end(connectionLost());
    },
  };
}

function asLoss(error: unknown): unknown {
  return error instanceof EngineError ? error : connectionLost(error);
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
