/**
 * What the browser may do with the site. The same for every page but those that run an app in the tab, and without hashes, because no page has an inline
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

/**
 * On the pages of `isolatedFolder`, WebContainers are framed and asked for: `@webcontainer/api` opens a frame of the first, in which everything
 * else happens under that frame's own policy; the app's own pages are served from below the second.
 */
const isolatedContentSecurityPolicy: Readonly<Record<string, string>> = {
  ...contentSecurityPolicy,
  "connect-src": "'self' https://stackblitz.com",
  "frame-src": "'self' blob: https://stackblitz.com https://*.webcontainer-api.io",
};

/** Below it, pages are cross-origin isolated. */
export const isolatedFolder = "run-here";
/** Where the scripts of workers are: one that an isolated page starts has to be isolated itself. Nothing comes of it elsewhere. */
export const workerFolder = "_astro";

/** The policies for `<meta http-equiv>`, for hosts that cannot set headers. They cannot carry `frame-ancestors`. */
export const metaContentSecurityPolicy = formatPolicy(contentSecurityPolicy);
export const metaIsolatedContentSecurityPolicy = formatPolicy(isolatedContentSecurityPolicy);

/** What every response carries; the site's header files for static hosts say the same. */
export const securityHeaders: Readonly<Record<string, string>> = {
  "Content-Security-Policy": formatPolicy({ ...contentSecurityPolicy, "frame-ancestors": "'self'" }),
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "X-Content-Type-Options": "nosniff",
};

/** What scripts in `workerFolder` carry besides. */
export const workerHeaders: Readonly<Record<string, string>> = { "Cross-Origin-Embedder-Policy": "require-corp" };

/** What the pages of `isolatedFolder` carry in place of, or besides, what every response does. */
export const isolatedHeaders: Readonly<Record<string, string>> = {
  "Content-Security-Policy": formatPolicy({ ...isolatedContentSecurityPolicy, "frame-ancestors": "'self'" }),
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** All that the response for an address of a site at the root of its host carries. */
export function headersOf(url: string): Readonly<Record<string, string>> {
  return {
    ...securityHeaders,
    ...(url.startsWith(`/${isolatedFolder}/`) && isolatedHeaders),
    ...(url.startsWith(`/${workerFolder}/`) && workerHeaders),
  };
}

function formatPolicy(policy: Readonly<Record<string, string>>): string {
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join("; ");
}
