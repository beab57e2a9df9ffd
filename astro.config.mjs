import mdx from "@astrojs/mdx";
import preact from "@astrojs/preact";
import { satteri } from "@astrojs/markdown-satteri";
import { defineConfig, envField, fontProviders } from "astro/config";
import { diffLines } from "./src/components/diff-lines.ts";
import { lessonMarkup } from "./src/components/lesson-markup.ts";
import { readEmbedSettings } from "./src/embed/hosts.ts";
import { contentReload } from "./src/server/content-reload.ts";
import { embedFiles } from "./src/server/embed-files.ts";
import { headerFiles } from "./src/server/header-files.ts";
import { laterParts } from "./src/server/later-parts.ts";
import { lazyStyles } from "./src/server/lazy-styles.ts";
import { lessonEditors } from "./src/server/lesson-editors.ts";
import { offlineFiles } from "./src/server/offline-files.ts";
import { packedFiles } from "./src/server/packed-files.ts";
import { previewFiles } from "./src/server/preview-files.ts";

// Which other sites may show lessons in frames of theirs, and which of these may run commands there.
const embedHosts = readEmbedSettings(process.env.DRYDOCK_EMBED_ORIGINS, process.env.DRYDOCK_EMBED_RUN_ORIGINS);

export default defineConfig({
  // Where the site will be: SITE_URL for canonical addresses, SITE_BASE when it is not at the root of its host.
  site: process.env.SITE_URL,
  base: process.env.SITE_BASE,
  output: "static",
  trailingSlash: "always",
  integrations: [
    mdx(),
    preact(),
    headerFiles(process.env.DRYDOCK_PREVIEW, embedHosts),
    embedFiles(embedHosts),
    previewFiles(),
    contentReload(),
    lessonEditors(),
    packedFiles(),
    laterParts(["Sandbox", "EditorPanel", "monaco-editor", "page-offline"]),
    lazyStyles([
      "build",
      "codeEditorWidget",
      "editor",
      "EditorPanel",
      "editorState",
      "EnginePanel",
      "findController",
      "LayersFigure",
      "live-figures",
      "monaco-editor",
      "monaco-features",
      "monaco-suggestions",
      "palette",
      "PictureTools",
      "PreviewPanel",
      "processes",
      "small-place",
      "terminal",
      "terminal-theme",
      "TouchKeys",
      "TransferDialog",
      "use-engine-desk",
      "use-layers-desk",
      "use-stacks-desk",
      "WatchRecording",
    ]),
    // The last: it names what all the others have made.
    offlineFiles(),
  ],
  markdown: {
    processor: satteri({ mdastPlugins: [lessonMarkup] }),
    shikiConfig: {
      themes: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
      defaultColor: false,
      transformers: [diffLines],
    },
  },
  env: {
    schema: {
      /** The other sites that may show lessons in frames of theirs, and those that may run commands there; src/embed/hosts.ts says what they may be. */
      DRYDOCK_EMBED_ORIGINS: envField.string({ context: "server", access: "public", optional: true }),
      DRYDOCK_EMBED_RUN_ORIGINS: envField.string({ context: "server", access: "public", optional: true }),
      /** Where readers of this site may ask for the sources of what it distributes: an e-mail or web address. */
      DRYDOCK_CONTACT: envField.string({ context: "server", access: "public", optional: true }),
      /** Where readers may tell what they think of a lesson; src/components/feedback.ts says what it may be. */
      DRYDOCK_FEEDBACK: envField.string({ context: "server", access: "public", optional: true }),
      /** By what right WebContainers run on this site; src/components/web-container-licence.ts says what it may be. */
      DRYDOCK_WEBCONTAINER_KEY: envField.string({ context: "server", access: "public", optional: true }),
      /** The origin that previews of published ports come from, where it is served too; src/preview/origins.ts says what it may be. */
      DRYDOCK_PREVIEW: envField.string({ context: "server", access: "public", optional: true }),
    },
  },
  // An inline script would need a hash in the Content-Security-Policy of every page that another can lead to.
  vite: { build: { assetsInlineLimit: 0 }, worker: { format: "es" } },
  fonts: [
    {
      provider: fontProviders.local(),
      name: "Hanken Grotesk",
      cssVariable: "--font-sans",
      fallbacks: ["system-ui", "sans-serif"],
      options: {
        variants: ["normal", "italic"].map((style) => ({
          src: [`@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-wght-${style}.woff2`],
          weight: "100 900",
          style,
        })),
      },
    },
    {
      provider: fontProviders.local(),
      name: "JetBrains Mono",
      cssVariable: "--font-mono",
      fallbacks: ["ui-monospace", "monospace"],
      options: {
        variants: [
          {
            src: ["@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2"],
            weight: "100 800",
            style: "normal",
          },
        ],
      },
    },
  ],
});
