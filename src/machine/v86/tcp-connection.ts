// Over 250 lines because it is one state machine (RFC 9293): its transitions are only to be judged side by side.
import type { Connection } from "../contract.ts";
import { MachineError } from "../error.ts";
import { TCP, type TcpSegment } from "./frames.ts";

export interface TcpEndpoint extends Connection {
  /**
   * Settles with the handshake: code `port-closed` on a refusal, `connection-reset` when the guest gives up a connection of its own,
   * `unresponsive` when it does not answer.
   */
  readonly opened: Promise<void>;
  receive(segment: TcpSegment): void;
}

export interface TcpEndpointOptions {
  localPort: number;
  remotePort: number;
  /** The guest's SYN, where it is the guest that opens the connection. */
  accepting?: TcpSegment;
  send(segment: TcpSegment): void;
  /** Called once, when the guest may forget about this connection too. */
  onGone(): void;
}

/**
 * The host's end of one TCP connection (RFC 9293), opened by either side. The cable never reorders and hardly ever loses frames, so what arrives out of order
 * is dropped and asked for again. At most `RECEIVE_BUFFER_BYTES` that nobody has read are held: the advertised window shrinks to nothing and
 * the guest waits. `writable` takes at most `SEND_BUFFER_BYTES` ahead of what the guest acknowledged.
 *
 * It is one piece because both directions share the sequence numbers, the windows and the timer.
 */
