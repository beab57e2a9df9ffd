/** Monaco's list of suggestions: `features/suggest` registers only what goes with it. */
declare module "monaco-editor/editor/contrib/suggest/browser/suggestController.js";
