import { useEffect, useMemo, useRef } from "preact/hooks";
import { amount, count } from "../../sandbox/kept-words.ts";
import { AskFirst, useQuestion } from "./AskFirst.tsx";
import { ImportDialog } from "./ImportDialog.tsx";
import { LessonWorkItem } from "./LessonWorkItem.tsx";
import { WorkDesk } from "./work-desk.ts";
import { WorkReport } from "./WorkReport.tsx";
import { sortByCourse, type CourseOutline } from "./work-overview.ts";

/** All that is kept in this browser, what can be forgotten of it, and the way out and in. */
export function YourWork({ courses, playgroundHref }: { courses: readonly CourseOutline[]; playgroundHref: string }) {
  const titles = useMemo(() => titlesOf(courses), [courses]);
  const desk = useMemo(() => new WorkDesk(new Set(titles.keys())), [titles]);
  useEffect(() => () => desk[Symbol.dispose](), [desk]);
  const chooser = useRef<HTMLInputElement>(null);
  const question = useQuestion();

  const work = desk.work.value;
  const where = desk.where.value;
  if (work === undefined || where === undefined) return <p>Looking at what is kept…</p>;
  const sections = sortByCourse(work, courses, playgroundHref).filter(({ lessons }) => lessons.length > 0);
  const machineBytes = work.machines.reduce((sum, { bytes }) => sum + bytes, 0);
  const isBusy = desk.busy.value !== undefined;

  return (
    <>
      {where.kind === "memory" && (
        <p class="work-warning" role="alert">
          Your files and machines are not kept when you leave. {where.why} Export your work to keep it.
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
          Export everything
        </button>
        <button type="button" class="button secondary" disabled={isBusy} onClick={() => chooser.current?.click()}>
          Import from a file…
        </button>
        <input
          ref={chooser}
          type="file"
          accept=".gz,.tgz,application/gzip"
          aria-label="File to import"
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
              title: "Delete everything?",
              text: "Your progress, your files and your machines go from this browser. A machine that is running, in this tab or another, is ended. What was downloaded of the machine stays. This cannot be undone.",
              yes: "Delete everything",
              act: () => void desk.forgetAll(),
            })
          }
        >
          Delete everything…
        </button>
        {work.machines.length > 0 && (
          <label class="work-with-machines">
            <input
              type="checkbox"
              checked={desk.withMachines.value}
              onChange={({ currentTarget }) => (desk.withMachines.value = currentTarget.checked)}
            />
            Put kept machines into what I export ({amount(machineBytes)} in all)
          </label>
        )}
      </div>
      <WorkReport desk={desk} />
      {sections.length === 0 && <p>Nothing is kept yet. What you do in a lesson appears here.</p>}
      {sections.map(({ id, title, lessons, untouched }) => (
        <section key={id} class="work-course">
          <h2>{title}</h2>
          <ul>
            {lessons.map((lesson) => (
              <LessonWorkItem key={lesson.id} lesson={lesson} desk={desk} ask={question.ask} />
            ))}
          </ul>
          {untouched > 0 && <p class="work-untouched">{count(untouched, "lesson")} not begun yet.</p>}
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
        <dt>Your files</dt>
        <dd>{amount(fileBytes)}</dd>
      </div>
      <div>
        <dt>Your machines</dt>
        <dd>{amount(machineBytes)}</dd>
      </div>
      {room !== undefined && (
        <div>
          <dt>With what was downloaded</dt>
          <dd>
            {amount(room.usedBytes)} of the {amount(room.allowedBytes)} that this browser allows.{" "}
            {room.isLasting
              ? "It has promised to keep them."
              : "It may clear them when it runs short of space, so export what matters to you."}
          </dd>
        </div>
      )}
      {setAside > 0 && (
        <div>
          <dt>Set aside</dt>
          <dd>{count(setAside, "record")} could not be read. “Export everything” puts them into its file.</dd>
        </div>
      )}
    </dl>
  );
}

function titlesOf(courses: readonly CourseOutline[]): ReadonlyMap<string, string> {
  const lessons = courses.flatMap((course) => course.lessons);
  return new Map([...lessons.map(({ id, title }) => [id, title] as const), ["playground", "Playground"]]);
}
