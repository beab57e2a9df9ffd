import type { AstroIntegration } from "astro";

/** A file that is fetched packed and unpacked by the machine, not by the browser, which does that where a server names its packing. */
export const isPackedFile = (path: string): boolean => /^\/machine\/.*\.gz$/.test(path);

/** Under `astro dev`: sends such files as they are. */
export function packedFiles(): AstroIntegration {
  return {
    name: "drydock:packed-files",
    hooks: {
      "astro:server:setup": ({ server }) => {
        server.middlewares.use((request, response, next) => {
          if (isPackedFile(request.url?.split("?")[0] ?? "")) response.setHeader("Content-Encoding", "identity");
          next();
        });
      },
    },
  };
}
