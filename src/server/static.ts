import { createServer, type IncomingMessage, type Server } from "node:http";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { once } from "node:events";
import { join } from "node:path";
import compression from "compression";
import sirv from "sirv";
import { frameSources, hostsFile, nobody, parseEmbedHosts, type EmbedHosts } from "../embed/hosts.ts";
import { loopbackCounterpart } from "../preview/origins.ts";
import { isBridge } from "../preview/preview-path.ts";
import { isPackedFile } from "./packed-files.ts";
import { headersOf } from "./security-headers.ts";

export interface StaticServer extends AsyncDisposable {
  /** Without a trailing slash, such as `http://127.0.0.1:4321`. */
  readonly url: string;
  readonly port: number;
}

/**
 * Serves a built site on the loopback interface with the headers that a real host is asked to send. Rejects with Node's
 * error (`code: "EADDRINUSE"`) when the port is taken; port 0 takes a free one. Who may show its pages in frames is as it was built.
 */
export async function serveFolder(folder: string, port: number): Promise<StaticServer> {
  const hosts = frameSources(await readEmbedHosts(folder));
  const serveFile = sirv(folder, { dev: true, etag: true, setHeaders: setContentHeaders });
  const compress = compression({
    filter: (request, response) => isCompressed(request) && compression.filter(request, response),
  });
  const server = createServer((request, response) => {
    // The other name of this server is where previews come from.
    const other = loopbackCounterpart(`http://${request.headers.host ?? ""}`);
    const embedder = isBridge((request.url ?? "").replace(/\?.*/, "")) ? other : undefined;
    const headers = headersOf(request.url ?? "/", { preview: other, embedder, hosts });
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { allow: "GET, HEAD" }).end();
      return;
    }
    compress(request as never, response as never, () => {
      serveFile(request, response, () => {
        void readFile(join(folder, "404.html")).then(
          (page) => response.writeHead(404, { "content-type": "text/html;charset=utf-8" }).end(page),
          () => response.writeHead(404, { "content-type": "text/plain" }).end("Not found\n"),
        );
      });
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The local server listens on no TCP port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    [Symbol.asyncDispose]: () => close(server),
  };
}

async function readEmbedHosts(folder: string): Promise<EmbedHosts> {
  const file = join(folder, hostsFile);
  return existsSync(file) ? parseEmbedHosts(await readFile(file, "utf8")) : nobody;
}

/** How long requests under way may still take when the server stops, in ms. */
const graceMs = 2_000;

async function close(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  const force = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(force);
}

/** As hosts do. What is packed already gains nothing, and a part of a file is asked for by its place among the bytes as they are. */
function isCompressed({ url = "", headers }: IncomingMessage): boolean {
  return headers.range === undefined && !/\.(zst|bin)$|^\/catalogue\/blobs\//.test(url.replace(/\?.*/, ""));
}

/** Names that change with their content: everything Astro hashes, the parts of the machine image, the blobs of the image catalogue. */
const hashedName = /^\/_astro\/|^\/machine\/.*[./-][0-9a-f]{8,}\b|^\/catalogue\/blobs\//;

function setContentHeaders(response: { setHeader(name: string, value: string): void }, path: string): void {
  response.setHeader("Cache-Control", hashedName.test(path) ? "public, max-age=31536000, immutable" : "no-cache");
  if (path.startsWith("/catalogue/blobs/")) response.setHeader("Content-Type", "application/octet-stream");
  if (isPackedFile(path)) response.setHeader("Content-Encoding", "identity");
  // The type list of `sirv` knows neither recordings, which are lines of JSON, nor Zstandard.
  if (path.endsWith(".cast")) response.setHeader("Content-Type", "text/plain;charset=utf-8");
  if (path.endsWith(".zst")) response.setHeader("Content-Type", "application/zstd");
}
