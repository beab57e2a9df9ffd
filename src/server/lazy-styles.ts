import { glob, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";

/**
 * Takes the style sheets of chunks that are loaded later out of the built pages. Astro links the styles of everything that a
 * page may ever import (120 KB with the editor, 23 requests on a page of text); Vite loads them again with the chunk that needs them.
 */
export function lazyStyles(chunks: readonly string[]): AstroIntegration {
  const link = new RegExp(`<link rel="stylesheet" href="[^"]*/_astro/(?:${chunks.join("|")})\\.[^"]*">`, "g");
  return {
    name: "drydock:lazy-styles",
    hooks: {
      "astro:build:done": async ({ dir }) => {
        for await (const page of glob("**/*.html", { cwd: fileURLToPath(dir) })) {
          const file = new URL(page, dir);
          const html = await readFile(file, "utf8");
          await writeFile(file, html.replaceAll(link, ""));
        }
      },
    },
  };
}
