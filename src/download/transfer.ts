export type Fetch = typeof globalThis.fetch;

/** One transfer that failed. `mayRecover` says whether another try is worth it. */
export class TransferError extends Error {
  readonly mayRecover: boolean;

  constructor(message: string, mayRecover: boolean) {
    super(message);
    this.mayRecover = mayRecover;
  }
}

/**
 * The body of one GET as it arrives, from byte `from` on. Throws a `TransferError`, or what `fetch` throws; whoever stops reading ends the
 * transfer.
 */
export async function* transfer(
  fetch: Fetch,
  url: URL,
  { init, signal, from = 0 }: { init: RequestInit; signal: AbortSignal; from?: number },
): AsyncGenerator<Uint8Array> {
  const ended = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const unlessStalled = async <T>(awaited: Promise<T>): Promise<T> => {
    timer = setTimeout(() => {
      ended.abort(new TransferError("the transfer stalled", true));
    }, STALL_MS);
    try {
      return await awaited;
    } finally {
      clearTimeout(timer);
    }
  };
  try {
    const headers = from > 0 ? { headers: { Range: `bytes=${String(from)}-` } } : {};
    const response = await unlessStalled(
      fetch(url, { ...init, ...headers, signal: AbortSignal.any([signal, ended.signal]) }),
    );
    if (!response.ok) {
      throw new TransferError(
        `the server answered ${String(response.status)} ${response.statusText}`.trim(),
        response.status >= 500 || response.status === 408 || response.status === 429,
      );
    }
    if (!response.body) return;
    // A server that knows no ranges begins again.
    let toSkip = response.status === 206 ? 0 : from;
    // Safari's streams cannot be iterated.
    const body: ReadableStream<Uint8Array> = response.body;
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await unlessStalled(reader.read());
      if (done) return;
      if (value.length > toSkip) yield value.subarray(toSkip);
      toSkip = Math.max(0, toSkip - value.length);
    }
  } finally {
    ended.abort();
  }
}

/** A transfer that brings nothing for this long is given up and tried again. */
const STALL_MS = 20_000;
