import { basename, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";

/**
 * Under `astro dev`: pages are made anew when a file of a lesson, a course or the glossary changes, comes or goes, whether or
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
        let changes = 0;
        const forgetPages = () => {
          for (const environment of Object.values(server.environments)) {
            // Astro's own word for it: the routes are asked for their pages again.
            environment.hot.send("astro:content-changed", {});
          }
        };
        server.middlewares.use((_, response, next) => {
          const before = changes;
          // What was read before the change is remembered after it.
          response.once("close", () => {
            if (changes !== before) forgetPages();
          });
          next();
        });
        server.watcher.add(content);
        server.watcher.on("all", (_, path) => {
          if (!path.startsWith(content)) return;
          const [course, lesson] = path.slice(content.length).split(sep);
          changes++;
          const isLesson = (id: string): boolean =>
            id.startsWith([content.slice(0, -1), course, lesson, ""].join(sep)) && basename(id) === "lesson.mdx";
          for (const environment of Object.values(server.environments)) {
            for (const module of environment.moduleGraph.idToModuleMap.values()) {
              if (isLesson(module.id?.split("?")[0] ?? "")) environment.moduleGraph.invalidateModule(module);
            }
          }
          forgetPages();
          server.environments.client.hot.send({ type: "full-reload", path: "*" });
        });
      },
    },
  };
}
