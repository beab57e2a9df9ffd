import { fork } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { root } from "../../src/server/build-site.ts";
import { holdChild } from "./held-child.ts";

/** Astro's language server as an editor runs it that has the folder `site` open. Lines and columns count from 1. */
export interface LanguageServer extends AsyncDisposable {
  /** What is wrong with `text`, typed into `file`, in the order of the lines. */
  diagnose(file: string, text: string): Promise<readonly { readonly line: number; readonly message: string }[]>;
  hover(file: string, place: { readonly line: number; readonly column: number }): Promise<string>;
}

/** `signal` is for its start. */
export async function openLanguageServer(site: string, { signal }: { signal: AbortSignal }): Promise<LanguageServer> {
  // It comes with what `npm run typecheck` runs.
  const check = createRequire(createRequire(import.meta.url).resolve("@astrojs/check"));
  const script = join(dirname(check.resolve("@astrojs/language-server/package.json")), "bin/nodeServer.js");
  const child = fork(script, ["--node-ipc"], { silent: true });
  await using held = new AsyncDisposableStack();
  const running = held.use(holdChild(child, () => "The language server ended."));
  const waiting = new Map<number, (result: unknown) => void>();
  let count = 0;
  const send = (message: object): void => void child.send({ jsonrpc: "2.0", ...message });
  const ask = (method: string, params: object, stop?: AbortSignal): Promise<unknown> => {
    const id = ++count;
    send({ id, method, params });
    return running.during(new Promise((resolve) => waiting.set(id, resolve)), stop);
  };
  child.on("message", (message) => {
    const { id, method, result } = messageSchema.parse(message);
    if (id === undefined) return;
    // What the server asks the editor for, such as its settings, it can do without.
    if (method !== undefined) send({ id, result: null });
    else waiting.get(id)?.(result);
  });

  const params = {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: [{ uri: pathToFileURL(site).href, name: "site" }],
    capabilities: { textDocument: { diagnostic: {} } },
    initializationOptions: {
      typescript: { tsdk: join(root, "node_modules/typescript/lib") },
      contentIntellisense: true,
    },
  };
  await ask("initialize", params, signal);
  send({ method: "initialized", params: {} });

  let version = 0;
  const all = held.move();
  return {
    async diagnose(file, text) {
      const uri = pathToFileURL(file).href;
      const isOpen = version++ > 0;
      if (isOpen) {
        const params = { textDocument: { uri, version }, contentChanges: [{ text }] };
        send({ method: "textDocument/didChange", params });
      } else {
        send({ method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "mdx", version, text } } });
      }
      const { items } = diagnosticsSchema.parse(await ask("textDocument/diagnostic", { textDocument: { uri } }));
      return items
        .map(({ message, range }) => ({ line: range.start.line + 1, message }))
        .sort((a, b) => a.line - b.line);
    },
    async hover(file, { line, column }) {
      const textDocument = { uri: pathToFileURL(file).href };
      const position = { line: line - 1, character: column - 1 };
      return hoverSchema.parse(await ask("textDocument/hover", { textDocument, position })).contents.value;
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

const messageSchema = z.object({
  id: z.number().optional(),
  method: z.string().optional(),
  result: z.unknown().optional(),
});
const diagnosticsSchema = z.object({
  items: z.array(z.object({ message: z.string(), range: z.object({ start: z.object({ line: z.int() }) }) })),
});
const hoverSchema = z.object({ contents: z.object({ value: z.string() }) });
