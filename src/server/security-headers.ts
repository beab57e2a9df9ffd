import { embedFolder } from "../embed/embed-path.ts";
import { bridgePage } from "../preview/preview-path.ts";

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

/** Their pages may be shown in frames of the sites that the operator has named: the second is framed by the first, and browsers ask for all pages around a frame. */
export const framedFolders = [embedFolder, bridgePage.slice(1, -1)];

/** The two names of a local server; from one, previews come to pages of the other. */
const loopbackOrigins = ["http://localhost:*", "http://127.0.0.1:*"];

/**
 * The policies for `<meta http-equiv>`, for hosts that cannot set headers. They cannot carry `frame-ancestors`, and do not know whether the page is on a
 * local server.
 */
export function metaContentSecurityPolicy(previewOrigin?: string): string {
  return formatPolicy(allowFrames(contentSecurityPolicy, [...loopbackOrigins, previewOrigin]));
}

export function metaIsolatedContentSecurityPolicy(previewOrigin?: string): string {
  return formatPolicy(allowFrames(isolatedContentSecurityPolicy, [...loopbackOrigins, previewOrigin]));
}

export interface HeaderOrigins {
  /** The host that previews come from. */
  readonly preview?: string | undefined;
  /** Whose pages may show pages of this host: of the preview host, the site. */
  readonly embedder?: string | undefined;
  /** Sources for `frame-ancestors`: whose pages may show those of `framedFolders` too. */
  readonly hosts?: readonly string[] | undefined;
}

/** What every response carries; the site's header files for static hosts say the same. */
export function securityHeaders({ preview, embedder }: HeaderOrigins = {}): Readonly<Record<string, string>> {
  return {
    "Content-Security-Policy": policyFor(preview, [embedder]),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    // Processes of their own for the site and its previews, also where the two hosts are of one domain.
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
  };
}

/** What the pages of `framedFolders` carry in place of what every response does; nothing where nobody is named. */
export function framedHeaders({ preview, embedder, hosts = [] }: HeaderOrigins = {}): Readonly<Record<string, string>> {
  return hosts.length === 0 ? {} : { "Content-Security-Policy": policyFor(preview, [embedder, ...hosts]) };
}

/** What scripts in `workerFolder` carry besides. */
export const workerHeaders: Readonly<Record<string, string>> = { "Cross-Origin-Embedder-Policy": "require-corp" };

/** What the pages of `isolatedFolder` carry in place of, or besides, what every response does. */
export function isolatedHeaders({ preview }: HeaderOrigins = {}): Readonly<Record<string, string>> {
  const policy = { ...allowFrames(isolatedContentSecurityPolicy, [preview]), "frame-ancestors": "'self'" };
  return { "Content-Security-Policy": formatPolicy(policy), "Cross-Origin-Embedder-Policy": "require-corp" };
}

/** All that the response for an address of a site at the root of its host carries. */
export function headersOf(url: string, origins: HeaderOrigins = {}): Readonly<Record<string, string>> {
  return {
    ...securityHeaders(origins),
    ...(url.startsWith(`/${isolatedFolder}/`) && isolatedHeaders(origins)),
    ...(framedFolders.some((folder) => url.startsWith(`/${folder}/`)) && framedHeaders(origins)),
    ...(url.startsWith(`/${workerFolder}/`) && workerHeaders),
  };
}

type Policy = Readonly<Record<string, string>>;

function policyFor(preview: string | undefined, ancestors: readonly (string | undefined)[]): string {
  const frameAncestors = ["'self'", ...ancestors].filter((source) => source !== undefined).join(" ");
  return formatPolicy({ ...allowFrames(contentSecurityPolicy, [preview]), "frame-ancestors": frameAncestors });
}

function allowFrames(policy: Policy, origins: readonly (string | undefined)[]): Policy {
  const sources = [policy["frame-src"], ...origins].filter((source) => source !== undefined);
  return { ...policy, "frame-src": sources.join(" ") };
}

function formatPolicy(policy: Readonly<Record<string, string>>): string {
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join("; ");
}
