import js from "@eslint/js";
import boundaries from "eslint-plugin-boundaries";
import astro from "eslint-plugin-astro";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/**
 * The boundaries of the design as layers: which files belong to a layer, and which other layers they may import.
 * `node: false` keeps Node's own modules out of what must also run in a browser. Tests and tools may import everything.
 */
const layers = [
  { name: "model", files: "src/lessons/model.ts", sees: [], node: false },
  { name: "lessons", files: "src/lessons/!(model).ts", sees: ["model"] },
  { name: "contract", files: "src/machine/@(contract|error|signal|small-machine).ts", sees: [], node: false },
  // Every string of the interface, by the part of the page that shows it: one folder to translate.
  { name: "words", files: "src/words/**", sees: [], node: false },
  // What runs on the host that previews come from, and what both hosts say to each other.
  { name: "preview", files: "src/preview/**", sees: ["words"], node: false },
  // Pages in frames of other sites: who may show them, and what both say to each other.
  { name: "embed", files: "src/embed/**", sees: ["words", "preview"], node: false },
  // What is kept for use without a network: the service worker, and what it and the page both know of it.
  { name: "offline", files: "src/offline/**", sees: [], node: false },
  // Verified files over HTTP, and the image catalogue that is made of them.
  { name: "download", files: "src/download/**", sees: ["contract"], node: false },
  { name: "catalogue", files: "src/catalogue/**", sees: ["contract", "download"], node: false },
  {
    name: "machines",
    files: "src/machine/@(index|machine-parts).ts",
    sees: ["contract", "download", "catalogue", "driver", "offline"],
  },
  {
    name: "driver",
    files: ["src/machine/!(contract|error|signal|small-machine|index|machine-parts|node).ts", "src/machine/*/**"],
    sees: ["contract", "download", "catalogue"],
  },
  { name: "machines-in-node", files: "src/machine/node.ts", sees: ["contract", "catalogue", "machines", "driver"] },
  { name: "engine", files: "src/engine/**", sees: ["contract"], node: false },
  { name: "checks", files: "src/checks/**", sees: ["engine", "contract", "model"], node: false },
  { name: "image", files: "src/image/**", sees: ["contract", "catalogue", "machines-in-node", "driver"] },
  // Tools for authors: new lessons, imports. They run in Node only.
  { name: "authoring", files: "src/authoring/**", sees: ["model", "lessons", "checks"] },
  // The tool that prints lessons as PDFs. It runs in Node only.
  { name: "handout", files: "src/handout/**", sees: ["model", "lessons", "checks", "words", "server"] },
  { name: "server", files: "src/server/**", sees: ["contract", "catalogue", "image", "preview", "embed", "offline"] },
  {
    name: "page",
    files: ["src/@(components|layouts|pages|present|sandbox|styles)/**", "src/*.ts", "content/**"],
    sees: [
      ...["model", "lessons", "checks", "engine", "machines", "contract", "catalogue"],
      ...["words", "preview", "embed", "offline"],
    ],
  },
];

export default defineConfig(
  { ignores: ["dist/", "content/*/*/here/", "public/machine/", "public/monaco/", ".astro/", "test/results/"] },
  js.configs.recommended,
  {
    files: ["**/*.{ts,tsx,mts}"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/consistent-type-exports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrors: "all" },
      ],
      // Factories return closures, whose methods do not use `this` and may be taken apart.
      "@typescript-eslint/unbound-method": "off",
      // It does not know `Promise.withResolvers<void>()`.
      "@typescript-eslint/no-invalid-void-type": "off",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ["**/*.mjs", "public/*.js"],
    languageOptions: { globals: { document: "readonly", localStorage: "readonly", process: "readonly" } },
  },
  { files: ["**/*.astro"], extends: [tseslint.configs.strict, astro.configs["flat/recommended"]] },
  {
    files: ["**/*.{ts,tsx,mts,mjs,astro}"],
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: { eqeqeq: "error", "no-console": "error" },
  },
  {
    files: ["test/**", "src/image/**", "src/server/**", "src/authoring/**", "src/handout/**", "*.mjs"],
    rules: { "no-console": "off" },
  },
  {
    files: ["src/**", "content/**"],
    plugins: { boundaries },
    settings: {
      "boundaries/root-path": import.meta.dirname,
      "boundaries/dependency-nodes": ["import", "dynamic-import", "export"],
      "boundaries/files": layers.map(({ name, files }) => ({ category: name, pattern: files })),
      "import/resolver": { node: { extensions: [] } },
    },
    rules: {
      "boundaries/no-unknown-files": "error",
      "boundaries/dependencies": [
        "error",
        {
          default: "disallow",
          checkAllOrigins: true,
          checkUnknownLocals: true,
          policies: [
            { allow: { to: { module: { origin: "external" } } } },
            // Vite's way to name an address, of a worker and of a style sheet; no resolver follows it.
            {
              from: { file: { categories: "driver" } },
              allow: { dependency: { source: "./worker.ts?worker&url" } },
            },
            {
              from: { file: { categories: "page" } },
              allow: { dependency: { source: "../../../styles/print.css?url" } },
            },
            ...layers.flatMap(({ name, sees, node = true }) => [
              {
                from: { file: { categories: name } },
                allow: { to: { file: { categories: { anyOf: [name, ...sees] } } } },
              },
              ...(node
                ? [{ from: { file: { categories: name } }, allow: { to: { module: { origin: "core" } } } }]
                : []),
            ]),
          ],
        },
      ],
    },
  },
);
