import { answerMessage, type AnswerMessage, type AnswerWish, type RequestMessage } from "./messages.ts";

/** A page that passes requests on to the site; a `Client` of the service worker. */
export interface Bridge {
  postMessage(message: RequestMessage, transfer: Transferable[]): void;
}

export type SiteAnswer =
  | { readonly kind: "failed"; readonly status: number; readonly words: string }
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly reason: string;
      readonly headers: readonly (readonly [string, string])[];
      /** One piece is asked for at a time. Cancelling it drops the request. */
      readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
      /** Settles when the body has ended in any way. */
      readonly ended: Promise<void>;
    };

/**
 * Has the first of the bridges that answers ask the machine. Undefined when none does: then the page with the machine is gone. Rejects when `signal`
 * aborts.
 */
export async function askSite(
  bridges: readonly Bridge[],
  request: RequestMessage,
  { signal, acceptMs = 5000 }: { signal?: AbortSignal; acceptMs?: number } = {},
): Promise<SiteAnswer | undefined> {
  for (const bridge of bridges) {
    signal?.throwIfAborted();
    const { port1, port2 } = new MessageChannel();
    const answers = new Answers(port1, signal);
    bridge.postMessage(request, [port2]);
    if (!(await answers.isAccepted(acceptMs))) {
      answers.close();
      continue;
    }
    const head = await answers.next();
    if (head.kind === "failed") {
      answers.close();
      return head;
    }
    if (head.kind !== "head") throw answers.refuse();
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    return { ...head, kind: "answer", body: bodyOf(answers, resolve), ended };
  }
  return undefined;
}

function bodyOf(answers: Answers, onEnd: () => void): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        answers.wish({ kind: "more" });
        try {
          const message = await answers.next();
          if (message.kind === "chunk") {
            controller.enqueue(message.bytes);
            return;
          }
          if (message.kind !== "end") throw message.kind === "failed" ? new Error(message.words) : answers.refuse();
          controller.close();
        } catch (error) {
          controller.error(error);
        }
        answers.close();
        onEnd();
      },
      cancel() {
        answers.wish({ kind: "cancel" });
        answers.close();
        onEnd();
      },
    },
    { highWaterMark: 0 },
  );
}

/** What comes over the port of one request, one message after the other. */
class Answers {
  readonly #port: MessagePort;
  readonly #come: AnswerMessage[] = [];
  #failure: unknown;
  #wake: () => void = () => undefined;

  constructor(port: MessagePort, signal: AbortSignal | undefined) {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      const message = answerMessage.safeParse(data);
      if (message.success) this.#come.push(message.data);
      else this.#failure = this.refuse();
      this.#wake();
    };
    signal?.addEventListener("abort", () => {
      this.wish({ kind: "cancel" });
      this.#failure = signal.reason;
      this.#wake();
    });
  }

  /** Whether somebody has taken the request within that time. */
  async isAccepted(withinMs: number): Promise<boolean> {
    const timer = setTimeout(() => {
      this.#failure = new Error("Nobody has taken the request.");
      this.#wake();
    }, withinMs);
    try {
      return (await this.next()).kind === "accepted";
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
  }

  async next(): Promise<AnswerMessage> {
    for (;;) {
      const message = this.#come.shift();
      if (message !== undefined) return message;
      if (this.#failure !== undefined) throw this.#failure as Error;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  wish(wish: AnswerWish): void {
    this.#port.postMessage(wish);
  }

  refuse(): Error {
    return new TypeError("The site's page has sent something that is no part of an answer.");
  }

  close(): void {
    this.#port.close();
  }
}
