import type { ChildProcess } from "node:child_process";

/** A program that ends with what holds it. */
export interface HeldChild extends AsyncDisposable {
  /** Answers as `work` does. Rejects when the program cannot be started, has ended or `signal` is aborted before that. */
  during<T>(work: Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** `describeEnd` says what a program's end means to who waits for it. */
export function holdChild(child: ChildProcess, describeEnd: () => string): HeldChild {
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const { promise: failed, reject } = Promise.withResolvers<never>();
  child.once("error", reject);
  void closed.then(() => reject(new Error(describeEnd())));
  // Nobody need be waiting.
  failed.catch(() => undefined);
  return {
    during: (work, signal) => Promise.race([work, failed, ...(signal ? [aborted(signal)] : [])]),
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await closed;
    },
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
