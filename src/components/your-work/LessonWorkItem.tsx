import type { ComponentChildren } from "preact";
import { amount, count, moment } from "../../sandbox/kept-words.ts";
import type { Asking } from "./AskFirst.tsx";
import type { WorkDesk } from "./work-desk.ts";
import type { LessonWork, StepCounts } from "./work-overview.ts";
import { yourWorkWords } from "../../words/your-work.ts";

/** One lesson: what is kept of it, each part with the way to forget it. */
export function LessonWorkItem({ lesson, desk, ask }: { lesson: LessonWork; desk: WorkDesk; ask: Asking["ask"] }) {
  const { id, title, href, steps, workspace, machine, machineStep } = lesson;
  const now = new Date();
  const forget = (what: PartWords, text: string, act: () => void) => () =>
    ask({ title: yourWorkWords.forgetThe(what.of(title)), text, yes: yourWorkWords.forget, act, lesson: id });
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
          {yourWorkWords.export} <span class="visually-hidden">{yourWorkWords.named(title)}</span>
        </button>
      </div>
      {href === undefined && <p class="work-note">{yourWorkWords.siteNotLesson}</p>}
      <dl>
        {steps !== undefined && (
          <Part
            part={yourWorkWords.progress}
            lesson={title}
            onForget={forget(
              yourWorkWords.progress,
              yourWorkWords.stepsBecomeOpenAgain,
              () => void desk.forgetProgress(id),
            )}
          >
            {describeSteps(steps)}
          </Part>
        )}
        {workspace !== undefined && (
          <Part
            part={yourWorkWords.files}
            lesson={title}
            onForget={forget(
              yourWorkWords.files,
              yourWorkWords.filesGo(count(workspace.files, "file"), amount(workspace.bytes)),
              () => void desk.forgetWorkspace(id),
            )}
          >
            {count(workspace.files, "file")}, {amount(workspace.bytes)}, {moment(workspace.savedAt, now)}
          </Part>
        )}
        {machine !== undefined && (
          <Part
            part={yourWorkWords.machine}
            lesson={title}
            onForget={forget(
              yourWorkWords.machine,
              yourWorkWords.nextVisitBeginsFresh,
              () => void desk.forgetMachine(id),
            )}
          >
            {amount(machine.bytes)}, {moment(machine.savedAt, now)}
            {machineStep !== undefined && yourWorkWords.after(machineStep)}
          </Part>
        )}
      </dl>
    </li>
  );
}

function Part({ part, lesson, onForget, children }: PartProps) {
  return (
    <div>
      <dt>{part.name}</dt>
      <dd>{children}</dd>
      <dd class="work-forget">
        <button type="button" class="plain-link" onClick={onForget}>
          {yourWorkWords.forget} <span class="visually-hidden">{part.of(lesson)}</span>
        </button>
      </dd>
    </div>
  );
}

interface PartWords {
  readonly name: string;
  readonly of: (title: string) => string;
}

interface PartProps {
  part: PartWords;
  lesson: string;
  onForget: () => void;
  children: ComponentChildren;
}

function describeSteps({ done, of, skipped, withSolution }: StepCounts): string {
  const words = [
    of === undefined
      ? yourWorkWords.stepsDone(count(done, "step"))
      : yourWorkWords.stepsDoneOf(done, count(of, "step")),
  ];
  if (withSolution > 0) words.push(yourWorkWords.withSolution(withSolution));
  if (skipped > 0) words.push(yourWorkWords.skipped(skipped));
  return words.join(", ");
}
