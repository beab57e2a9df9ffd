import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { createCatalogueStore } from "../catalogue/store.ts";
import type { Machine } from "./contract.ts";
import type { MachineOptions } from "./index.ts";
import type { SmallMachine, SmallMachineOptions } from "./small-machine.ts";
import { createImageStore } from "./v86/image-store.ts";
import { startV86Machine } from "./v86/machine.ts";
import { startV86SmallMachine } from "./v86/small-machine.ts";
import type { OpenWorker } from "./v86/worker-handle.ts";

/**
 * `startMachine` under Node: the image is read from `imageFolder`, the machine runs in a worker thread. Without `catalogueUrl` the catalogue beside
 * the image is taken, if there is one.
 */
export function startMachineInNode({
  imageFolder,
  catalogueUrl = catalogueBeside(imageFolder),
  savedState,
  onStatus,
  signal,
}: Omit<MachineOptions, "manifestUrl"> & { imageFolder: string }): Promise<Machine> {
  return startV86Machine({
    store: storeOf(imageFolder),
    ...(catalogueUrl !== undefined && {
      catalogue: createCatalogueStore({ catalogueUrl: new URL(catalogueUrl), fetch: fetchFromDisk }),
    }),
    openWorker: openNodeWorker,
    savedState,
    onStatus,
    ...(signal && { signal }),
  });
}

function catalogueBeside(imageFolder: string): URL | undefined {
  const path = resolve(imageFolder, "../catalogue/index.json");
  return existsSync(path) ? pathToFileURL(path) : undefined;
}

/** `startSmallMachine` under Node. */
export function startSmallMachineInNode({
  imageFolder,
  ...options
}: SmallMachineOptions & { imageFolder: string }): Promise<SmallMachine> {
  return startV86SmallMachine({ ...options, store: storeOf(imageFolder), openWorker: openNodeWorker });
}

function storeOf(imageFolder: string) {
  return createImageStore({ manifestUrl: pathToFileURL(resolve(imageFolder, "manifest.json")), fetch: fetchFromDisk });
}

const openNodeWorker: OpenWorker = () => {
  const worker = new Worker(new URL("./v86/node-worker.ts", import.meta.url));
  const failure = new Promise<unknown>((resolve) => worker.on("error", resolve));
  return Promise.resolve({
    connect: (port) => {
      worker.postMessage(port, [port as never]);
    },
    onError: (listener) => {
      void failure.then(listener);
    },
    terminate: () => {
      void worker.terminate();
    },
  });
};

const fetchFromDisk: typeof fetch = async (input, init) => {
  const address = new URL(input instanceof Request ? input.url : input);
  if (address.protocol !== "file:") return fetch(input, init);
  const path = fileURLToPath(address);
  try {
    return new Response(new Uint8Array(await readFile(path, { signal: init?.signal ?? undefined })));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      return new Response(null, { status: 404, statusText: "Not Found" });
    throw error;
  }
};
