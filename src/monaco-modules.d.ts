/** Monaco's list of suggestions: `features/suggest` registers only what goes with it. */
declare module "monaco-editor/editor/contrib/suggest/browser/suggestController.js";
/** What shows texts, without all that stands on it: loaded first. */
declare module "monaco-editor/editor/browser/widget/codeEditor/codeEditorWidget.js";
