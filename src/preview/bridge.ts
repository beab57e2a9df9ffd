import { previewHostWords } from "../words/preview-host.ts";
import {
  fromConsoleScript,
  requestMessage,
  toBridge,
  welcomeMessage,
  type AnswerMessage,
  type FromBridge,
} from "./messages.ts";
import { embedderOf } from "./origins.ts";
import { formatPlace, readPlace, type Place } from "./preview-path.ts";

/**
 * The page of the preview host that the site frames, and in which the previewed page is framed: it has the service worker, and passes requests and what is
 * said between the two. It holds nothing that a previewed page, which is of its origin, must not have.
 */
const nonce = new URLSearchParams(location.hash.slice(1)).get("v") ?? "";
const embedder = embedderOf(location.origin, import.meta.env.SITE);
/** To the site's page; a new one takes the place of the old. */
let site: MessagePort | undefined;
let frame: HTMLIFrameElement | undefined;
let isHeard = false;

if (parent !== window && embedder !== undefined) {
  addEventListener("message", onMessage);
  parent.postMessage({ drydock: "preview-hello", nonce }, embedder);
}

function onMessage({ data, origin, source, ports }: MessageEvent<unknown>): void {
  if (source === parent && origin === embedder) {
    const welcome = welcomeMessage.safeParse(data);
    const port = ports[0];
    if (welcome.success && welcome.data.nonce === nonce && port !== undefined) void begin(port, welcome.data.show);
  } else if (origin === location.origin && source !== null && source === frame?.contentWindow) {
    const { data: heard } = fromConsoleScript.safeParse(data);
    if (heard?.said.kind === "here") isHeard = true;
    else if (heard?.said.kind === "console") tell(heard.said);
  }
}

async function begin(port: MessagePort, first: Place): Promise<void> {
  site?.close();
  site = port;
  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    const message = toBridge.safeParse(data);
    if (!message.success) return;
    if (message.data.kind === "show") show(message.data.place);
    else frame?.contentWindow?.location.reload();
  };
  try {
    await haveWorker();
    show(first);
  } catch (error) {
    tell({ kind: "refused", reason: (error instanceof Error ? error.message : String(error)).slice(0, 500) });
  }
}

/** Resolves when the service worker answers for this host. */
async function haveWorker(): Promise<void> {
  // Absent outside of HTTPS and in frames of some browsers' private windows.
  const container = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker;
  if (container === undefined) throw new Error(previewHostWords.noWorkers);
  container.addEventListener("message", ({ data, ports }: MessageEvent<unknown>) => pass(data, ports[0]));
  container.startMessages();
  try {
    const address = new URL("../../preview-worker.js", location.href);
    await container.register(address, { scope: "../../", type: "module", updateViaCache: "none" });
    await container.ready;
  } catch (error) {
    throw new Error(previewHostWords.workerFailed(error instanceof Error ? error.message : String(error)), {
      cause: error,
    });
  }
}

/** A request of the service worker goes on to the site; who has no site says so, and another bridge is asked. */
function pass(data: unknown, answer: MessagePort | undefined): void {
  const request = requestMessage.safeParse(data);
  if (!request.success || answer === undefined) return;
  if (site !== undefined) site.postMessage(request.data satisfies FromBridge, [answer]);
  else answer.postMessage({ kind: "failed", status: 503, words: previewHostWords.noSite } satisfies AnswerMessage);
}

function show(place: Place): void {
  const address = formatPlace(place);
  if (frame !== undefined) {
    // Without a new entry in the history of the whole tab.
    frame.contentWindow?.location.replace(address);
    return;
  }
  frame = document.createElement("iframe");
  frame.title = previewHostWords.title;
  frame.src = address;
  frame.addEventListener("load", onLoad);
  document.body.replaceChildren(frame);
}

function onLoad(): void {
  const shown = frame?.contentWindow;
  if (!shown) return;
  const report = () => {
    const { pathname, search, hash } = shown.location;
    const place = readPlace(pathname + search + hash);
    const hasConsole = shown.document.contentType === "text/html";
    if (place !== undefined)
      tell({ kind: "page", place, console: !hasConsole ? "none" : isHeard ? "heard" : "forbidden" });
  };
  try {
    report();
    // Pages that change their address by themselves. Not every browser tells of it.
    (shown as { navigation?: EventTarget }).navigation?.addEventListener("currententrychange", report);
    shown.addEventListener("pagehide", () => (isHeard = false));
  } catch {
    // It has gone to another host, whose address is not to be had.
  }
}

function tell(message: FromBridge): void {
  site?.postMessage(message);
}
