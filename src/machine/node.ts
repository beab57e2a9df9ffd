import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { Machine } from "./contract.ts";
import type { MachineOptions } from "./index.ts";
import { createImageStore } from "./v86/image-store.ts";
import { startV86Machine } from "./v86/machine.ts";
import type { OpenWorker } from "./v86/worker-handle.ts";

/** `startMachine` under Node: the image is read from `imageFolder`, the machine runs in a worker thread. */
export function startMachineInNode({
  imageFolder,
  savedState,
  onStatus,
  signal,
}: Omit<MachineOptions, "manifestUrl"> & { imageFolder: string }): Promise<Machine> {
  return startV86Machine({
    store: createImageStore({
      manifestUrl: pathToFileURL(resolve(imageFolder, "manifest.json")),
      fetch: fetchFromDisk,
    }),
    openWorker: openNodeWorker,
    savedState,
    onStatus,
    ...(signal && { signal }),
  });
}

const openNodeWorker: OpenWorker = () => {
  const worker = new Worker(new URL("./v86/node-worker.ts", import.meta.url));
  return Promise.resolve({
    connect: (port) => {
      worker.postMessage(port, [port as never]);
    },
    onError: (listener) => {
      worker.on("error", listener);
    },
    terminate: () => {
      void worker.terminate();
    },
  });
};

const fetchFromDisk: typeof fetch = async (input, init) => {
  const path = fileURLToPath(input instanceof Request ? input.url : input);
  try {
    return new Response(new Uint8Array(await readFile(path, { signal: init?.signal ?? undefined })));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      return new Response(null, { status: 404, statusText: "Not Found" });
    throw error;
  }
};
