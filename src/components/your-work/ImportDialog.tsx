import { useEffect, useRef } from "preact/hooks";
import type { LessonPlan, PartPlan } from "../../sandbox/import-plan.ts";
import { amount, count, moment } from "../../sandbox/kept-words.ts";
import { WorkReport } from "./WorkReport.tsx";
import type { WorkDesk } from "./work-desk.ts";

/** What an import would do, lesson by lesson, with a choice where two things cannot both stay. */
export function ImportDialog({ desk, titles }: { desk: WorkDesk; titles: ReadonlyMap<string, string> }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const plan = desk.plan.value;
  useEffect(() => {
    if (plan !== undefined) dialog.current?.showModal();
  }, [plan]);
  if (plan === undefined) return null;

  const changes = plan.lessons.filter(
    ({ newlyDone, workspace, machine }) => newlyDone > 0 || isChange(workspace) || isChange(machine),
  );
  const differs = changes.some(
    ({ workspace, machine }) => workspace?.kind === "differs" || machine?.kind === "differs",
  );
  const { ignored } = plan.work;
  return (
    <dialog
      ref={dialog}
      class="work-dialog work-import"
      aria-labelledby="import-title"
      onClose={({ currentTarget }) => {
        if (currentTarget.returnValue === "yes" && form.current !== null) {
          const answers = new FormData(form.current);
          const chosen = (part: string) =>
            new Set(
              plan.lessons.flatMap(({ lesson }) => (answers.get(`${part} ${lesson}`) === "file" ? [lesson] : [])),
            );
          void desk.carryOut(plan, { workspaces: chosen("workspace"), machines: chosen("machine") });
        } else desk.plan.value = undefined;
      }}
    >
      <form method="dialog" ref={form}>
        <h2 id="import-title">Import this work?</h2>
        <p>The file was exported {moment(plan.work.created, new Date())}. Steps that are done here stay done.</p>
        {changes.length === 0 && <p>There is nothing new in it.</p>}
        <ul>
          {changes.map((lesson) => (
            <li key={lesson.lesson}>
              <h3>{titles.get(lesson.lesson) ?? lesson.lesson}</h3>
              <Changes lesson={lesson} />
            </li>
          ))}
        </ul>
        {plan.unknown.length > 0 && (
          <p>
            This site does not have {plan.unknown.length === 1 ? "this lesson" : "these lessons"}:{" "}
            {plan.unknown.join(", ")}. The work is imported all the same.
          </p>
        )}
        {ignored.length > 0 && (
          <p>
            Left out, as it belongs to no lesson: {ignored.slice(0, 5).join(", ")}
            {ignored.length > 5 && ` and ${ignored.length - 5} more`}.
          </p>
        )}
        {desk.machineRuns.value && (
          <p>
            A machine is running in this browser. Files that it changes later are kept over the imported ones, so close
            the tabs with lessons first.
          </p>
        )}
        <WorkReport desk={desk} />
        <div class="work-dialog-buttons">
          <button type="submit" class="button" value="yes" disabled={changes.length === 0}>
            Import
          </button>
          {differs && (
            <button
              type="button"
              class="button secondary"
              onClick={() => void desk.exportWork(undefined, { machines: true })}
            >
              Export what is here first
            </button>
          )}
          <button type="submit" class="button secondary" value="">
            Cancel
          </button>
        </div>
      </form>
    </dialog>
  );
}

function Changes({ lesson: { lesson, newlyDone, workspace, machine } }: { lesson: LessonPlan }) {
  return (
    <>
      {newlyDone > 0 && (
        <p>
          {count(newlyDone, "step")} {newlyDone === 1 ? "becomes" : "become"} done.
        </p>
      )}
      {workspace !== undefined && (
        <PartChange
          name={`workspace ${lesson}`}
          part={workspace}
          added={`${count(workspace.imported.files, "file")} (${amount(workspace.imported.bytes)}) ${workspace.imported.files === 1 ? "is" : "are"} added.`}
          question="The files differ. Which ones should stay?"
          words={({ files, bytes }) => `${count(files, "file")}, ${amount(bytes)}`}
        />
      )}
      {machine !== undefined && (
        <PartChange
          name={`machine ${lesson}`}
          part={machine}
          added={`A machine (${amount(machine.imported.bytes)}) is added.`}
          question="There are two machines. Which one should stay?"
          words={({ bytes }) => amount(bytes)}
        />
      )}
    </>
  );
}

function PartChange<T extends { savedAt: string }>({ name, part, added, question, words }: PartChangeProps<T>) {
  if (part.kind === "same") return null;
  if (part.kind === "new") return <p>{added}</p>;
  const now = new Date();
  return (
    <fieldset>
      <legend>{question}</legend>
      <label>
        <input type="radio" name={name} value="here" defaultChecked />
        Those here: {words(part.here)}, {moment(part.here.savedAt, now)}
      </label>
      <label>
        <input type="radio" name={name} value="file" />
        Those of the file: {words(part.imported)}, {moment(part.imported.savedAt, now)}
      </label>
    </fieldset>
  );
}

function isChange(part: PartPlan<unknown> | undefined): boolean {
  return part !== undefined && part.kind !== "same";
}

interface PartChangeProps<T> {
  name: string;
  part: PartPlan<T>;
  added: string;
  question: string;
  words: (part: T) => string;
}
