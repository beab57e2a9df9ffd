/** A thread that runs worker.ts (or its twin for Node) and can be ended at any moment. */
export interface WorkerHandle {
  /** Hands over the port of wire.ts. */
  connect(port: MessagePort): void;
  /** Called once, when the thread could not be started or crashed, also if that was before. */
  onError(listener: (error: unknown) => void): void;
  terminate(): void;
}

export type OpenWorker = () => Promise<WorkerHandle>;

export const openBrowserWorker: OpenWorker = async () => {
  const { default: url } = await import("./worker.ts?worker&url");
  // v86 looks for this word in the worker's address and then yields by scheduler.postTask, which is faster than its timers.
  const worker = new Worker(`${url}${url.includes("?") ? "&" : "?"}use-scheduling-api`, {
    type: "module",
    name: "drydock-machine",
  });
  const failure = new Promise<unknown>((resolve) => {
    worker.addEventListener("error", (event) => {
      resolve(event.error ?? new Error(event.message || "the machine's worker could not be loaded"));
    });
  });
  return {
    connect: (port) => {
      worker.postMessage(port, [port]);
    },
    onError: (listener) => {
      void failure.then(listener);
    },
    terminate: () => {
      worker.terminate();
    },
  };
};
