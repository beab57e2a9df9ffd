import type { FileSystemTree } from "@webcontainer/api";
import type { LessonFile } from "../../lessons/model.ts";
import { fileTree } from "./file-tree.ts";
import { RunHereError } from "./run-here-error.ts";
import type { BootRuntime, Runtime, RuntimeProcess } from "./runtime.ts";

/** The part of `@webcontainer/api` that is used; its own classes fit. */
export interface WebContainerApi {
  readonly WebContainer: { boot(options: { coep: "require-corp" }): Promise<BootedContainer> };
  configureAPIKey(key: string): void;
}

export interface BootedContainer {
  mount(tree: FileSystemTree): Promise<void>;
  spawn(command: string, args: string[]): Promise<RuntimeProcess>;
  on(event: "server-ready", listener: (port: number, url: string) => void): () => void;
  on(event: "error", listener: (error: { message: string }) => void): () => void;
  teardown(): void;
}

export interface WebContainerOptions {
  readonly load: () => Promise<WebContainerApi>;
  readonly key: string | undefined;
  readonly bootMs?: number;
}

/** Boots WebContainers of StackBlitz. Nothing of them is loaded before it is called. */
export function createWebContainerBoot({ load, key, bootMs = 60_000 }: WebContainerOptions): BootRuntime {
  // A page can have one, and a boot cannot be stopped: what is still on its way is waited for again.
  let booting: Promise<BootedContainer> | undefined;
  let isKeySet = false;
  return async ({ signal }) => {
    signal.throwIfAborted();
    if (booting === undefined) {
      const api = await load().catch((cause: unknown) => {
        throw new RunHereError("not-loaded", "A part of this page could not be loaded.", { cause });
      });
      signal.throwIfAborted();
      if (key !== undefined && !isKeySet) {
        api.configureAPIKey(key);
        isKeySet = true;
      }
      booting = api.WebContainer.boot({ coep: "require-corp" });
    }
    const own = booting;
    own.catch(() => {
      if (booting === own) booting = undefined;
    });
    const container = await inTime(own, bootMs, signal);
    return runtimeOf(container, () => (booting = undefined));
  };
}

function runtimeOf(container: BootedContainer, onGone: () => void): Runtime {
  const listen = (unsubscribe: () => void): Disposable => ({ [Symbol.dispose]: unsubscribe });
  return {
    mount: (files: readonly LessonFile[]) => container.mount(fileTree(files)),
    spawn: (command, args) => container.spawn(command, [...args]),
    onServer: (listener) => listen(container.on("server-ready", listener)),
    onError: (listener) => listen(container.on("error", ({ message }) => listener(message))),
    [Symbol.asyncDispose]() {
      container.teardown();
      onGone();
      return Promise.resolve();
    },
  };
}

async function inTime(boot: Promise<BootedContainer>, ms: number, signal: AbortSignal): Promise<BootedContainer> {
  const { promise: never, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new RunHereError("timeout", `Nothing came in ${ms / 1000} seconds.`)), ms);
  const abort = () => reject(signal.reason as Error);
  signal.addEventListener("abort", abort, { once: true });
  const told = boot.catch((cause: unknown) => {
    throw explain(cause);
  });
  // Whichever loses is nobody's failure any more.
  told.catch(() => undefined);
  try {
    return await Promise.race([told, never]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  }
}

function explain(cause: unknown): RunHereError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new RunHereError(refusal.test(message) ? "refused" : "broken", message, { cause });
}

/** StackBlitz documents no codes for a key that it does not take, so its words have to do. */
const refusal = /license|licence|api.?key|client.?id|forbidden|not allowed|not authorized|denied|quota/i;