export function createTcpEndpoint({ localPort, remotePort, accepting, send, onGone }: TcpEndpointOptions): TcpEndpoint {
  const opened = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<void>();
  opened.promise.catch(() => undefined);
  closed.promise.catch(() => undefined);

  let state: "opening" | "open" | "gone" = "opening";
  const initialSequence = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  let unacknowledged = initialSequence;
  let next = initialSequence;
  let peerWindow = 0;
  let peerSegmentBytes = DEFAULT_SEGMENT_BYTES;
  /** Bytes from `unacknowledged` (plus the SYN) onwards. */
  const outgoing: Uint8Array[] = [];
  let outgoingBytes = 0;
  let finishing = false;
  let finished = false;

  let expected = 0;
  let incoming: Uint8Array[] = [];
  let incomingBytes = 0;
  let ended = false;
  let readerCancelled = false;
  let pendingAcks = 0;
  let ackScheduled = false;
  let advertised = 0;

  let timer: ReturnType<typeof setTimeout> | undefined;
  let silentTries = 0;
  let wakeReader: (() => void) | undefined;
  let wakeWriter: (() => void) | undefined;
  let writerController: WritableStreamDefaultController | undefined;
  let readerController: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | undefined;

  const emit = (flags: number, sequence: number, data = NOTHING, maximumSegment?: number) => {
    advertised = Math.max(0, RECEIVE_BUFFER_BYTES - incomingBytes);
    pendingAcks = 0;
    send({
      sourcePort: localPort,
      destinationPort: remotePort,
      sequence,
      acknowledgment: flags & TCP.ack ? expected : 0,
      flags,
      window: advertised,
      ...(maximumSegment !== undefined && { maximumSegment }),
      data,
    });
  };
  const acknowledge = () => {
    emit(TCP.ack, next);
  };
  const scheduleAck = () => {
    if (++pendingAcks >= 2) acknowledge();
    else if (!ackScheduled) {
      ackScheduled = true;
      queueMicrotask(() => {
        ackScheduled = false;
        if (pendingAcks > 0 && state === "open") acknowledge();
      });
    }
  };

  const gone = (error?: unknown) => {
    if (state === "gone") return;
    const wasOpening = state === "opening";
    state = "gone";
    clearTimeout(timer);
    if (wasOpening) opened.reject(error);
    if (error === undefined) closed.resolve();
    else {
      closed.reject(error);
      if (!ended && !readerCancelled) readerController?.error(error);
      writerController?.error(error);
      outgoing.length = 0;
      outgoingBytes = 0;
    }
    wakeReader?.();
    wakeWriter?.();
    onGone();
  };
  const goneIfDone = () => {
    if (finished && next === unacknowledged && ended) gone();
  };

  /** Sends what the guest's window allows. */
  const pump = () => {
    if (state !== "open") return;
    for (;;) {
      const inFlight = distance(unacknowledged, next);
      const unsent = outgoingBytes - inFlight;
      const room = Math.min(peerWindow - inFlight, peerSegmentBytes, unsent);
      if (finished || unsent <= 0 || room <= 0) break;
      const last = room === unsent;
      emit(last ? TCP.ack | TCP.psh : TCP.ack, next, peek(outgoing, inFlight, room));
      next = add(next, room);
    }
    if (finishing && !finished && distance(unacknowledged, next) === outgoingBytes) {
      finished = true;
      emit(TCP.ack | TCP.fin, next);
      next = add(next, 1);
    }
    armTimer();
  };
  const armTimer = () => {
    clearTimeout(timer);
    timer = undefined;
    if (state === "gone" || (next === unacknowledged && outgoingBytes === 0 && state === "open")) return;
    timer = setTimeout(onSilence, Math.min(RETRY_MS << silentTries, RETRY_MAX_MS));
  };
  const greet = () => {
    emit(accepting ? TCP.syn | TCP.ack : TCP.syn, initialSequence, NOTHING, OUR_SEGMENT_BYTES);
  };
  const onSilence = () => {
    if (++silentTries > (state === "opening" && accepting ? ACCEPT_TRIES : TRIES)) {
      gone(
        new MachineError("unresponsive", `The machine does not answer on port ${String(remotePort)}.`, {
          hint: "Wait a moment; if it stays silent, reset the machine.",
        }),
      );
      return;
    }
    if (state === "opening") {
      greet();
    } else if (next === unacknowledged) {
      // A closed window is probed with one byte.
      emit(TCP.ack | TCP.psh, next, peek(outgoing, 0, 1));
      next = add(next, 1);
    } else {
      if (finished) finished = false;
      next = unacknowledged;
      if (peerWindow === 0) peerWindow = 1;
      pump();
      return;
    }
    armTimer();
  };

  /** Takes from the guest's SYN where its bytes begin, and how much it takes at once. */
  const meet = (segment: TcpSegment) => {
    expected = add(segment.sequence, 1);
    peerWindow = segment.window;
    peerSegmentBytes = Math.min(segment.maximumSegment ?? DEFAULT_SEGMENT_BYTES, OUR_SEGMENT_BYTES);
  };
  const establish = () => {
    state = "open";
    silentTries = 0;
    unacknowledged = next;
    opened.resolve();
  };
  const acceptAck = (segment: TcpSegment) => {
    const acknowledged = distance(unacknowledged, segment.acknowledgment);
    if (acknowledged > distance(unacknowledged, next)) return;
    peerWindow = segment.window;
    if (acknowledged === 0) return;
    silentTries = 0;
    unacknowledged = segment.acknowledgment;
    const bytes = Math.min(acknowledged, outgoingBytes);
    drop(outgoing, bytes);
    outgoingBytes -= bytes;
    wakeWriter?.();
  };
  const acceptData = (segment: TcpSegment) => {
    const repeated = distance(segment.sequence, expected);
    const length = segment.data.length;
    const hasFin = (segment.flags & TCP.fin) !== 0;
    if (length === 0 && !hasFin) {
      // A keep-alive probe asks for an answer with an old number.
      if (segment.sequence !== expected) acknowledge();
      return;
    }
    if (ended || repeated > length) {
      acknowledge();
      return;
    }
    const room = RECEIVE_BUFFER_BYTES - incomingBytes;
    const fresh = segment.data.subarray(repeated, repeated + room);
    if (fresh.length > 0) {
      expected = add(expected, fresh.length);
      if (!readerCancelled) {
        incoming.push(fresh);
        incomingBytes += fresh.length;
      }
    }
    if (hasFin && repeated + fresh.length === length) {
      expected = add(expected, 1);
      ended = true;
      acknowledge();
    } else scheduleAck();
    wakeReader?.();
  };

  const readable = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start(controller) {
        readerController = controller;
      },
      async pull(controller) {
        while (incomingBytes === 0 && !ended && state !== "gone") {
          await new Promise<void>((resolve) => (wakeReader = resolve));
        }
        if (incomingBytes > 0) {
          const bytes = peek(incoming, 0, incomingBytes);
          incoming = [];
          incomingBytes = 0;
          if (state === "open" && advertised < RECEIVE_BUFFER_BYTES / 2) acknowledge();
          controller.enqueue(bytes);
        } else if (ended) controller.close();
      },
      cancel() {
        readerCancelled = true;
        incoming = [];
        incomingBytes = 0;
        if (state === "open") acknowledge();
      },
    },
    { highWaterMark: 0 },
  );

  const writable = new WritableStream<Uint8Array>(
    {
      start(controller) {
        writerController = controller;
        // `abort` below comes only once a write under way has ended, which may be never.
        controller.signal.addEventListener("abort", () => {
          abort(controller.signal.reason);
        });
      },
      async write(chunk) {
        for (let offset = 0; offset < chunk.length;) {
          while (outgoingBytes >= SEND_BUFFER_BYTES && state !== "gone") {
            await new Promise<void>((resolve) => (wakeWriter = resolve));
          }
          if (state === "gone") throw resetError(remotePort);
          const part = chunk.slice(offset, offset + SEND_BUFFER_BYTES - outgoingBytes);
          outgoing.push(part);
          outgoingBytes += part.length;
          offset += part.length;
          pump();
        }
      },
      close() {
        finishing = true;
        pump();
      },
      abort(reason) {
        abort(reason);
      },
    },
    { highWaterMark: 1 },
  );

  const abort = (reason?: unknown) => {
    if (state === "gone") return;
    if (state === "open") {
      // The guest takes a reset only at exactly the byte it expects next, which is one of these two as long as nothing was lost on the way.
      emit(TCP.rst | TCP.ack, next);
      if (unacknowledged !== next) emit(TCP.rst | TCP.ack, unacknowledged);
    }
    gone(reason ?? new DOMException("The connection was dropped.", "AbortError"));
  };

  if (accepting) meet(accepting);
  greet();
  next = add(initialSequence, 1);
  armTimer();

  return {
    opened: opened.promise,
    closed: closed.promise,
    readable,
    writable,
    abort,
    receive(segment) {
      if (state === "gone") return;
      if (segment.flags & TCP.rst) {
        if (state === "opening" && !accepting) gone(refusedError(remotePort));
        else gone(resetError(remotePort));
        return;
      }
      if (state === "opening" && accepting) {
        if (segment.flags & TCP.syn) {
          // It has not heard our answer. A new number is a new try, by a program that has the same port again.
          if (segment.sequence === accepting.sequence) greet();
          else gone(resetError(remotePort));
          return;
        }
        if (!(segment.flags & TCP.ack) || segment.acknowledgment !== next) return;
        establish();
      }
      if (state === "opening") {
        if ((segment.flags & (TCP.syn | TCP.ack)) !== (TCP.syn | TCP.ack) || segment.acknowledgment !== next) return;
        meet(segment);
        establish();
        acknowledge();
        pump();
        return;
      }
      if (segment.flags & TCP.syn) {
        acknowledge();
        return;
      }
      if (segment.flags & TCP.ack) acceptAck(segment);
      acceptData(segment);
      pump();
      goneIfDone();
    },
    async [Symbol.asyncDispose]() {
      abort();
      await Promise.allSettled([closed.promise]);
    },
  };
}

