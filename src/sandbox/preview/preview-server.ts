import type { Machine } from "../../machine/contract.ts";
import { fromBridge, type ConsoleMessage, type FromBridge, type ToBridge } from "../../preview/messages.ts";
import { answerRequest } from "./answer-request.ts";
import { Turns } from "./turns.ts";

/** What a bridge tells beside its requests. */
export type BridgeNotice = Exclude<FromBridge, { kind: "request" }>;
export type { ConsoleMessage };

export interface ServedBridge extends Disposable {
  /** The end that goes to the bridge. */
  readonly remote: MessagePort;
  tell(message: ToBridge): void;
}

export interface PreviewServerOptions {
  readonly machine: Pick<Machine, "dial">;
  readonly isPublished: (port: number) => boolean;
}

/** Answers the bridges of previews, which are taken to be hostile: no port but published ones, so much at a time, nothing that is not as it should be. */
export class PreviewServer implements Disposable {
  readonly #options: PreviewServerOptions;
  // A browser has six connections to one host; the machine has one slow processor.
  readonly #turns = new Turns({ atOnce: 6, waiting: 100 });
  readonly #open = new Set<ServedBridge>();

  constructor(options: PreviewServerOptions) {
    this.#options = options;
  }

  /** Serves one bridge until it is disposed. */
  serve(onNotice: (notice: BridgeNotice) => void = () => undefined): ServedBridge {
    const { port1: local, port2: remote } = new MessageChannel();
    const gone = new AbortController();
    local.onmessage = ({ data, ports }: MessageEvent<unknown>) => {
      const { data: message } = fromBridge.safeParse(data);
      if (message === undefined) return;
      if (message.kind !== "request") {
        onNotice(message);
        return;
      }
      const [out] = ports;
      if (out === undefined) return;
      void answerRequest(message, out, { ...this.#options, turns: this.#turns, signal: gone.signal });
    };
    const bridge: ServedBridge = {
      remote,
      tell: (message) => local.postMessage(message),
      [Symbol.dispose]: () => {
        gone.abort();
        local.close();
        this.#open.delete(bridge);
      },
    };
    this.#open.add(bridge);
    return bridge;
  }

  [Symbol.dispose](): void {
    for (const bridge of this.#open) bridge[Symbol.dispose]();
  }
}
