import { useSignal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { editorWords } from "../../words/editor.ts";

const words = editorWords.form;

interface NameFormProps {
  label: string;
  initial: string;
  example: string;
  submit: string;
  problemOf: (path: string) => string | undefined;
  onName: (path: string) => void;
  onCancel: () => void;
}

/** Asks for the path of something in the workspace. */
export function NameForm({ label, initial, example, submit, problemOf, onName, onCancel }: NameFormProps) {
  const field = useRef<HTMLInputElement>(null);
  const problem = useSignal<string | undefined>(undefined);
  // Before anything is typed.
  useLayoutEffect(() => {
    field.current?.focus();
    // The name itself, not where it lies and not what kind it is.
    const start = initial.lastIndexOf("/") + 1;
    const dot = initial.lastIndexOf(".");
    field.current?.setSelectionRange(start, dot > start ? dot : initial.length);
  }, [initial]);
  return (
    <form
      class="file-form"
      onSubmit={(event) => {
        event.preventDefault();
        const path = field.current?.value.trim() ?? "";
        problem.value = problemOf(path);
        if (problem.value === undefined) onName(path);
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onCancel();
      }}
    >
      <input
        ref={field}
        aria-label={label}
        aria-invalid={problem.value !== undefined}
        placeholder={example}
        defaultValue={initial}
        autocapitalize="off"
        autocomplete="off"
        spellcheck={false}
      />
      {problem.value !== undefined && <p role="alert">{problem.value}</p>}
      <button type="submit">{submit}</button>
      <button type="button" onClick={onCancel}>
        {words.cancel}
      </button>
    </form>
  );
}

interface DeleteFormProps {
  question: string;
  onDelete: () => void;
  onKeep: () => void;
}

export function DeleteForm({ question, onDelete, onKeep }: DeleteFormProps) {
  const first = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => first.current?.focus(), []);
  return (
    <div
      class="file-form"
      role="alertdialog"
      aria-label={question}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onKeep();
      }}
    >
      <p>{question}</p>
      <button type="button" class="danger" ref={first} onClick={onDelete}>
        {words.delete}
      </button>
      <button type="button" onClick={onKeep}>
        {words.keep}
      </button>
    </div>
  );
}
