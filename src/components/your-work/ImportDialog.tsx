import { useEffect, useRef } from "preact/hooks";
import type { LessonPlan, PartPlan } from "../../sandbox/import-plan.ts";
import { amount, count, moment } from "../../sandbox/kept-words.ts";
import { WorkReport } from "./WorkReport.tsx";
import type { WorkDesk } from "./work-desk.ts";
import { yourWorkWords } from "../../words/your-work.ts";

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
        <h2 id="import-title">{yourWorkWords.importWork}</h2>
        <p>{yourWorkWords.fileExportedStepsDone(moment(plan.work.created, new Date()))}</p>
        {changes.length === 0 && <p>{yourWorkWords.nothingNew}</p>}
        <ul>
          {changes.map((lesson) => (
            <li key={lesson.lesson}>
              <h3>{titles.get(lesson.lesson) ?? lesson.lesson}</h3>
              <Changes lesson={lesson} />
            </li>
          ))}
        </ul>
        {plan.unknown.length > 0 && <p>{yourWorkWords.unknownLessons(plan.unknown.length, plan.unknown.join(", "))}</p>}
        {ignored.length > 0 && (
          <p>{yourWorkWords.leftOut(ignored.slice(0, 5).join(", "), Math.max(0, ignored.length - 5))}</p>
        )}
        {desk.machineRuns.value && <p>{yourWorkWords.machineRunningBrowserFiles}</p>}
        <WorkReport desk={desk} />
        <div class="work-dialog-buttons">
          <button type="submit" class="button" value="yes" disabled={changes.length === 0}>
            {yourWorkWords.import}
          </button>
          {differs && (
            <button
              type="button"
              class="button secondary"
              onClick={() => void desk.exportWork(undefined, { machines: true })}
            >
              {yourWorkWords.exportWhatHereFirst}
            </button>
          )}
          <button type="submit" class="button secondary" value="">
            {yourWorkWords.cancel}
          </button>
        </div>
      </form>
    </dialog>
  );
}

function Changes({ lesson: { lesson, newlyDone, workspace, machine } }: { lesson: LessonPlan }) {
  return (
    <>
      {newlyDone > 0 && <p>{yourWorkWords.becomeDone(newlyDone)}</p>}
      {workspace !== undefined && (
        <PartChange
          name={`workspace ${lesson}`}
          part={workspace}
          added={yourWorkWords.filesAdded(workspace.imported.files, amount(workspace.imported.bytes))}
          question={yourWorkWords.filesDiffer}
          words={({ files, bytes }) => `${count(files, "file")}, ${amount(bytes)}`}
        />
      )}
      {machine !== undefined && (
        <PartChange
          name={`machine ${lesson}`}
          part={machine}
          added={yourWorkWords.machineAdded(amount(machine.imported.bytes))}
          question={yourWorkWords.twoMachines}
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
        {yourWorkWords.thoseHere(words(part.here), moment(part.here.savedAt, now))}
      </label>
      <label>
        <input type="radio" name={name} value="file" />
        {yourWorkWords.thoseOfFile(words(part.imported), moment(part.imported.savedAt, now))}
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
