import { sayCount } from "./amount.ts";
import type { Service, Task } from "./engine-answers.ts";
import type { Properties } from "./property.ts";

export interface ServiceWithTasks extends Service {
  readonly tasks: readonly Task[];
}

interface Parameters {
  readonly running?: number | undefined;
  readonly completed?: number | undefined;
}

/** How many of a service's tasks do what is asked of them. */
export const taskCounts = {
  running: {
    wrong: (wanted: number, seen: ServiceWithTasks) => {
      const wish = isJob(seen) ? "complete" : "running";
      const alive = seen.tasks.filter(
        ({ Status, DesiredState }) => Status?.State === "running" && DesiredState === wish,
      );
      const current = alive.filter((task) => (isJob(seen) ? isOfLastStart : isCurrent)(task, seen));
      if (current.length === wanted && alive.length === current.length) return undefined;
      const older = alive.length - current.length;
      return [
        `has ${sayCount(current.length, "running task")}${older === 0 ? "" : `, and ${older === 1 ? "one" : older} from before its update`}`,
        ...sayProblem(seen),
      ];
    },
    wants: (wanted: number) => `with ${sayCount(wanted, "running task")}`,
  },
  completed: {
    wrong: (wanted: number, seen: ServiceWithTasks) => {
      const done = seen.tasks.filter((task) => task.Status?.State === "complete" && isOfLastStart(task, seen)).length;
      if (isJob(seen) && done === wanted) return undefined;
      return [`has ${sayCount(isJob(seen) ? done : 0, "completed task")}`, ...sayProblem(seen)];
    },
    wants: (wanted: number) => `with ${sayCount(wanted, "completed task")}`,
  },
} satisfies Properties<Parameters, ServiceWithTasks>;

export function modeOf({ Spec }: ServiceWithTasks): string {
  const { Global, ReplicatedJob, GlobalJob } = Spec?.Mode ?? {};
  if (Global) return "global";
  if (ReplicatedJob) return "replicated-job";
  return GlobalJob ? "global-job" : "replicated";
}

/** Its tasks are to end, and a swarm wishes them to be `complete` from their beginning. */
function isJob(seen: ServiceWithTasks): boolean {
  return modeOf(seen).endsWith("-job");
}

/** A job that is changed starts anew. Docker leaves out an index that is 0. */
function isOfLastStart({ JobIteration }: Task, { JobStatus }: Service): boolean {
  return (JobIteration?.Index ?? 0) === (JobStatus?.JobIteration?.Index ?? 0);
}

/** Why a task that is still wanted does not run. */
function sayProblem({ tasks }: ServiceWithTasks): string[] {
  const failed = tasks.find(({ Status, DesiredState }) => !/shutdown|remove/.test(DesiredState ?? "") && Status?.Err);
  const problem = failed?.Status?.Err;
  return problem ? [`has a task that does not run: ${problem.replace(/\.$/, "")}`] : [];
}

/**
 * Whether a task was made as the service is now. One that stands where another placement allows it as well is not made again; until its
 * update is over, nobody can tell.
 */
function isCurrent({ Spec: made }: Task, { Spec, UpdateStatus }: Service): boolean {
  // What runs its tasks is told of a service only.
  const { Placement: place, Runtime: _, ...wanted } = Spec?.TaskTemplate ?? {};
  const { Placement: madePlace, Runtime: __, ...rest } = made ?? {};
  const isUpdating = UpdateStatus?.State === "updating" || UpdateStatus?.State === "rollback_started";
  return isSame(rest, wanted) && (!isUpdating || isSame(madePlace ?? {}, place ?? {}));
}

/** The engine's order of keys differs from answer to answer. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const [ours, theirs] = [a, b].map((each) =>
    Object.entries(each as Record<string, unknown>).filter(([, value]) => value !== undefined && !isEmpty(value)),
  );
  if (ours?.length !== theirs?.length) return false;
  return (ours ?? []).every(([key, value]) => isSame(value, (b as Record<string, unknown>)[key]));
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === "object" && Object.keys(value).length === 0);
}
