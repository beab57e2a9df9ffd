import { writeFile } from "node:fs/promises";
import type { AstroIntegration } from "astro";
import { frameSources, hostsFile, type EmbedHosts } from "../embed/hosts.ts";
import { machineFilesName, siteFilesName, workerName } from "../offline/site-files.ts";
import { readPreviewSetting } from "../preview/origins.ts";
import {
  framedFolders,
  framedHeaders,
  isolatedFolder,
  isolatedHeaders,
  metaContentSecurityPolicy,
  metaIsolatedContentSecurityPolicy,
  securityHeaders,
  workerFolder,
  workerHeaders,
} from "./security-headers.ts";

/**
 * Writes the headers into the built site as the files that static hosts read, and gives the layouts the policy for hosts
 * that read none. `embedHosts` are the other sites whose pages may show some of this one.
 */
export function headerFiles(previewSetting?: string, embedHosts?: EmbedHosts): AstroIntegration {
  let base = "";
  let headers: SiteHeaders = { everywhere: securityHeaders(), folders: [] };
  return {
    name: "drydock:header-files",
    hooks: {
      "astro:config:setup": ({ command, config, updateConfig }) => {
        const preview = readPreviewSetting(previewSetting, config.site);
        // The development server needs inline scripts, so only a build has the policy.
        const define = (policy: string) => (command === "build" ? JSON.stringify(policy) : "undefined");
        updateConfig({
          vite: {
            define: {
              "import.meta.env.CONTENT_SECURITY_POLICY": define(metaContentSecurityPolicy(preview)),
              "import.meta.env.ISOLATED_CONTENT_SECURITY_POLICY": define(metaIsolatedContentSecurityPolicy(preview)),
            },
          },
        });
      },
      "astro:config:done": ({ config }) => {
        base = config.base.replace(/\/$/, "");
        const preview = readPreviewSetting(previewSetting, config.site);
        // The same files are on both hosts, and the site's own origin is 'self' on one of them.
        const embedder = preview === undefined ? undefined : URL.parse(config.site ?? "")?.origin;
        const origins = { preview, embedder, hosts: embedHosts && frameSources(embedHosts) };
        const folders: SiteHeaders["folders"] = [
          ...framedFolders.map((folder) => [folder, framedHeaders(origins)] as const),
          [isolatedFolder, isolatedHeaders(origins)],
        ];
        headers = {
          everywhere: securityHeaders(origins),
          folders: folders.filter(([, differing]) => Object.keys(differing).length > 0),
        };
      },
      "astro:server:setup": ({ server }) => {
        server.middlewares.use((request, response, next) => {
          const isIsolated = request.url?.startsWith(`${base}/${isolatedFolder}/`) === true;
          if (isIsolated || request.headers["sec-fetch-dest"] === "worker") {
            response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
            response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
          }
          next();
        });
      },
      "astro:build:done": async ({ dir }) => {
        const write = (name: string, text: string) => writeFile(new URL(name, dir), text);
        await write("_headers", formatHeadersFile(base, headers));
        await write("vercel.json", formatVercelFile(base, headers));
        await write(".htaccess", formatHtaccess(base, headers));
      },
    },
  };
}

type Headers = Readonly<Record<string, string>>;

interface SiteHeaders {
  readonly everywhere: Headers;
  /** What the pages of a folder have in place of that, or besides: a policy of their own in any case. */
  readonly folders: readonly (readonly [folder: string, headers: Headers])[];
}

const forever = "public, max-age=31536000, immutable";
/** Folders in which every name carries a hash of the content. */
const hashedFolders = ["_astro", "machine/files", "machine/parts", "catalogue/blobs"];
/** What has no ending to tell its type by; a guess could make a host compress it again or change it. */
const bytesFolder = "catalogue/blobs";

function headersOf(hashedFolder: string): Headers {
  return {
    "Cache-Control": forever,
    ...(hashedFolder === workerFolder && workerHeaders),
    ...(hashedFolder === bytesFolder && { "Content-Type": "application/octet-stream" }),
  };
}

/** What names the others: without this, some hosts have browsers keep it for hours. */
const freshFiles = [
  "machine/manifest.json",
  "catalogue/index.json",
  siteFilesName,
  machineFilesName,
  workerName,
  hostsFile,
];

/** Netlify, Cloudflare Pages and others. */
function formatHeadersFile(base: string, { everywhere, folders }: SiteHeaders): string {
  const rule = (path: string, headers: Headers) => [
    `${base}/${path}`,
    ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`),
  ];
  return [
    ...rule("*", everywhere),
    ...hashedFolders.flatMap((folder) => ["", ...rule(`${folder}/*`, headersOf(folder))]),
    ...freshFiles.flatMap((file) => ["", ...rule(file, { "Cache-Control": "no-cache" })]),
    // Cloudflare joins what two rules say of one header, and two policies hold both: `!` takes the first away. Netlify passes over a line
    // without a colon, and has the last rule win by itself.
    ...folders.flatMap(([folder, headers]) => [
      "",
      ...rule(`${folder}/*`, headers).toSpliced(1, 0, "  ! Content-Security-Policy"),
    ]),
    "",
  ].join("\n");
}

function formatVercelFile(base: string, { everywhere, folders }: SiteHeaders): string {
  const list = (headers: Headers) => Object.entries(headers).map(([key, value]) => ({ key, value }));
  const rules = [
    { source: `${base}/(.*)`, headers: list(everywhere) },
    ...hashedFolders.map((folder) => ({
      source: `${base}/${folder}/(.*)`,
      headers: list(headersOf(folder)),
    })),
    ...freshFiles.map((file) => ({ source: `${base}/${file}`, headers: list({ "Cache-Control": "no-cache" }) })),
    // The last rule for a header wins.
    ...folders.map(([folder, headers]) => ({ source: `${base}/${folder}/(.*)`, headers: list(headers) })),
  ];
  // Without `trailingSlash`: it would send whoever asks for a blob, whose name has no dot, to a folder of that name.
  return `${JSON.stringify({ headers: rules }, null, 2)}\n`;
}

/** Apache with mod_headers. */
function formatHtaccess(base: string, { everywhere, folders }: SiteHeaders): string {
  return [
    `ErrorDocument 404 ${base}/404.html`,
    "AddType application/wasm .wasm",
    "AddType application/zstd .zst",
    "<IfModule mod_headers.c>",
    ...Object.entries(everywhere).map(([name, value]) => `  Header always set ${name} "${value}"`),
    `  Header set Cache-Control "${forever}" "expr=%{REQUEST_URI} =~ m#/(${hashedFolders.join("|")})/#"`,
    ...folders.flatMap(([folder, headers]) =>
      Object.entries(headers).map(
        ([name, value]) => `  Header always set ${name} "${value}" "expr=%{REQUEST_URI} =~ m#^${base}/${folder}/#"`,
      ),
    ),
    ...Object.entries(workerHeaders).map(
      ([name, value]) => `  Header always set ${name} "${value}" "expr=%{REQUEST_URI} =~ m#^${base}/${workerFolder}/#"`,
    ),
    `  Header set Content-Type "application/octet-stream" "expr=%{REQUEST_URI} =~ m#/${bytesFolder}/#"`,
    `  Header set Cache-Control "no-cache" "expr=%{REQUEST_URI} =~ m#/(${freshFiles.join("|")})$#"`,
    "</IfModule>",
    "",
  ].join("\n");
}
