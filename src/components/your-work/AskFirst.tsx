import { useSignal, type Signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { WorkReport } from "./WorkReport.tsx";
import type { WorkDesk } from "./work-desk.ts";
import { yourWorkWords } from "../../words/your-work.ts";

/** Something that cannot be undone, and what to say before it is done. */
export interface Question {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly act: () => void;
  /** What an export beforehand is limited to. */
  readonly lesson?: string;
}

export interface Asking {
  readonly asked: Signal<Question | undefined>;
  ask(question: Question): void;
}

export function useQuestion(): Asking {
  const asked = useSignal<Question | undefined>(undefined);
  return { asked, ask: (question) => (asked.value = question) };
}

/** Asks before work is lost, and offers to export it before. */
export function AskFirst({ question: { asked }, desk }: { question: Asking; desk: WorkDesk }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const exports = useSignal(false);
  const question = asked.value;
  useEffect(() => {
    if (question !== undefined) dialog.current?.showModal();
  }, [question]);
  return (
    <dialog
      ref={dialog}
      class="work-dialog"
      aria-labelledby="ask-title"
      onClose={({ currentTarget }) => {
        asked.value = undefined;
        exports.value = false;
        if (currentTarget.returnValue === "yes") question?.act();
        currentTarget.returnValue = "";
      }}
    >
      {question !== undefined && (
        <form method="dialog">
          <h2 id="ask-title">{question.title}</h2>
          <p>{question.text}</p>
          <WorkReport desk={desk} isOfInterest={exports.value} />
          <div class="work-dialog-buttons">
            <button type="submit" class="button" value="">
              {yourWorkWords.cancel}
            </button>
            <button
              type="button"
              class="button secondary"
              // A machine may be what is about to be lost.
              onClick={() => {
                exports.value = true;
                void desk.exportWork(question.lesson, { machines: true });
              }}
            >
              {yourWorkWords.exportFirst}
            </button>
            <button type="submit" class="button secondary danger" value="yes">
              {question.yes}
            </button>
          </div>
        </form>
      )}
    </dialog>
  );
}
