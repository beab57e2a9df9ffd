import * as z from "zod/mini";
import type { Cancellable, RunOptions, RunResult } from "../contract.ts";
import { MachineError } from "../error.ts";
import { raceSignal, throwIfCancelled } from "../signal.ts";
import { createLineSplitter, decodeText, encodeText, hex, unhex } from "./control-lines.ts";

/** The raw bytes of the fourth console port. */
export interface ControlPort {
  onOutput(listener: (bytes: Uint8Array) => void): Disposable;
  write(bytes: Uint8Array): void;
}

/** The host's end of the control channel; see control-protocol.md. Every request has a deadline, after which it rejects with `unresponsive`. */
export interface Control extends Disposable {
  /** Resolves once the guest's agent has greeted (after a boot) or answered (after a restore). */
  ready(options?: Cancellable): Promise<void>;
  ping(options?: RequestOptions): Promise<void>;
  setClock(epochMs: number, options?: RequestOptions): Promise<void>;
  seedRandom(bytes: Uint8Array, options?: RequestOptions): Promise<void>;
  run(argv: readonly string[], options?: RunOptions): Promise<RunResult>;
  restartShell(console: number, options?: RequestOptions): Promise<void>;
  restartEngine(options?: RequestOptions): Promise<void>;
  status(options?: RequestOptions): Promise<GuestStatus>;
  /** Rejects with `error` whatever still waits. Disposing does the same with code `disposed`. */
  end(error: Error): void;
}

export interface RequestOptions extends Cancellable {
  deadlineMs?: number;
}

export type GuestStatus = z.infer<typeof guestStatus>;

