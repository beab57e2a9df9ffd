import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import { editorWords } from "../../words/editor.ts";
import type { EditorDesk } from "./editor-desk.ts";
import type { EditorFiles } from "./editor-files.ts";
import { droppedFiles } from "./offered-files.ts";
import type { TreeWish } from "./tree-cursor.ts";
import { folderOf, isAt, placeIn } from "./workspace-tree.ts";

interface FileRowsProps {
  desk: EditorDesk;
  rowsRef: RefObject<HTMLUListElement>;
  onWish: (wish: TreeWish) => void;
}

/** The tree itself: one stop of Tab, with arrows inside. What is dragged onto a folder goes into it. */
export function FileRows({ desk, rowsRef, onWish }: FileRowsProps) {
  const { files, cursor } = desk;
  const rows = cursor.rows.value;
  const at = cursor.at.value;
  const opened = files.open.value?.path;
  /** The folder that what is dragged would go into. */
  const target = useSignal<string | undefined>(undefined);
  useEffect(() => {
    // Only when the keyboard is in the tree already does it follow. It may have gone on since this was drawn.
    if (rowsRef.current?.contains(document.activeElement) !== true) return;
    const now = cursor.at.peek()?.path;
    for (const row of rowsRef.current.children) if (row instanceof HTMLElement && row.title === now) row.focus();
  }, [at, cursor, rowsRef]);
  useEffect(() => {
    if (opened !== undefined) cursor.goTo(opened);
  }, [opened, cursor]);

  const onDrop = (event: DragEvent, folder: string) => {
    event.preventDefault();
    target.value = undefined;
    const data = event.dataTransfer;
    if (data === null) return;
    const from = data.getData(pathType);
    if (from === "") void desk.uploads.take(folder, droppedFiles(data));
    else void moveInto(files, from, folder);
  };
  const onDragOver = (event: DragEvent, folder: string) => {
    const types = event.dataTransfer?.types ?? [];
    if (!types.includes(pathType) && !types.includes("Files")) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = types.includes(pathType) ? "move" : "copy";
    target.value = folder;
  };
  return (
    <ul
      class="file-rows"
      role="tree"
      ref={rowsRef}
      aria-label={editorWords.tree.label}
      aria-description={editorWords.tree.keys}
      data-target={target.value === "" ? "" : undefined}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const wish = cursor.press(event.key);
        if (wish === undefined) return;
        event.preventDefault();
        if (wish !== true) onWish(wish);
      }}
      onDragOver={(event) => onDragOver(event, "")}
      onDragLeave={() => (target.value = undefined)}
      onDrop={(event) => onDrop(event, "")}
    >
      {rows.map((entry) => {
        const { path, name, kind, depth } = entry;
        const folder = kind === "folder" ? path : folderOf(path);
        return (
          <li
            key={path}
            role="treeitem"
            aria-level={depth + 1}
            aria-expanded={kind === "folder" ? cursor.isOpen(path) : undefined}
            aria-selected={path === at?.path}
            aria-current={path === opened ? "true" : undefined}
            tabIndex={path === at?.path ? 0 : -1}
            title={path}
            draggable
            data-kind={kind}
            data-target={target.value !== undefined && target.value !== "" && isAt(path, target.value) ? "" : undefined}
            style={{ "--depth": depth }}
            onFocus={() => cursor.goTo(path)}
            onClick={() => {
              cursor.goTo(path);
              if (kind === "folder") cursor.toggle(path);
              else onWish("open");
            }}
            onDragStart={(event) => {
              event.dataTransfer?.setData(pathType, path);
              if (event.dataTransfer !== null) event.dataTransfer.effectAllowed = "move";
            }}
            onDragEnd={() => (target.value = undefined)}
            onDragOver={(event) => onDragOver(event, folder)}
            onDrop={(event) => {
              event.stopPropagation();
              onDrop(event, folder);
            }}
          >
            {name}
          </li>
        );
      })}
    </ul>
  );
}

/** Only this page makes it, so nothing dragged from elsewhere is taken for a file of the tree. */
const pathType = "application/x-drydock-path";

async function moveInto(files: EditorFiles, from: string, folder: string): Promise<void> {
  const to = placeIn(folder, from);
  const paths = new Set(files.tree.peek().map(({ path }) => path));
  if (to === from || isAt(folder, from) || !paths.has(from)) return;
  if (paths.has(to)) files.problem.value = editorWords.name.taken(to);
  else await files.rename(from, to);
}
