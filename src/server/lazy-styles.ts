import { glob, readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";

/**
 * Takes the style sheets of chunks that are loaded later out of the built pages that have nothing drawn with them. Astro links the styles of everything that a
 * page may ever import (120 KB with the editor, 23 requests); Vite loads them again with the chunk that needs them.
 */
export function lazyStyles(chunks: readonly string[]): AstroIntegration {
  const link = new RegExp(`<link rel="stylesheet" href="[^"]*/_astro/((?:${chunks.join("|")})\\.[^"]*)">`, "g");
  return {
    name: "drydock:lazy-styles",
    hooks: {
      "astro:build:done": async ({ dir }) => {
        const classes = new Map<string, ReadonlySet<string>>();
        for await (const sheet of glob("_astro/*.css", { cwd: fileURLToPath(dir) }))
          classes.set(basename(sheet), classesOfSheet(await readFile(new URL(sheet, dir), "utf8")));
        for await (const page of glob("**/*.html", { cwd: fileURLToPath(dir) })) {
          const file = new URL(page, dir);
          const html = await readFile(file, "utf8");
          const used = classesOfPage(html);
          const isDrawn = (sheet: string) => [...(classes.get(sheet) ?? [])].some((name) => used.has(name));
          await writeFile(
            file,
            html.replaceAll(link, (whole, sheet: string) => (isDrawn(sheet) ? whole : "")),
          );
        }
      },
    },
  };
}

/** Also what stands behind a dot elsewhere, such as the end of a file name: then a sheet stays that could go. */
function classesOfSheet(css: string): ReadonlySet<string> {
  return new Set([...css.matchAll(/\.([A-Za-z][\w-]*)/g)].map(([, name]) => name ?? ""));
}

function classesOfPage(html: string): ReadonlySet<string> {
  return new Set([...html.matchAll(/\sclass="([^"]*)"/g)].flatMap(([, names]) => (names ?? "").split(/\s+/)));
}
