import type { ComponentChildren } from "preact";
import { amount, count, moment } from "../../sandbox/kept-words.ts";
import type { Asking } from "./AskFirst.tsx";
import type { WorkDesk } from "./work-desk.ts";
import type { LessonWork, StepCounts } from "./work-overview.ts";

/** One lesson: what is kept of it, each part with the way to forget it. */
export function LessonWorkItem({ lesson, desk, ask }: { lesson: LessonWork; desk: WorkDesk; ask: Asking["ask"] }) {
  const { id, title, href, steps, workspace, machine, machineStep } = lesson;
  const now = new Date();
  const forget = (what: string, text: string, act: () => void) => () =>
    ask({ title: `Forget ${what} of “${title}”?`, text, yes: "Forget", act, lesson: id });
  return (
    <li class="work-lesson">
      <div class="work-lesson-head">
        <h3>{href === undefined ? title : <a href={href}>{title}</a>}</h3>
        <button
          type="button"
          class="plain-link"
          disabled={desk.busy.value !== undefined}
          onClick={() => void desk.exportWork(id)}
        >
          Export <span class="visually-hidden">“{title}”</span>
        </button>
      </div>
      {href === undefined && <p class="work-note">This site does not have this lesson.</p>}
      <dl>
        {steps !== undefined && (
          <Part
            name="Progress"
            lesson={title}
            onForget={forget(
              "the progress",
              "Its steps become open again. What is still there on a machine ticks them again when you go on with it: reset the lesson to begin from nothing.",
              () => void desk.forgetProgress(id),
            )}
          >
            {describeSteps(steps)}
          </Part>
        )}
        {workspace !== undefined && (
          <Part
            name="Files"
            lesson={title}
            onForget={forget(
              "the files",
              `${count(workspace.files, "file")} (${amount(workspace.bytes)}) will be gone. A machine that runs in this tab gets the lesson’s own again; one in another tab keeps yours.`,
              () => void desk.forgetWorkspace(id),
            )}
          >
            {count(workspace.files, "file")}, {amount(workspace.bytes)}, {moment(workspace.savedAt, now)}
          </Part>
        )}
        {machine !== undefined && (
          <Part
            name="Machine"
            lesson={title}
            onForget={forget(
              "the machine",
              "The next visit begins with a fresh one. Your files and progress stay.",
              () => void desk.forgetMachine(id),
            )}
          >
            {amount(machine.bytes)}, {moment(machine.savedAt, now)}
            {machineStep !== undefined && `, after “${machineStep}”`}
          </Part>
        )}
      </dl>
    </li>
  );
}

function Part({ name, lesson, onForget, children }: PartProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
      <dd class="work-forget">
        <button type="button" class="plain-link" onClick={onForget}>
          Forget{" "}
          <span class="visually-hidden">
            {name.toLowerCase()} of “{lesson}”
          </span>
        </button>
      </dd>
    </div>
  );
}

interface PartProps {
  name: string;
  lesson: string;
  onForget: () => void;
  children: ComponentChildren;
}

function describeSteps({ done, of, skipped, withSolution }: StepCounts): string {
  const words = [of === undefined ? `${count(done, "step")} done` : `${done} of ${count(of, "step")} done`];
  if (withSolution > 0) words.push(`${withSolution} with its solution`);
  if (skipped > 0) words.push(`${skipped} skipped`);
  return words.join(", ");
}
