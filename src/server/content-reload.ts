import { statSync } from "node:fs";
import { basename, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";

/**
 * Under `astro dev`: pages are made anew when a file of a lesson, a course, the glossary or the curriculum changes, comes or goes, whether or
 * not a module imports it. What a lesson shows of its files and pictures is part of the lesson's own module.
 */
export function contentReload(): AstroIntegration {
  let content = "";
  return {
    name: "drydock:content-reload",
    hooks: {
      "astro:config:setup": ({ config }) => {
        content = fileURLToPath(new URL("content/", config.root));
      },
      "astro:server:setup": ({ server }) => {
        server.watcher.add(content);
        const renew = (path: string): void => {
          const savedAt = lastSaved(path);
          const [course, lesson] = path.slice(content.length).split(sep);
          const isLesson = (id: string): boolean =>
            id.startsWith([content.slice(0, -1), course, lesson, ""].join(sep)) && basename(id) === "lesson.mdx";
          for (const environment of Object.values(server.environments)) {
            for (const module of environment.moduleGraph.idToModuleMap.values()) {
              if (isLesson(module.id?.split("?")[0] ?? "")) environment.moduleGraph.invalidateModule(module);
            }
            // Astro's own word for it: the routes are asked for their pages again.
            environment.hot.send("astro:content-changed", {});
          }
          server.environments.client.hot.send({ type: "full-reload", path: "*" });
          setTimeout(() => lastSaved(path) !== savedAt && renew(path), deafMs).unref();
        };
        server.watcher.on("all", (_, path) => {
          if (path.startsWith(content)) renew(path);
        });
      },
    },
  };
}

/** The watcher tells of no change within 50 ms of another of the same file, as when a formatter runs on each save. */
const deafMs = 100;

function lastSaved(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}
