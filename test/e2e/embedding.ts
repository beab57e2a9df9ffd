import { once } from "node:events";
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import sirv from "sirv";
import { hostsFile, type EmbedHosts } from "../../src/embed/hosts.ts";
import { fromEmbed, type EmbedNews, type FromEmbed } from "../../src/embed/messages.ts";
import { root, siteFolder } from "../../src/server/build-site.ts";

/** The built site as if it had been built with these hosts: links to all that is in it, but for the file that names them. */
export async function siteWithHosts(hosts: EmbedHosts): Promise<{ readonly folder: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), "drydock-embed-"));
  for (const name of await readdir(siteFolder))
    if (name !== "embed") await symlink(join(siteFolder, name), join(folder, name));
  await mkdir(join(folder, "embed"));
  for (const name of await readdir(join(siteFolder, "embed")))
    if (name !== "hosts.json") await symlink(join(siteFolder, "embed", name), join(folder, "embed", name));
  await writeFile(join(folder, hostsFile), JSON.stringify(hosts));
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

export interface OpenServer extends AsyncDisposable {
  readonly port: number;
}

/** A static host that sends no headers of ours. */
export function serveWithoutHeaders(folder: string): Promise<OpenServer> {
  const serve = sirv(folder, { dev: true });
  return listen((request, response) => serve(request, response));
}

/** Another site, whose only page shows `frame` with the script of the readme, and keeps what it hears. Its frame is far below its beginning. */
export async function serveHostPage(): Promise<OpenServer> {
  const script = await readSnippet();
  return listen((request, response) => {
    const frame = new URL(request.url ?? "/", "http://host").searchParams.get("frame") ?? "";
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(`<!doctype html><html lang="en"><head><title>A harbour’s blog</title><style>
  body { margin: 0 auto; max-width: 84rem; font: 1.1rem/1.6 Georgia, serif; color: #222; background: #eef3f5; padding: 0 1rem; }
  p { margin: 0 0 110vh; }
  iframe { display: block; width: 100%; height: 45rem; border: 0; }
</style></head><body><h1>What we learnt about containers</h1><p>Far below, you can try it yourself.</p>
<iframe id="drydock" title="A lesson of Drydock" src="${frame}" allow="clipboard-read; clipboard-write"></iframe>
<script>window.heard = [];
addEventListener("message", ({ data, origin }) => window.heard.push({ data, origin }));
${script}
window.say = say;</script></body></html>`);
  });
}

/** What the host page has heard so far, each read as a message of the interface, and all from that origin. */
export async function heardBy(page: Page, origin: string): Promise<readonly FromEmbed[]> {
  const heard = await page.evaluate(() => (window as unknown as HostWindow).heard);
  return heard.map(({ data, origin: from }) => {
    if (from !== origin) throw new Error(`Heard something from ${from}`);
    return fromEmbed.parse(data);
  });
}

/** The first message that fits, which may take `timeout` ms to come. */
export async function hear<K extends FromEmbed["kind"]>(
  page: Page,
  kind: K,
  fields: Readonly<Record<string, unknown>> = {},
  timeout = 10_000,
): Promise<Extract<EmbedNews, { kind: K }>> {
  const found = await page.waitForFunction(
    (wanted) =>
      (window as unknown as HostWindow).heard.find(({ data }) =>
        Object.entries(wanted).every(([name, value]) => data[name] === value),
      )?.data,
    { kind, ...fields },
    { timeout },
  );
  return (await found.jsonValue()) as Extract<EmbedNews, { kind: K }>;
}

/** By the script of the readme. */
export async function say(page: Page, message: object): Promise<void> {
  await page.evaluate((said) => (window as unknown as HostWindow).say(said), message);
}

interface HostWindow {
  readonly heard: { readonly data: Record<string, unknown>; readonly origin: string }[];
  readonly say: (message: object) => void;
}

async function readSnippet(): Promise<string> {
  const readme = await readFile(join(root, "README.md"), "utf8");
  const script = /```js\n(const frame = [\s\S]*?)```/.exec(readme)?.[1];
  if (script === undefined) throw new Error("The readme has no script for pages that embed a lesson");
  return script;
}

async function listen(handler: RequestListener): Promise<OpenServer> {
  const server = createServer(handler).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server listens on no TCP port");
  return {
    port: address.port,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