/** The largest window without the scaling option. */
const RECEIVE_BUFFER_BYTES = 65_535;
const SEND_BUFFER_BYTES = 65_536;
/** 1500 bytes of Ethernet payload less two headers. */
const OUR_SEGMENT_BYTES = 1460;
const DEFAULT_SEGMENT_BYTES = 536;
const RETRY_MS = 1000;
const RETRY_MAX_MS = 8000;
const TRIES = 12;
/** A guest that asks for a connection and then says nothing more is forgotten after half a minute. */
const ACCEPT_TRIES = 5;
const NOTHING = new Uint8Array(0);

function refusedError(port: number): MachineError {
  return new MachineError("port-closed", `Nothing listens on port ${String(port)} of the machine.`, {
    hint: "Start the program that should listen there, then try again.",
  });
}

function resetError(port: number): MachineError {
  return new MachineError("connection-reset", `The connection to port ${String(port)} was reset by the machine.`, {
    hint: "The program behind it ended or was restarted. Try again.",
  });
}

/** Sequence numbers wrap at 2^32. */
function add(sequence: number, count: number): number {
  return (sequence + count) >>> 0;
}

function distance(from: number, to: number): number {
  return (to - from) >>> 0;
}

function peek(chunks: readonly Uint8Array[], offset: number, length: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(length);
  let skipped = 0;
  let filled = 0;
  for (const chunk of chunks) {
    if (filled === length) break;
    const start = Math.max(0, offset - skipped);
    skipped += chunk.length;
    if (start >= chunk.length) continue;
    const part = chunk.subarray(start, start + length - filled);
    out.set(part, filled);
    filled += part.length;
  }
  return out;
}

function drop(chunks: Uint8Array[], count: number): void {
  let left = count;
  while (left > 0 && chunks[0]) {
    if (chunks[0].length <= left) {
      left -= chunks[0].length;
      chunks.shift();
    } else {
      chunks[0] = chunks[0].subarray(left);
      left = 0;
    }
  }
}
