import { writeFile } from "node:fs/promises";
import type { AstroIntegration } from "astro";
import { readPreviewSetting } from "../preview/origins.ts";
import { metaContentSecurityPolicy, securityHeaders } from "./security-headers.ts";

/**
 * Writes the headers into the built site as the files that static hosts read, and gives the layouts the policy for hosts
 * that read none.
 */
export function headerFiles(previewSetting?: string): AstroIntegration {
  let base = "";
  let headers = securityHeaders();
  return {
    name: "drydock:header-files",
    hooks: {
      "astro:config:setup": ({ command, config, updateConfig }) => {
        const preview = readPreviewSetting(previewSetting, config.site);
        // The development server needs inline scripts, so only a build has the policy.
        const policy = command === "build" ? JSON.stringify(metaContentSecurityPolicy(preview)) : "undefined";
        updateConfig({ vite: { define: { "import.meta.env.CONTENT_SECURITY_POLICY": policy } } });
      },
      "astro:config:done": ({ config }) => {
        base = config.base.replace(/\/$/, "");
        const preview = readPreviewSetting(previewSetting, config.site);
        // The same files are on both hosts, and the site's own origin is 'self' on one of them.
        const embedder = preview === undefined ? undefined : URL.parse(config.site ?? "")?.origin;
        headers = securityHeaders({ preview, embedder });
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

const forever = "public, max-age=31536000, immutable";
/** Folders in which every name carries a hash of the content. */
const hashedFolders = ["_astro", "machine/files", "machine/parts", "catalogue/blobs"];
/** What has no ending to tell its type by; a guess could make a host compress it again or change it. */
const bytesFolder = "catalogue/blobs";

function headersOf(hashedFolder: string): Headers {
  return {
    "Cache-Control": forever,
    ...(hashedFolder === bytesFolder && { "Content-Type": "application/octet-stream" }),
  };
}

/** What names the others: without this, some hosts have browsers keep it for hours. */
const freshFiles = ["machine/manifest.json", "catalogue/index.json"];

/** Netlify, Cloudflare Pages and others. */
function formatHeadersFile(base: string, everywhere: Headers): string {
  const rule = (path: string, headers: Headers) => [
    `${base}/${path}`,
    ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`),
  ];
  return [
    ...rule("*", everywhere),
    ...hashedFolders.flatMap((folder) => ["", ...rule(`${folder}/*`, headersOf(folder))]),
    ...freshFiles.flatMap((file) => ["", ...rule(file, { "Cache-Control": "no-cache" })]),
    "",
  ].join("\n");
}

function formatVercelFile(base: string, everywhere: Headers): string {
  const list = (headers: Headers) => Object.entries(headers).map(([key, value]) => ({ key, value }));
  const rules = [
    { source: `${base}/(.*)`, headers: list(everywhere) },
    ...hashedFolders.map((folder) => ({
      source: `${base}/${folder}/(.*)`,
      headers: list(headersOf(folder)),
    })),
    ...freshFiles.map((file) => ({ source: `${base}/${file}`, headers: list({ "Cache-Control": "no-cache" }) })),
  ];
  // Without `trailingSlash`: it would send whoever asks for a blob, whose name has no dot, to a folder of that name.
  return `${JSON.stringify({ headers: rules }, null, 2)}\n`;
}

/** Apache with mod_headers. */
function formatHtaccess(base: string, everywhere: Headers): string {
  return [
    `ErrorDocument 404 ${base}/404.html`,
    "AddType application/wasm .wasm",
    "AddType application/zstd .zst",
    "<IfModule mod_headers.c>",
    ...Object.entries(everywhere).map(([name, value]) => `  Header always set ${name} "${value}"`),
    `  Header set Cache-Control "${forever}" "expr=%{REQUEST_URI} =~ m#/(${hashedFolders.join("|")})/#"`,
    `  Header set Content-Type "application/octet-stream" "expr=%{REQUEST_URI} =~ m#/${bytesFolder}/#"`,
    `  Header set Cache-Control "no-cache" "expr=%{REQUEST_URI} =~ m#/(${freshFiles.join("|")})$#"`,
    "</IfModule>",
    "",
  ].join("\n");
}
