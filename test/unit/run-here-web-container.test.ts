import type { WebContainer } from "@webcontainer/api";
import { expect, it, vi } from "vitest";
import type { RunHereError } from "../../src/sandbox/run-here/run-here-error.ts";
import {
  createWebContainerBoot,
  type BootedContainer,
  type WebContainerApi,
} from "../../src/sandbox/run-here/web-container.ts";

// What fits the real class fits the seam, or this does not compile.
const fits = (container: WebContainer): BootedContainer => container;

function fakeContainer() {
  return {
    mount: vi.fn<BootedContainer["mount"]>(() => Promise.resolve()),
    spawn: vi.fn<BootedContainer["spawn"]>(),
    on: vi.fn(() => unsubscribe),
    teardown: vi.fn(),
  };
}
const unsubscribe = vi.fn();

function fakeApi(boot: WebContainerApi["WebContainer"]["boot"]) {
  const calls: string[] = [];
  const api: WebContainerApi = {
    WebContainer: {
      boot: (options) => {
        calls.push(`boot ${options.coep}`);
        return boot(options);
      },
    },
    configureAPIKey: (key) => calls.push(`key ${key}`),
  };
  return { api, calls };
}

const { signal } = new AbortController();
const codeOf = (error: unknown) => (error as RunHereError).code;

it("loads nothing before it is called, sets the key first, and boots for a page that is isolated by require-corp", async () => {
  const { api, calls } = fakeApi(() => Promise.resolve(fakeContainer()));
  const load = vi.fn(() => Promise.resolve(api));
  const boot = createWebContainerBoot({ load, key: "wc_api_1" });
  expect(load).not.toHaveBeenCalled();
  await boot({ signal });
  expect(calls).toEqual(["key wc_api_1", "boot require-corp"]);
  expect(fits).toBeTypeOf("function");
});

it("mounts files in their folders, as bytes where they are no text", async () => {
  const container = fakeContainer();
  const { api } = fakeApi(() => Promise.resolve(container));
  const runtime = await createWebContainerBoot({ load: () => Promise.resolve(api), key: undefined })({ signal });
  const file = { executable: false, encoding: "utf8" as const };
  await runtime.mount([
    { ...file, path: "server.mjs", content: "1" },
    { ...file, path: "lib/a/b.mjs", content: "2" },
    { ...file, path: "lib/dot.png", content: "AAH/", encoding: "base64" },
  ]);
  expect(container.mount).toHaveBeenCalledWith({
    "server.mjs": { file: { contents: "1" } },
    lib: {
      directory: {
        a: { directory: { "b.mjs": { file: { contents: "2" } } } },
        "dot.png": { file: { contents: new Uint8Array([0, 1, 255]) } },
      },
    },
  });
});

it("stops listening when it is told to, and lets another boot follow once it is torn down", async () => {
  const container = fakeContainer();
  const { api, calls } = fakeApi(() => Promise.resolve(container));
  const boot = createWebContainerBoot({ load: () => Promise.resolve(api), key: undefined });
  const runtime = await boot({ signal });
  runtime.onServer(() => undefined)[Symbol.dispose]();
  expect(unsubscribe).toHaveBeenCalledOnce();
  await runtime[Symbol.asyncDispose]();
  expect(container.teardown).toHaveBeenCalledOnce();
  await boot({ signal });
  expect(calls).toEqual(["boot require-corp", "boot require-corp"]);
});

it.each([
  ["refused", "Invalid API key for this origin"],
  ["refused", "This site has no licence"],
  ["broken", "RuntimeError: unreachable"],
])("calls it %s when the boot fails with “%s”, and keeps the words", async (code, words) => {
  const { api } = fakeApi(() => Promise.reject(new Error(words)));
  const boot = createWebContainerBoot({ load: () => Promise.resolve(api), key: undefined });
  const error: unknown = await boot({ signal }).catch((failure: unknown) => failure);
  expect([codeOf(error), (error as Error).message]).toEqual([code, words]);
});

it("says that a part of the page is missing when the module does not load, and loads it again the next time", async () => {
  const { api } = fakeApi(() => Promise.resolve(fakeContainer()));
  const load = vi.fn(() => Promise.resolve(api)).mockRejectedValueOnce(new TypeError("Failed to fetch"));
  const boot = createWebContainerBoot({ load, key: undefined });
  expect(codeOf(await boot({ signal }).catch((error: unknown) => error))).toBe("not-loaded");
  await expect(boot({ signal })).resolves.toBeDefined();
});

it("gives up after its deadline, and waits for the same boot when it is asked again", async () => {
  const { promise, resolve } = Promise.withResolvers<BootedContainer>();
  const { api, calls } = fakeApi(() => promise);
  const boot = createWebContainerBoot({ load: () => Promise.resolve(api), key: undefined, bootMs: 5 });
  expect(codeOf(await boot({ signal }).catch((error: unknown) => error))).toBe("timeout");
  resolve(fakeContainer());
  await expect(boot({ signal })).resolves.toBeDefined();
  expect(calls).toEqual(["boot require-corp"]);
});

it("stops waiting when it is cancelled", async () => {
  const { api } = fakeApi(() => new Promise(() => undefined));
  const stop = new AbortController();
  const booting = createWebContainerBoot({ load: () => Promise.resolve(api), key: undefined })({ signal: stop.signal });
  stop.abort(new DOMException("Stopped.", "AbortError"));
  await expect(booting).rejects.toThrow("Stopped.");
});
