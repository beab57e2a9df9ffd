import { startDeadline, orAborted } from "../../engine/deadline.ts";
import { exchange } from "../../engine/http/exchange.ts";
import type { Machine } from "../../machine/contract.ts";
import { MachineError } from "../../machine/error.ts";
import { answerWish, type AnswerMessage, type RequestMessage } from "../../preview/messages.ts";
import { previewWords as words } from "../../words/preview.ts";
import { errorSentence } from "../error-sentence.ts";
import type { Turns } from "./turns.ts";

export interface AnswerOptions {
  readonly machine: Pick<Machine, "dial">;
  /** What is asked for by a previewed page may be any port: only those that containers publish are dialled. */
  readonly isPublished: (port: number) => boolean;
  readonly turns: Turns;
  readonly signal: AbortSignal;
  readonly maxBytes?: number;
}

const headDeadlineMs = 60_000;

/** Has the machine answer one request of a previewed page, and sends the answer into `out`, piece by piece as it is asked for. Never rejects. */
export async function answerRequest(request: RequestMessage, out: MessagePort, options: AnswerOptions): Promise<void> {
  const { port, method } = request;
  const { machine, isPublished, turns, signal, maxBytes = 256 * 1_048_576 } = options;
  const tell = (message: AnswerMessage, transfer: Transferable[] = []) => out.postMessage(message, transfer);
  const cancelled = new AbortController();
  const wishes = new Wishes();
  out.onmessage = ({ data }: MessageEvent<unknown>) => {
    const wish = answerWish.safeParse(data);
    if (wish.data?.kind === "more") wishes.add();
    else cancelled.abort();
  };
  tell({ kind: "accepted" });
  if (!isPublished(port)) {
    tell({ kind: "failed", status: 403, words: words.notPublished(port) });
    return;
  }
  using turn = await turns.take();
  if (turn === undefined) {
    tell({ kind: "failed", status: 503, words: words.tooBusy });
    return;
  }
  const deadline = startDeadline(
    `${method} on port ${port}`,
    AbortSignal.any([signal, cancelled.signal]),
    headDeadlineMs,
  );
  try {
    const connection = await machine.dial(port, { signal: deadline.signal });
    const { body, headers, reason, status } = await exchange(
      connection,
      {
        method,
        target: request.path,
        host: `localhost:${port}`,
        headers: Object.fromEntries(request.headers),
        body: request.body,
      },
      { signal: deadline.signal, onReleased: () => undefined },
    );
    deadline.lift();
    tell({ kind: "head", status, reason, headers: [...headers] });
    const reader = body.getReader();
    for (let sent = 0; ;) {
      await orAborted(wishes.next(), deadline.signal);
      const { done, value } = await reader.read();
      if (done) break;
      sent += value.length;
      if (sent > maxBytes) {
        await reader.cancel();
        tell({ kind: "failed", status: 502, words: words.tooLong(maxBytes / 1_048_576) });
        return;
      }
      const bytes = value.slice();
      tell({ kind: "chunk", bytes }, [bytes.buffer]);
    }
    tell({ kind: "end" });
  } catch (error) {
    const isClosed =
      error instanceof MachineError && (error.code === "port-closed" || error.code === "connection-reset");
    tell({ kind: "failed", status: 502, words: isClosed ? words.portClosed(port) : errorSentence(error) });
  } finally {
    deadline.release();
  }
}

/** How many pieces have been asked for and not been sent. */
class Wishes {
  #count = 0;
  #wake: () => void = () => undefined;

  add(): void {
    this.#count++;
    this.#wake();
  }

  async next(): Promise<void> {
    while (this.#count === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#count--;
  }
}
