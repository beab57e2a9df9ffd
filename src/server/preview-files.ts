import type { AstroIntegration } from "astro";
import { fixedModules } from "./fixed-modules.ts";

/** What the preview host serves beside `public/preview`, by its path: modules of their own, whose names stay. */
const files: Readonly<Record<string, string>> = {
  // At the root, because a service worker answers only for what is below it.
  "preview-worker.js": "src/preview/worker.ts",
  "preview/bridge.js": "src/preview/bridge.ts",
  "preview/console.js": "src/preview/console-script.ts",
};
/** It is no module: it has to run before the page goes on. */
const script = "preview/console.js";

/** Puts the code of the preview host into the built site, and serves it under `astro dev`. */
export function previewFiles(): AstroIntegration {
  let root = new URL("file:///");
  return {
    name: "drydock:preview-files",
    hooks: {
      "astro:config:setup": ({ config, updateConfig }) => {
        root = config.root;
        updateConfig({ vite: { plugins: [fixedModules("drydock:preview-files", files, root)] } });
      },
      "astro:server:setup": ({ server }) => {
        server.middlewares.use((request, response, next) => {
          const name = request.url?.split("?")[0]?.slice(1) ?? "";
          const source = files[name];
          if (source === undefined) {
            next();
            return;
          }
          const serve = (code: string) => {
            response.setHeader("Content-Type", "text/javascript");
            response.setHeader("Cache-Control", "no-cache");
            response.end(code);
          };
          if (name !== script) serve(`import "/${source}";\n`);
          else server.transformRequest(`/${source}`).then((made) => serve(made?.code ?? ""), next);
        });
      },
    },
  };
}
