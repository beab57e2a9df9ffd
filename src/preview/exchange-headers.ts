import { formatPlace, readPlace } from "./preview-path.ts";

export type HeaderList = readonly (readonly [string, string])[];

/** Of one connection, not of the message (RFC 9110 section 7.6.1). */
const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Set by who sends the request; what the browser says of the preview host is not for the server in the machine. */
const setByUs = new Set(["host", "content-length", "accept-encoding", "origin", "referer", "cookie"]);

/** What goes to the server on `port` of the machine, which is addressed as a browser on the machine would. */
export function requestHeaders(sent: HeaderList, { method, referrer, port }: RequestOrigin): HeaderList {
  const from = URL.parse(referrer);
  const place = from === null ? undefined : readPlace(from.pathname + from.search);
  return [
    ...sent.filter(([name, value]) => !isOfConnection(name) && /^[\t\x20-\x7e]*$/.test(value)),
    // The browser unpacks only what it has fetched itself.
    ["accept-encoding", "identity"],
    ...(place === undefined ? [] : [["referer", `http://localhost:${place.port}${place.path}`] as const]),
    ...(method === "GET" || method === "HEAD" ? [] : [["origin", `http://localhost:${place?.port ?? port}`] as const]),
  ];

  function isOfConnection(name: string): boolean {
    return hopByHop.has(name.toLowerCase()) || setByUs.has(name.toLowerCase());
  }
}

export interface RequestOrigin {
  readonly method: string;
  /** Of the preview host, or empty. */
  readonly referrer: string;
  readonly port: number;
}

/** What concerns the whole host, which is not the previewed page's, or would keep the frame from showing it. */
const notOfPreview = new Set([
  "alt-svc",
  "clear-site-data",
  "content-encoding",
  "content-length",
  "cross-origin-opener-policy",
  "service-worker-allowed",
  "set-cookie",
  "strict-transport-security",
  "x-frame-options",
]);

/** The answer's headers as the previewed page gets them. `port` is the one that answered. */
export function answerHeaders(received: HeaderList, port: number): HeaderList {
  return received.flatMap(([given, value]): HeaderList => {
    const name = given.toLowerCase();
    if (hopByHop.has(name) || notOfPreview.has(name)) return [];
    if (name === "location") return [[name, rewriteLocation(value, port)]];
    if (name.startsWith("content-security-policy")) return [[name, withoutFrameAncestors(value)]];
    return [[name, value]];
  });
}

/** An address on the machine becomes the preview host's; one elsewhere stays. Relative ones are right as they are. */
export function rewriteLocation(location: string, port: number): string {
  if (location.startsWith("/") && !location.startsWith("//")) {
    return readPlace(location) === undefined ? formatPlace({ port, path: location }) : location;
  }
  const url = URL.parse(location);
  if (url?.protocol !== "http:" || !/^(localhost|127\.0\.0\.1|0\.0\.0\.0)$/.test(url.hostname)) return location;
  return formatPlace({ port: Number(url.port || 80), path: url.pathname + url.search + url.hash });
}

/** The frame that shows the page is not what its author had in mind. */
function withoutFrameAncestors(policy: string): string {
  return policy
    .split(";")
    .filter((directive) => !/^\s*frame-ancestors\b/i.test(directive))
    .join(";");
}
