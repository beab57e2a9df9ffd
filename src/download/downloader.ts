import { MachineError } from "../machine/error.ts";
import { cancelledError, pauseFor } from "../machine/signal.ts";
import { sha256Of } from "./sha256.ts";
import { transfer, TransferError, type Fetch } from "./transfer.ts";

/**
 * Gets files, each tried again when its transfer fails, and verified. What fails for good is a `MachineError` with code `download-failed`,
 * or `cancelled`.
 */
export interface Downloader {
  /** A whole file. `onBytes` is told what arrived since it was last called; less than nothing when a try starts over. */
  bytes(
    url: URL,
    options: { signal: AbortSignal; sha256?: string; init?: RequestInit; onBytes?: (count: number) => void },
  ): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * A file as it arrives. A transfer that breaks is taken up where it broke. The last piece comes only when the whole has the right size and
   * hash, so a reader that has got as many bytes as there are has got the right ones. `onWhole` gets the whole before that.
   */
  pieces(
    url: URL,
    options: {
      signal: AbortSignal;
      sha256: string;
      byteLength: number;
      onWhole?: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
    },
  ): AsyncGenerator<Uint8Array>;
}

export interface DownloaderOptions {
  fetch?: Fetch;
  /** Pauses before the second and later tries of one file. */
  retryPausesMs?: readonly number[];
}

export function createDownloader({
  fetch = globalThis.fetch.bind(globalThis),
  retryPausesMs = RETRY_PAUSES_MS,
}: DownloaderOptions = {}): Downloader {
  /** What last came with a wrong hash: some cache on the way may hold it. */
  const distrusted = new Set<string>();

  /** Returns when another try is due. */
  const pauseBefore = async (attempt: number, url: URL, cause: unknown, signal: AbortSignal) => {
    if (signal.aborted) throw cancelledError(signal);
    if (cause instanceof MachineError) throw cause;
    const pause = retryPausesMs[attempt];
    if (pause === undefined || (cause instanceof TransferError && !cause.mayRecover)) throw downloadFailed(url, cause);
    await pauseFor(pause, signal);
  };

  return {
    async bytes(url, { signal, sha256, init = {}, onBytes }) {
      for (let attempt = 0; ; attempt++) {
        let counted = 0;
        try {
          const chunks: Uint8Array[] = [];
          for await (const chunk of transfer(fetch, url, {
            init: attempt === 0 ? init : { ...init, cache: "reload" },
            signal,
          })) {
            chunks.push(chunk);
            counted += chunk.length;
            onBytes?.(chunk.length);
          }
          const bytes = joined(chunks, counted);
          if (sha256 !== undefined && (await sha256Of(bytes)) !== sha256) throw wrongContent();
          return bytes;
        } catch (cause) {
          onBytes?.(-counted);
          await pauseBefore(attempt, url, cause, signal);
        }
      }
    },

    async *pieces(url, { signal, sha256, byteLength, onWhole }) {
      const whole = new Uint8Array(byteLength);
      let filled = 0;
      let given = 0;
      for (let attempt = 0; ; attempt++) {
        const init: RequestInit = attempt > 0 || distrusted.has(url.href) ? { cache: "reload" } : {};
        try {
          for await (const chunk of transfer(fetch, url, { init, signal, from: filled })) {
            if (filled + chunk.length > byteLength)
              throw new TransferError(`it is longer than the ${String(byteLength)} bytes it should have`, false);
            whole.set(chunk, filled);
            filled += chunk.length;
            if (filled === byteLength) break;
            yield chunk;
            given = filled;
          }
          if (filled < byteLength) throw new TransferError("it ended too early", true);
          if ((await sha256Of(whole)) !== sha256) {
            distrusted.add(url.href);
            // What was given away cannot be taken back.
            if (given > 0) throw downloadFailed(url, wrongContent());
            filled = 0;
            throw wrongContent();
          }
          distrusted.delete(url.href);
          await onWhole?.(whole);
          yield whole.subarray(given);
          return;
        } catch (cause) {
          await pauseBefore(attempt, url, cause, signal);
        }
      }
    },
  };
}

const RETRY_PAUSES_MS = [400, 1_200, 3_600, 8_000];

function wrongContent(): TransferError {
  return new TransferError("its content does not have the expected SHA-256", true);
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function downloadFailed(url: URL, cause: unknown): MachineError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new MachineError(
    "download-failed",
    `${url.pathname.split("/").slice(-2).join("/")} could not be downloaded: ${reason}.`,
    {
      hint: "Check the network connection, then try again. What was already loaded is kept.",
      cause,
    },
  );
}
