import { loopbackCounterpart } from "./origins.ts";
import { consoleScript, formatPlace, isBridge, readPlace, type Place } from "./preview-path.ts";

export interface SeenRequest {
  /** The origin of the preview host. */
  readonly host: string;
  readonly url: URL;
  /** `RequestMode`: "navigate" for a page. */
  readonly mode: string;
  /** `RequestDestination`: "document" for a page of its own, "iframe" for one in a frame. */
  readonly destination: string;
  readonly referrer: string;
  /** The page or worker that asks; undefined where it is not known, as for a page to come. */
  readonly client: { readonly url: string; readonly type: string } | undefined;
}

export type Route =
  | { readonly kind: "pass" }
  | { readonly kind: "forward"; readonly place: Place }
  /** To the address that tells the port: what comes from there is known by it. */
  | { readonly kind: "redirect"; readonly to: string };

/**
 * Where a request of the preview host's pages goes: to the machine, or as it is. `shown` are the places of the previews that are open, the last used
 * first: for a page that does not say where it is called from.
 */
export function routeRequest(request: SeenRequest, shown: readonly Place[]): Route {
  const { host, url, mode, destination, client } = request;
  if (url.origin !== host) return routeOutside();
  const inside = readPlace(url.pathname + url.search);
  if (mode === "navigate") {
    // Previews are always framed. A page of its own belongs to the site, which can be opened on this host too.
    if (destination === "document" || isBridge(url.pathname)) return { kind: "pass" };
    if (inside !== undefined) return { kind: "forward", place: inside };
    const from = placeOf(request.referrer, host) ?? shown[0];
    return from === undefined ? { kind: "pass" } : redirect(from, url);
  }
  if (url.pathname === consoleScript) return { kind: "pass" };
  const asking = askingPlace(request);
  if (asking === undefined) return { kind: "pass" };
  if (inside !== undefined) return { kind: "forward", place: inside };
  // A worker is known by its address, as a page is.
  if (destination.endsWith("worker")) return redirect(asking, url);
  return { kind: "forward", place: { port: asking.port, path: url.pathname + url.search } };

  /** A page that asks for `http://localhost:5000/` means the computer that its server runs on, which is the machine. */
  function routeOutside(): Route {
    const port = machinePort(url, host);
    if (port === undefined || mode === "navigate" || askingPlace(request) === undefined) return { kind: "pass" };
    return { kind: "forward", place: { port, path: url.pathname + url.search } };
  }

  function askingPlace({ referrer }: SeenRequest): Place | undefined {
    const own = placeOf(client?.url, host);
    if (own !== undefined) return own;
    const clientUrl = URL.parse(client?.url ?? "");
    // Documents without an address of their own, such as about:srcdoc, are of the page that they are in.
    const isNameless = client === undefined || clientUrl === null || !/^https?:$/.test(clientUrl.protocol);
    return isNameless ? (placeOf(referrer, host) ?? shown[0]) : undefined;
  }
}

/** The port of an address that means the machine; undefined for one elsewhere, and for those of the site and of this host. */
export function machinePort({ protocol, hostname, port, origin }: URL, host: string): number | undefined {
  if (protocol !== "http:" || origin === host || origin === loopbackCounterpart(host)) return undefined;
  return /^(localhost|127\.0\.0\.1|0\.0\.0\.0)$/.test(hostname) ? Number(port || 80) : undefined;
}

export function placeOf(address: string | undefined, origin: string): Place | undefined {
  const url = URL.parse(address ?? "");
  return url?.origin === origin ? readPlace(url.pathname + url.search) : undefined;
}

function redirect({ port }: Place, url: URL): Route {
  return { kind: "redirect", to: formatPlace({ port, path: url.pathname + url.search + url.hash }) };
}
