import { previewHostWords } from "../words/preview-host.ts";
import { askSite } from "./ask-site.ts";
import { answerHeaders, requestHeaders } from "./exchange-headers.ts";
import { failurePage } from "./failure-page.ts";
import { injectAtStart } from "./inject-script.ts";
import { maxSentBytes, requestMessage } from "./messages.ts";
import { consoleScript, isBridge, type Place } from "./preview-path.ts";
import { machinePort, placeOf, routeRequest } from "./route-request.ts";
import type { FetchEvent, WorkerScope } from "./worker-scope.ts";

/**
 * The service worker of the preview host: what a previewed page asks for goes through the bridge to the site's page, which has the machine. It keeps
 * nothing, since browsers stop and start service workers as they like.
 */
const scope = self as unknown as WorkerScope;

scope.addEventListener("install", (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));
scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const isOfSite = request.mode === "navigate" && (request.destination === "document" || isBridge(url.pathname));
  const { origin } = scope.location;
  const isForMachine = url.origin === origin || machinePort(url, origin) !== undefined;
  if (isForMachine && !isOfSite) event.respondWith(answer(event, url));
});

async function answer(event: FetchEvent, url: URL): Promise<Response> {
  const { request, clientId } = event;
  const { mode, destination, referrer } = request;
  const host = scope.location.origin;
  const [client, windows] = await Promise.all([
    clientId === "" ? undefined : scope.clients.get(clientId),
    scope.clients.matchAll({ type: "window", includeUncontrolled: true }),
  ]);
  const shown = windows.flatMap((each) => placeOf(each.url, host) ?? []);
  const route = routeRequest({ host, url, mode, destination, referrer, client }, shown);
  switch (route.kind) {
    case "pass":
      return fetch(request);
    case "redirect":
      return Response.redirect(new URL(route.to, url), 307);
    case "forward": {
      const bridges = windows.filter((each) => isBridge(new URL(each.url).pathname));
      try {
        return await forward(event, route.place, bridges);
      } catch (error) {
        if (request.signal.aborted) throw error;
        return fail(request, 502, error instanceof Error ? error.message : previewHostWords.brokenOff);
      }
    }
  }
}

async function forward(event: FetchEvent, place: Place, bridges: Parameters<typeof askSite>[0]): Promise<Response> {
  const { request } = event;
  const { method, referrer } = request;
  const body = new Uint8Array(await request.arrayBuffer());
  if (body.length > maxSentBytes) return fail(request, 413, previewHostWords.tooMuchSent(maxSentBytes >> 20));
  const headers = requestHeaders([...request.headers], { method, referrer, port: place.port });
  const message = requestMessage.safeParse({
    kind: "request",
    method,
    ...place,
    headers,
    ...(body.length > 0 && { body }),
  });
  if (!message.success) return fail(request, 400, previewHostWords.cannotSend);
  const answered = await askSite(bridges, message.data, { signal: request.signal });
  if (answered === undefined) return fail(request, 503, previewHostWords.noSite);
  if (answered.kind === "failed") return fail(request, answered.status, answered.words);
  // Without this the browser may stop the worker while the body still comes.
  event.waitUntil(answered.ended);
  const { status, reason: statusText } = answered;
  const coding = answered.headers
    .find(([name]) => name.toLowerCase() === "content-encoding")?.[1]
    .trim()
    .toLowerCase();
  const type = answered.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  const init = { status, statusText, headers: answerHeaders(answered.headers, place.port).map(([...pair]) => pair) };
  const isEmpty = method === "HEAD" || [204, 205, 304].includes(status);
  if (isEmpty) {
    await answered.body.cancel();
    return new Response(null, init);
  }
  const unpacked = unpack(answered.body, coding);
  if (unpacked === undefined) {
    await answered.body.cancel();
    return fail(request, 502, previewHostWords.packed(coding ?? ""));
  }
  const isPage = request.mode === "navigate" && /^text\/html\b/i.test(type.trim());
  const markup = `<script src="${consoleScript}"></script>`;
  return new Response(isPage ? unpacked.pipeThrough(injectAtStart(markup)) : unpacked, init);
}

function unpack(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  coding = "identity",
): ReadableStream<Uint8Array<ArrayBuffer>> | undefined {
  if (coding === "identity" || coding === "") return body;
  const format = formats.get(coding);
  return format === undefined ? undefined : body.pipeThrough(new DecompressionStream(format));
}

const formats = new Map<string, CompressionFormat>([
  ["gzip", "gzip"],
  ["x-gzip", "gzip"],
  ["deflate", "deflate"],
]);

function fail(request: Request, status: number, words: string): Response {
  return failurePage(status, words, { isPage: request.mode === "navigate" });
}