export function createControl(port: ControlPort): Control {
  const requests = new Map<number, Request>();
  const greeted = Promise.withResolvers<void>();
  greeted.promise.catch(() => undefined);
  let lastId = 0;
  let ended: Error | undefined;

  const send = (...words: (string | number)[]) => {
    port.write(encodeText(`${words.join(" ")}\n`));
  };
  const receive = (line: string) => {
    const [id, kind, payload] = line.split(" ");
    if (id === "0") {
      if (kind === "ready") greet(payload);
      return;
    }
    if (!id || !/^\d{1,15}$/.test(id) || !kind) return;
    requests.get(Number(id))?.answer(kind, payload);
  };
  const greet = (version: string | undefined) => {
    if (version !== PROTOCOL_VERSION) {
      greeted.reject(
        new MachineError(
          "image-mismatch",
          `The machine's agent speaks version ${String(version)} of the control protocol, not ${PROTOCOL_VERSION}.`,
          {
            hint: "Build the machine image again with this version of Drydock.",
          },
        ),
      );
      return;
    }
    greeted.resolve();
    // A second greeting means that the agent was started anew and knows nothing of what was asked.
    for (const request of [...requests.values()]) {
      if (!request.survivesGreeting)
        request.fail(new MachineError("guest-error", "The machine's agent was restarted.", { hint: "Try again." }));
    }
  };
  const subscription = port.onOutput(createLineSplitter(receive));

  const end = (error: Error) => {
    if (ended) return;
    ended = error;
    subscription[Symbol.dispose]();
    greeted.reject(error);
    for (const request of [...requests.values()]) request.fail(error);
  };
  const begin = (request: Request): number => {
    if (ended) throw ended;
    const id = ++lastId;
    requests.set(id, request);
    return id;
  };
  const ask = async (
    words: readonly (string | number)[],
    options: RequestOptions = {},
    survivesGreeting = false,
  ): Promise<string> => {
    throwIfCancelled(options.signal);
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const id = begin({
      survivesGreeting,
      fail: reject,
      answer: (kind, payload) => {
        if (kind === "ok") resolve(decodeText(payload));
        else if (kind === "error") reject(guestError(payload));
        // Anything else is noise, such as a terminal's echo.
      },
    });
    const deadline = setTimeout(reject, options.deadlineMs ?? DEADLINE_MS, unresponsive());
    try {
      send(id, ...words);
      return await raceSignal(promise, options.signal);
    } finally {
      clearTimeout(deadline);
      requests.delete(id);
    }
  };

  return {
    async ready({ signal } = {}) {
      const stop = new AbortController();
      const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
      const answered = (async () => {
        for (;;) {
          try {
            await ask(["ping"], { signal: either, deadlineMs: FIRST_PING_MS }, true);
            return;
          } catch (error) {
            if (either.aborted || error === ended) throw error;
          }
        }
      })();
      answered.catch(() => undefined);
      try {
        await raceSignal(Promise.race([greeted.promise, answered]), signal);
      } finally {
        stop.abort();
      }
    },
    async ping(options) {
      await ask(["ping"], options);
    },
    async setClock(epochMs, options) {
      const seconds = Math.floor(epochMs / 1000);
      const nanoseconds = Math.round((epochMs - seconds * 1000) * 1e6);
      await ask(["clock", `${String(seconds)}.${String(nanoseconds).padStart(9, "0")}`], options);
    },
    async seedRandom(bytes, options) {
      await ask(["seed", hex(bytes)], options);
    },
    async run(argv, { folder = "/workspace", stdin, timeoutMs = RUN_TIMEOUT_MS, signal } = {}) {
      throwIfCancelled(signal);
      if (argv.length === 0) throw new RangeError("run needs a program");
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      const output = { out: new TextDecoder(), err: new TextDecoder() };
      const text = { out: "", err: "" };
      const id = begin({
        survivesGreeting: false,
        fail: reject,
        answer: (kind, payload) => {
          if (kind === "out" || kind === "err") text[kind] += output[kind].decode(unhex(payload), { stream: true });
          else if (kind === "exit" && payload !== undefined && /^\d{1,3}$/.test(payload)) resolve(Number(payload));
          else if (kind === "error") reject(guestError(payload));
        },
      });
      const timer = setTimeout(
        reject,
        timeoutMs,
        new MachineError("timeout", `${argv.join(" ")} did not end within ${String(timeoutMs)} ms.`, {
          hint: "It was killed. Give it more time or less to do.",
        }),
      );
      let exited = false;
      try {
        send(id, "run", hex(encodeText(folder)), ...argv.map((word) => hex(encodeText(word))));
        const input = typeof stdin === "string" ? encodeText(stdin) : (stdin ?? new Uint8Array(0));
        for (let offset = 0; offset < input.length; offset += STDIN_BYTES)
          send(id, "stdin", hex(input.subarray(offset, offset + STDIN_BYTES)));
        send(id, "eof");
        const exitCode = await raceSignal(promise, signal);
        exited = true;
        return { exitCode, stdout: text.out + output.out.decode(), stderr: text.err + output.err.decode() };
      } catch (error) {
        exited ||= error === ended || (error instanceof MachineError && error.code === "guest-error");
        throw error;
      } finally {
        clearTimeout(timer);
        requests.delete(id);
        if (!exited) send(id, "kill", SIGKILL);
      }
    },
    async restartShell(console, options) {
      await ask(["shell", console], options);
    },
    async restartEngine(options) {
      await ask(["engine"], options);
    },
    async status(options) {
      const text = await ask(["status"], options);
      const entries = text.split("\n").flatMap((line) => {
        const at = line.indexOf("=");
        return at > 0 ? [[line.slice(0, at), line.slice(at + 1)] as const] : [];
      });
      const result = guestStatus.safeParse(Object.fromEntries(entries));
      if (!result.success)
        throw new MachineError("guest-error", "The machine's status could not be read.", {
          hint: "Reset the machine.",
          cause: result.error,
        });
      return result.data;
    },
    end,
    [Symbol.dispose]() {
      end(disposedError());
    },
  };
}

interface Request {
  answer(kind: string, payload: string | undefined): void;
  fail(error: Error): void;
  readonly survivesGreeting: boolean;
}

const bytesCount = z.pipe(z.string().check(z.regex(/^\d+$/)), z.transform(Number));
const guestStatus = z.object({
  engine: z.enum(["up", "down"]),
  disk_free: bytesCount,
  disk_total: bytesCount,
  memory_free: bytesCount,
});

const PROTOCOL_VERSION = "1";
const STDIN_BYTES = 16_384;
const DEADLINE_MS = 15_000;
const FIRST_PING_MS = 2_000;
const RUN_TIMEOUT_MS = 30_000;
const SIGKILL = 9;

function guestError(payload: string | undefined): MachineError {
  return new MachineError("guest-error", `The machine refused: ${decodeText(payload).trim()}`, {
    hint: "Try again; if it happens again, reset the machine.",
  });
}

function unresponsive(): MachineError {
  return new MachineError("unresponsive", "The machine does not answer.", {
    hint: "It may be busy: wait a moment. If it stays silent, reset it.",
  });
}

function disposedError(): MachineError {
  return new MachineError("disposed", "The machine was shut down.", { hint: "Start it again." });
}
