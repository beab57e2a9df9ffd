import { mkdir, writeFile } from "node:fs/promises";
import type { AstroIntegration } from "astro";
import { hostsFile, type EmbedHosts } from "../embed/hosts.ts";

/**
 * Puts who may show pages in frames into the built site, as a file of its own: the local server makes its headers from it, and embedded pages read it
 * in case that their host sends none. Serves it under `astro dev`.
 */
export function embedFiles(hosts: EmbedHosts): AstroIntegration {
  const text = `${JSON.stringify(hosts)}\n`;
  let base = "";
  return {
    name: "drydock:embed-files",
    hooks: {
      "astro:config:done": ({ config }) => {
        base = config.base.replace(/\/$/, "");
      },
      "astro:server:setup": ({ server }) => {
        server.middlewares.use((request, response, next) => {
          if (request.url?.split("?")[0] !== `${base}/${hostsFile}`) {
            next();
            return;
          }
          response.setHeader("Content-Type", "application/json");
          response.setHeader("Cache-Control", "no-cache");
          response.end(text);
        });
      },
      "astro:build:done": async ({ dir }) => {
        const file = new URL(hostsFile, dir);
        await mkdir(new URL("./", file), { recursive: true });
        await writeFile(file, text);
      },
    },
  };
}
