import { writeFile } from "node:fs/promises";
import type { AstroIntegration } from "astro";
import { metaContentSecurityPolicy, securityHeaders } from "./security-headers.ts";

/**
 * Writes the headers into the built site as the files that static hosts read, and gives the layouts the policy for hosts
 * that read none.
 */
export function headerFiles(): AstroIntegration {
  let base = "";
  return {
    name: "drydock:header-files",
    hooks: {
      "astro:config:setup": ({ command, updateConfig }) => {
        // The development server needs inline scripts, so only a build has the policy.
        const policy = command === "build" ? JSON.stringify(metaContentSecurityPolicy) : "undefined";
        updateConfig({ vite: { define: { "import.meta.env.CONTENT_SECURITY_POLICY": policy } } });
      },
      "astro:config:done": ({ config }) => {
        base = config.base.replace(/\/$/, "");
      },
      "astro:build:done": async ({ dir }) => {
        const write = (name: string, text: string) => writeFile(new URL(name, dir), text);
        await write("_headers", formatHeadersFile(base));
        await write("vercel.json", formatVercelFile(base));
        await write(".htaccess", formatHtaccess(base));
      },
    },
  };
}

const forever = "public, max-age=31536000, immutable";
/** Folders in which every name carries a hash of the content. */
const hashedFolders = ["_astro", "machine/files", "machine/parts"];

/** Netlify, Cloudflare Pages and others. */
function formatHeadersFile(base: string): string {
  return [
    `${base}/*`,
    ...Object.entries(securityHeaders).map(([name, value]) => `  ${name}: ${value}`),
    ...hashedFolders.flatMap((folder) => ["", `${base}/${folder}/*`, `  Cache-Control: ${forever}`]),
    "",
  ].join("\n");
}

function formatVercelFile(base: string): string {
  const list = (headers: Readonly<Record<string, string>>) =>
    Object.entries(headers).map(([key, value]) => ({ key, value }));
  const rules = [
    { source: `${base}/(.*)`, headers: list(securityHeaders) },
    ...hashedFolders.map((folder) => ({
      source: `${base}/${folder}/(.*)`,
      headers: list({ "Cache-Control": forever }),
    })),
  ];
  return `${JSON.stringify({ trailingSlash: true, headers: rules }, null, 2)}\n`;
}

/** Apache with mod_headers. */
function formatHtaccess(base: string): string {
  return [
    `ErrorDocument 404 ${base}/404.html`,
    "AddType application/wasm .wasm",
    "AddType application/zstd .zst",
    "<IfModule mod_headers.c>",
    ...Object.entries(securityHeaders).map(([name, value]) => `  Header always set ${name} "${value}"`),
    `  Header set Cache-Control "${forever}" "expr=%{REQUEST_URI} =~ m#/(${hashedFolders.join("|")})/#"`,
    "</IfModule>",
    "",
  ].join("\n");
}
