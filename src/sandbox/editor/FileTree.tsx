import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { downloadFile } from "../../components/download-file.ts";
import type { Workspace } from "../../machine/contract.ts";
import { editorWords } from "../../words/editor.ts";
import type { EditorDesk } from "./editor-desk.ts";
import { DeleteForm, NameForm } from "./FileForm.tsx";
import { FileRows } from "./FileRows.tsx";
import { Icon, type IconName } from "./Icon.tsx";
import { chosenFiles } from "./offered-files.ts";
import { folderOf, isAt, nameProblem, type TreeEntry } from "./workspace-tree.ts";

const words = editorWords.tree;

type Asking =
  | { readonly what: "new-file"; readonly folder: string }
  | { readonly what: "new-folder"; readonly folder: string }
  | { readonly what: "rename"; readonly entry: TreeEntry }
  | { readonly what: "delete"; readonly entry: TreeEntry };

interface FileTreeProps {
  desk: EditorDesk;
  workspace: Workspace;
  /** A file was asked for: that is what the person wants to see. */
  onOpen: () => void;
}

/** The files of the workspace, and what can be done with them. */
export function FileTree({ desk, workspace, onOpen }: FileTreeProps) {
  const { files, cursor } = desk;
  const asking = useSignal<Asking | undefined>(undefined);
  const rows = useRef<HTMLUListElement>(null);
  const tree = files.tree.value;
  const chosen = cursor.chosen;
  const answered = useSignal(0);
  const done = () => {
    asking.value = undefined;
    answered.value++;
  };
  const times = answered.value;
  useEffect(() => {
    // Only now is the row there that has the keyboard next.
    if (times > 0) rows.current?.querySelector<HTMLElement>("[tabindex='0']")?.focus();
  }, [times]);
  /** Where something new goes: into the folder that is chosen, or beside the file that is. */
  const folder = chosen === undefined ? "" : chosen.kind === "folder" ? chosen.path : folderOf(chosen.path);
  const ask = (what: "rename" | "delete") => {
    if (cursor.at.peek() !== undefined && chosen !== undefined) asking.value = { what, entry: chosen };
  };
  const download = async () => {
    const { takeOut } = await import("./take-out.ts");
    downloadFile(await takeOut(workspace, chosen ?? { path: "", kind: "folder" }, new Date()));
  };
  return (
    <nav class="file-tree" aria-label={words.label}>
      <div class="file-actions" role="group" aria-label={words.actions}>
        <Act icon="new-file" label={words.newFile} onClick={() => (asking.value = { what: "new-file", folder })} />
        <Act
          icon="new-folder"
          label={words.newFolder}
          onClick={() => (asking.value = { what: "new-folder", folder })}
        />
        <Chooser desk={desk} folder={folder} />
        <Chooser desk={desk} folder={folder} isForFolder />
        <Act icon="download" label={words.downloadOf(chosen?.path ?? "")} onClick={() => void files.trying(download)} />
        <Act icon="rename" label={words.rename} disabled={chosen === undefined} onClick={() => ask("rename")} />
        <Act icon="delete" label={words.delete} disabled={chosen === undefined} onClick={() => ask("delete")} />
      </div>
      {asking.value !== undefined && <Question desk={desk} asking={asking.value} onDone={done} />}
      <FileRows
        desk={desk}
        rowsRef={rows}
        onWish={(wish) => {
          const at = cursor.at.peek();
          if (at === undefined) return;
          cursor.goTo(at.path);
          if (wish === "open") {
            onOpen();
            void files.show(at.path);
          } else asking.value = { what: wish, entry: at };
        }}
      />
      {files.isPartial.value && <p>{words.partial}</p>}
      {tree.length === 0 && (
        <p>
          {words.empty} {editorWords.dropHere}
        </p>
      )}
    </nav>
  );
}

interface ActProps {
  icon: IconName;
  label: string;
  disabled?: boolean;
  onClick: () => void;
}

function Act({ icon, label, disabled = false, onClick }: ActProps) {
  return (
    <button type="button" aria-label={label} title={label} disabled={disabled} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}

/** A button that opens the browser's own dialog for files. */
function Chooser({ desk, folder, isForFolder = false }: { desk: EditorDesk; folder: string; isForFolder?: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  const label = isForFolder ? words.uploadFolder : words.upload;
  useEffect(() => {
    if (input.current !== null) input.current.webkitdirectory = isForFolder;
  }, [isForFolder]);
  return (
    <>
      <Act icon={isForFolder ? "upload-folder" : "upload"} label={label} onClick={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={label}
        onChange={({ currentTarget }) => {
          void desk.uploads.take(folder, chosenFiles(currentTarget.files ?? []));
          // The same files can be chosen again.
          currentTarget.value = "";
        }}
      />
    </>
  );
}

function Question({ desk, asking, onDone }: { desk: EditorDesk; asking: Asking; onDone: () => void }) {
  const { files, cursor } = desk;
  const form = editorWords.form;
  const taken = new Set(files.tree.peek().map(({ path }) => path));
  if (asking.what === "delete") {
    const { path, kind } = asking.entry;
    return (
      <DeleteForm
        question={kind === "folder" ? form.deleteFolder(path) : form.deleteFile(path)}
        onDelete={() => {
          const next = cursor.besides(path);
          void files.remove(path).then(() => {
            if (next !== undefined) cursor.goTo(next.path);
            onDone();
          });
        }}
        onKeep={onDone}
      />
    );
  }
  if (asking.what === "rename") {
    const { path } = asking.entry;
    return (
      <NameForm
        key={path}
        label={form.rename(path)}
        initial={path}
        example={path}
        submit={form.move}
        problemOf={(to) => moveProblem(path, to, taken)}
        onCancel={onDone}
        onName={(to) =>
          void (to === path ? Promise.resolve() : files.rename(path, to)).then(() => {
            cursor.goTo(to);
            onDone();
          })
        }
      />
    );
  }
  const isFolder = asking.what === "new-folder";
  const initial = asking.folder === "" ? "" : `${asking.folder}/`;
  return (
    <NameForm
      key={asking.what + initial}
      label={isFolder ? form.newFolder : form.newFile}
      initial={initial}
      example={isFolder ? form.exampleFolder : form.example}
      submit={form.make}
      problemOf={(path) => nameProblem(path, taken)}
      onCancel={onDone}
      onName={(path) => {
        if (isFolder)
          void files.createFolder(path).then(() => {
            cursor.goTo(path);
            onDone();
          });
        else {
          cursor.goTo(path);
          onDone();
          void files.create(path);
        }
      }}
    />
  );
}

/** What is wrong with a new place for something. */
export function moveProblem(from: string, to: string, taken: ReadonlySet<string>): string | undefined {
  if (to === from) return undefined;
  return isAt(to, from) ? editorWords.name.inItself : nameProblem(to, taken);
}
