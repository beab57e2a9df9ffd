import { useEffect, useMemo, useRef } from "preact/hooks";
import { amount, count } from "../../sandbox/kept-words.ts";
import { AskFirst, useQuestion } from "./AskFirst.tsx";
import { ImportDialog } from "./ImportDialog.tsx";
import { LessonWorkItem } from "./LessonWorkItem.tsx";
import { WorkDesk } from "./work-desk.ts";
import { WorkReport } from "./WorkReport.tsx";
import { sortByCourse, type CourseOutline } from "./work-overview.ts";
import { yourWorkWords } from "../../words/your-work.ts";

/** All that is kept in this browser, what can be forgotten of it, and the way out and in. */
export function YourWork({ courses, playgroundHref }: { courses: readonly CourseOutline[]; playgroundHref: string }) {
  const titles = useMemo(() => titlesOf(courses), [courses]);
  const desk = useMemo(() => new WorkDesk(new Set(titles.keys())), [titles]);
  useEffect(() => () => desk[Symbol.dispose](), [desk]);
  const chooser = useRef<HTMLInputElement>(null);
  const question = useQuestion();

  const work = desk.work.value;
  const where = desk.where.value;
  if (work === undefined || where === undefined) return <p>{yourWorkWords.lookingWhatKept}</p>;
  const sections = sortByCourse(work, courses, playgroundHref).filter(({ lessons }) => lessons.length > 0);
  const machineBytes = work.machines.reduce((sum, { bytes }) => sum + bytes, 0);
  const isBusy = desk.busy.value !== undefined;

  return (
    <>
      {where.kind === "memory" && (
        <p class="work-warning" role="alert">
          {yourWorkWords.yourFilesMachinesNot(where.why)}
        </p>
      )}
      <Totals desk={desk} />
      <div class="work-actions">
        <button
          type="button"
          class="button"
          disabled={isBusy || (sections.length === 0 && desk.setAside.value === 0)}
          onClick={() => void desk.exportWork()}
        >
          {yourWorkWords.exportEverything}
        </button>
        <button type="button" class="button secondary" disabled={isBusy} onClick={() => chooser.current?.click()}>
          {yourWorkWords.importFile}
        </button>
        <input
          ref={chooser}
          type="file"
          accept=".gz,.tgz,application/gzip"
          aria-label={yourWorkWords.fileImport}
          hidden
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            if (file !== undefined) void desk.openFile(file);
            currentTarget.value = "";
          }}
        />
        <button
          type="button"
          class="button secondary danger"
          disabled={isBusy || (sections.length === 0 && desk.setAside.value === 0)}
          onClick={() =>
            question.ask({
              title: yourWorkWords.deleteEverythingQuestion,
              text: yourWorkWords.yourProgressYourFiles,
              yes: yourWorkWords.deleteEverything2,
              act: () => void desk.forgetAll(),
            })
          }
        >
          {yourWorkWords.deleteEverything}
        </button>
        {work.machines.length > 0 && (
          <label class="work-with-machines">
            <input
              type="checkbox"
              checked={desk.withMachines.value}
              onChange={({ currentTarget }) => (desk.withMachines.value = currentTarget.checked)}
            />
            {yourWorkWords.putMachines(amount(machineBytes))}
          </label>
        )}
      </div>
      <WorkReport desk={desk} />
      {sections.length === 0 && <p>{yourWorkWords.nothingKeptYetWhat}</p>}
      {sections.map(({ id, title, lessons, untouched }) => (
        <section key={id} class="work-course">
          <h2>{title}</h2>
          <ul>
            {lessons.map((lesson) => (
              <LessonWorkItem key={lesson.id} lesson={lesson} desk={desk} ask={question.ask} />
            ))}
          </ul>
          {untouched > 0 && <p class="work-untouched">{yourWorkWords.notBegunYet(count(untouched, "lesson"))}</p>}
        </section>
      ))}
      <AskFirst question={question} desk={desk} />
      <ImportDialog desk={desk} titles={titles} />
    </>
  );
}

function Totals({ desk }: { desk: WorkDesk }) {
  const work = desk.work.value;
  const room = desk.room.value;
  const fileBytes = work?.workspaces.reduce((sum, { bytes }) => sum + bytes, 0) ?? 0;
  const machineBytes = work?.machines.reduce((sum, { bytes }) => sum + bytes, 0) ?? 0;
  const setAside = desk.setAside.value;
  return (
    <dl class="work-totals">
      <div>
        <dt>{yourWorkWords.yourFiles}</dt>
        <dd>{amount(fileBytes)}</dd>
      </div>
      <div>
        <dt>{yourWorkWords.yourMachines}</dt>
        <dd>{amount(machineBytes)}</dd>
      </div>
      {room !== undefined && (
        <div>
          <dt>{yourWorkWords.whatDownloaded}</dt>
          <dd>
            {yourWorkWords.room(amount(room.usedBytes), amount(room.allowedBytes))}{" "}
            {room.isLasting ? yourWorkWords.promisedKeepThem : yourWorkWords.mayClearThemWhen}
          </dd>
        </div>
      )}
      {setAside > 0 && (
        <div>
          <dt>{yourWorkWords.setAside}</dt>
          <dd>{yourWorkWords.couldNotReadExport(count(setAside, "record"))}</dd>
        </div>
      )}
    </dl>
  );
}

function titlesOf(courses: readonly CourseOutline[]): ReadonlyMap<string, string> {
  const lessons = courses.flatMap((course) => course.lessons);
  return new Map([...lessons.map(({ id, title }) => [id, title] as const), ["playground", yourWorkWords.playground]]);
}
