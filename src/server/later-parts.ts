import type { AstroIntegration } from "astro";

/**
 * Vite writes, into whatever loads a part of the page later, the names of all that the part is made of, so that they come at once. Names of files do not
 * compress: they were 1.5 KB of the 60 KB of scripts that a lesson's page may have before its machine. Only for `chunks`, which are large or the first, are they
 * written; other parts find theirs when they have come themselves, one round trip later.
 */
export function laterParts(chunks: readonly string[]): AstroIntegration {
  const isNamed = new RegExp(`/(?:${chunks.join("|")})\\.[^/]+\\.js$`);
  const resolveDependencies = (file: string, parts: string[]) => (isNamed.test(file) ? parts : []);
  return {
    name: "drydock:later-parts",
    hooks: {
      "astro:config:setup": ({ updateConfig }) => {
        updateConfig({
          vite: {
            plugins: [
              {
                name: "drydock:later-parts",
                // Astro passes no setting of `modulePreload` on.
                configEnvironment: (environment) =>
                  environment === "client"
                    ? { build: { modulePreload: { polyfill: false, resolveDependencies } } }
                    : undefined,
              },
            ],
          },
        });
      },
    },
  };
}
