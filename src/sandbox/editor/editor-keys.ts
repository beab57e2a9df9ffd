import type { EditorDesk } from "./editor-desk.ts";

/** Does what a key means anywhere in the editor; `false` for a key that means nothing here. */
export function editorKey(desk: EditorDesk, event: KeyboardEvent): boolean {
  const { files } = desk;
  const isPlain = !event.ctrlKey && !event.metaKey;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.code === "KeyS") void files.save();
  // Ctrl+W is the browser's own.
  else if (isPlain && event.altKey && event.code === "KeyW") void files.closeTab().then(() => files.focus());
  else if (isPlain && event.altKey && event.key === "PageDown") void files.turn(1);
  else if (isPlain && event.altKey && event.key === "PageUp") void files.turn(-1);
  else if (isPlain && event.altKey && event.shiftKey && event.code === "KeyF") void desk.format();
  else if (isPlain && !event.altKey && event.key === "F8") desk.goToNextProblem();
  else return false;
  return true;
}
