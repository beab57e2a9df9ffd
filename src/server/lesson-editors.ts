import { copyFileSync, globSync, mkdirSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import type { AstroIntegration } from "astro";

/**
 * Has editors check the front matter of lessons as an author types. Astro's language server, which its VS Code extension runs,
 * looks into `.astro/collections` for the files of content collections and their schemas; lessons are entered there as one. No
 * editor follows a `yaml-language-server` line within MDX.
 */
export function lessonEditors(): AstroIntegration {
  let root = new URL("file:///");
  let isDev = false;
  return {
    name: "drydock:lesson-editors",
    hooks: {
      "astro:config:setup": ({ command }) => {
        isDev = command === "dev";
      },
      "astro:config:done": ({ config }) => {
        root = config.root;
        if (isDev) enterLessons(root);
      },
      "astro:server:setup": ({ server }) => {
        server.watcher.on("all", (event, path) => {
          if (basename(path) === "lesson.mdx" && (event === "add" || event === "unlink")) enterLessons(root);
        });
      },
    },
  };
}

const name = "lessons";

function enterLessons(root: URL): void {
  const folder = new URL(".astro/collections/", root);
  mkdirSync(folder, { recursive: true });
  copyFileSync(new URL("content/.schemas/front-matter.json", root), new URL(`${name}.schema.json`, folder));
  const entries = globSync("content/*/*/lesson.mdx", { cwd: root })
    .sort()
    .map((path) => {
      const { href } = new URL(path.replaceAll("\\", "/"), root);
      // The language server looks for addresses in this form.
      return [decodeURIComponent(href).toLowerCase(), name] as const;
    });
  const manifest = { collections: [{ hasSchema: true, name }], entries: Object.fromEntries(entries) };
  writeFileSync(new URL("collections.json", folder), JSON.stringify(manifest, null, 2));
}
