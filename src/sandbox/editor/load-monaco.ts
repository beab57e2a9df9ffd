import { nextTask } from "../next-task.ts";
import type { TextEditor, TextEditorOptions } from "./text-editor.ts";

/** Loads and makes Monaco in steps that are tasks of their own: in one, the page would not answer for a tenth of a second or more. */
export async function loadMonaco(options: TextEditorOptions): Promise<TextEditor> {
  for (const step of steps) {
    await step();
    await nextTask();
  }
  const { MonacoEditor } = await import("./monaco-editor.ts");
  const made = new MonacoEditor(options);
  await nextTask();
  return made;
}

/** Each stands on those before it. */
const steps: readonly (() => Promise<unknown>)[] = [
  () => import("monaco-editor/editor/browser/widget/codeEditor/codeEditorWidget.js"),
  () => import("monaco-editor/editor.js"),
  () => import("./monaco-features.ts"),
  () => import("./monaco-suggestions.ts"),
];
