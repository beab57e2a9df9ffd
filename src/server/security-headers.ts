/**
 * What the browser may do with the site. The same for every page, and without hashes, because no page has an inline
 * script: what the layouts need before the first paint is a small file of its own.
 */
const contentSecurityPolicy: Readonly<Record<string, string>> = {
  "default-src": "'self'",
  // v86 translates the guest's code to WebAssembly.
  "script-src": "'self' 'wasm-unsafe-eval'",
  "worker-src": "'self'",
  // xterm and Monaco put their styles into the page.
  "style-src": "'self' 'unsafe-inline'",
  "img-src": "'self' data: blob:",
  "font-src": "'self' data:",
  "connect-src": "'self'",
  "frame-src": "'self' blob:",
  "object-src": "'none'",
  "base-uri": "'self'",
  "form-action": "'self'",
};

/** The two names of a local server; from one, previews come to pages of the other. */
const loopbackOrigins = ["http://localhost:*", "http://127.0.0.1:*"];

/**
 * The policy for `<meta http-equiv>`, for hosts that cannot set headers. It cannot carry `frame-ancestors`, and does not know whether the page is on a
 * local server.
 */
export function metaContentSecurityPolicy(previewOrigin?: string): string {
  return formatPolicy(allowFrames([...loopbackOrigins, previewOrigin]));
}

export interface HeaderOrigins {
  /** The host that previews come from. */
  readonly preview?: string | undefined;
  /** Whose pages may show pages of this host: of the preview host, the site. */
  readonly embedder?: string | undefined;
}

/** What every response carries; the site's header files for static hosts say the same. */
export function securityHeaders({ preview, embedder }: HeaderOrigins = {}): Readonly<Record<string, string>> {
  const frameAncestors = ["'self'", embedder].filter((source) => source !== undefined).join(" ");
  return {
    "Content-Security-Policy": formatPolicy({ ...allowFrames([preview]), "frame-ancestors": frameAncestors }),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    // Processes of their own for the site and its previews, also where the two hosts are of one domain.
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
  };
}

function allowFrames(origins: readonly (string | undefined)[]): Readonly<Record<string, string>> {
  const sources = [contentSecurityPolicy["frame-src"], ...origins].filter((source) => source !== undefined);
  return { ...contentSecurityPolicy, "frame-src": sources.join(" ") };
}

function formatPolicy(policy: Readonly<Record<string, string>>): string {
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join("; ");
}
