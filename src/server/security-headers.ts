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

/** The policy for `<meta http-equiv>`, for hosts that cannot set headers. It cannot carry `frame-ancestors`. */
export const metaContentSecurityPolicy = formatPolicy(contentSecurityPolicy);

/** What every response carries; the site's header files for static hosts say the same. */
export const securityHeaders: Readonly<Record<string, string>> = {
  "Content-Security-Policy": formatPolicy({ ...contentSecurityPolicy, "frame-ancestors": "'self'" }),
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "X-Content-Type-Options": "nosniff",
};

function formatPolicy(policy: Readonly<Record<string, string>>): string {
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join("; ");
}
