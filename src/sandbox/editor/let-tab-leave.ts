import type { editor } from "monaco-editor/editor.js";

/** In a text, Tab is a character; after Escape it goes on to what comes next on the page, as it does everywhere else. */
export function letTabLeave(of: editor.ICodeEditor, element: HTMLElement): void {
  let isLeaving = false;
  const isIdle = () => element.querySelector(ownUsesOfEscape) === null;
  const listen = (event: KeyboardEvent) => {
    if (event.key === "Escape") isLeaving = isIdle();
    else if (event.key === "Tab" && isLeaving) event.stopPropagation();
    else if (event.key !== "Shift") isLeaving = false;
  };
  element.addEventListener("keydown", listen, { capture: true });
  const blurred = of.onDidBlurEditorText(() => (isLeaving = false));
  of.onDidDispose(() => {
    element.removeEventListener("keydown", listen, { capture: true });
    blurred.dispose();
  });
}

/** What closes with Escape while it is open. */
const ownUsesOfEscape =
  ".suggest-widget.visible, .find-widget.visible, .parameter-hints-widget.visible, .snippet-placeholder";
