import { readFileSync } from "node:fs";
import type { BrowserContext } from "playwright-core";

/** What the module talks through, from its own package. */
const comlink = readFileSync(new URL("vendor/index.js", import.meta.resolve("@webcontainer/api")), "utf8");

const isolated = {
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "cross-origin",
};

/**
 * Stands in for StackBlitz's host, which no test asks: speaks as much of the protocol as `@webcontainer/api` needs. The program that it
 * runs prints with what and on which files it was started, and is answered by a page that says whether it is isolated.
 */
export async function standInForVendor(context: BrowserContext): Promise<void> {
  const html = { contentType: "text/html", headers: isolated };
  await context.route("https://stackblitz.com/headless?*", (route) => route.fulfill({ ...html, body: headless }));
  await context.route("https://stackblitz.com/headless", (route) => route.fulfill({ ...html, body: "" }));
  await context.route("https://stackblitz.com/comlink.js", (route) =>
    route.fulfill({ contentType: "text/javascript", headers: isolated, body: comlink }),
  );
  await context.route("https://*.webcontainer-api.io/", (route) =>
    route.fulfill({ ...html, body: "<title>App</title><p>To pay: 366</p>" }),
  );
}

const headless = `<!doctype html><script type="module">
  import { Comlink } from "/comlink.js";
  const listeners = {};
  let tree = {};
  const say = (output, text) => output(new TextEncoder().encode(text));
  const instance = {
    fs: () => Comlink.proxy({}),
    previewScript: () => Comlink.proxy({}),
    runtimeInfo: () => ({ path: "/bin", cwd: "/home" }),
    loadFiles: (bytes) => void (tree = JSON.parse(new TextDecoder().decode(bytes)).d),
    on(event, listener) {
      listeners[event] = listener;
      return Comlink.proxy(() => undefined);
    },
    run({ command, args }, stdout, stderr, output) {
      const exit = Promise.withResolvers();
      say(output, "\\x1b[32m" + [command, ...args].join(" ") + "\\x1b[0m on " + Object.keys(tree).sort().join(" ") + "\\r\\n");
      say(output, "isolated: " + crossOriginIsolated + ", " + location.search + "\\r\\n");
      listeners["server-ready"](3000, "https://app.local-corp.webcontainer-api.io/");
      return Comlink.proxy({ onExit: exit.promise, kill: () => exit.resolve(143), write: async () => undefined });
    },
    teardown: () => undefined,
  };
  const { port1, port2 } = new MessageChannel();
  Comlink.expose({ build: () => Comlink.proxy(instance) }, port1);
  parent.postMessage({ type: "init" }, "*", [port2]);
</script>`;
