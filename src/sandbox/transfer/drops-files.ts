import { terminalWords as words } from "../../words/terminal.ts";
import type { Workbench } from "../workbench.ts";

/** For an element that puts the files that are dropped on it into the workspace. */
export function dropsFiles(bench: Workbench): {
  readonly onDragOver: (event: DragEvent) => void;
  readonly onDragLeave: (event: DragEvent) => void;
  readonly onDrop: (event: DragEvent) => void;
} {
  const mark = ({ currentTarget }: DragEvent, isOver: boolean) => {
    if (!(currentTarget instanceof HTMLElement)) return;
    if (isOver) currentTarget.dataset.drop = words.dropHere;
    else delete currentTarget.dataset.drop;
  };
  return {
    onDragOver(event) {
      if (event.dataTransfer?.types.includes("Files") !== true) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      mark(event, true);
    },
    onDragLeave: (event) => mark(event, false),
    onDrop(event) {
      mark(event, false);
      const { dataTransfer } = event;
      if (dataTransfer?.types.includes("Files") !== true) return;
      event.preventDefault();
      if ([...dataTransfer.items].some((item) => item.webkitGetAsEntry()?.isDirectory === true)) {
        bench.notice.value = words.folderDropped;
        return;
      }
      bench.transfer.value = { kind: "upload", files: [...dataTransfer.files] };
    },
  };
}
