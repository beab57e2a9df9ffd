import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { EditorFiles } from "./editor-files.ts";
import { nameProblem } from "./workspace-tree.ts";

/** The files of the workspace: each opens with a click; new, rename and delete act on the one that is open. */
export function FileTree({ files }: { files: EditorFiles }) {
  const asking = useSignal<"new" | "rename" | "delete" | undefined>(undefined);
  const opened = files.open.value?.path;
  const entries = files.tree.value;
  const done = () => (asking.value = undefined);
  return (
    <nav class="file-tree" aria-label="Files in /workspace">
      <div class="file-actions">
        <button type="button" onClick={() => (asking.value = "new")}>
          New
        </button>
        <button type="button" disabled={opened === undefined} onClick={() => (asking.value = "rename")}>
          Rename
        </button>
        <button type="button" disabled={opened === undefined} onClick={() => (asking.value = "delete")}>
          Delete
        </button>
      </div>
      {asking.value === "new" && (
        <NameForm
          label="Name of the new file"
          initial=""
          taken={entries.map(({ path }) => path)}
          onCancel={done}
          onName={(path) => {
            done();
            void files.create(path);
          }}
        />
      )}
      {asking.value === "rename" && opened !== undefined && (
        <NameForm
          label={`New name of ${opened}`}
          initial={opened}
          taken={entries.map(({ path }) => path)}
          onCancel={done}
          onName={(path) => {
            done();
            void files.rename(opened, path);
          }}
        />
      )}
      {asking.value === "delete" && opened !== undefined && (
        <div class="file-form" role="alertdialog" aria-label={`Delete ${opened}?`}>
          <p>Delete {opened}?</p>
          <button
            type="button"
            onClick={() => {
              done();
              void files.remove(opened);
            }}
          >
            Delete
          </button>
          <button type="button" onClick={done}>
            Keep
          </button>
        </div>
      )}
      <ul>
        {entries.map(({ path, name, kind, depth }) => (
          <li key={path} style={{ paddingInlineStart: `${depth * 0.9}rem` }}>
            {kind === "folder" ? (
              <span class="folder">{name}</span>
            ) : (
              <button
                type="button"
                aria-current={path === opened ? "true" : undefined}
                onClick={() => void files.show(path)}
              >
                {name}
              </button>
            )}
          </li>
        ))}
      </ul>
      {files.isPartial.value && <p>There are more files than are shown here.</p>}
      {entries.length === 0 && <p>No files yet.</p>}
    </nav>
  );
}

interface NameFormProps {
  label: string;
  initial: string;
  taken: readonly string[];
  onName: (path: string) => void;
  onCancel: () => void;
}

function NameForm({ label, initial, taken, onName, onCancel }: NameFormProps) {
  const field = useRef<HTMLInputElement>(null);
  const problem = useSignal<string | undefined>(undefined);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  return (
    <form
      class="file-form"
      onSubmit={(event) => {
        event.preventDefault();
        const path = field.current?.value.trim() ?? "";
        problem.value = nameProblem(path, new Set(taken));
        if (problem.value === undefined) onName(path);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
      }}
    >
      <input ref={field} aria-label={label} placeholder="Dockerfile" defaultValue={initial} spellcheck={false} />
      {problem.value !== undefined && <p role="alert">{problem.value}</p>}
      <button type="submit">{initial === "" ? "Make" : "Rename"}</button>
      <button type="button" onClick={onCancel}>
        Cancel
      </button>
    </form>
  );
}
