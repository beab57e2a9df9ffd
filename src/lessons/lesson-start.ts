import type { FrontMatter } from "./front-matter.ts";
import type { Lesson, LessonFile, LessonStart, MachineNeeds, SolutionAction } from "./model.ts";

/** What brings a fresh machine to the end of `earlier`, from wherever that one began. */
export function startFrom(earlier: Lesson): LessonStart {
  const { start, files, steps } = earlier;
  const later: SolutionAction[] = start ? writeAll(files) : [];
  const stepActions = steps.flatMap((step) => [...writeAll(step.files), ...step.solution]);
  const unwritten = [...(start ? files : []), ...steps.flatMap((step) => step.files)].filter(isBinary);
  return {
    lesson: earlier.id,
    title: earlier.title,
    files: [...(start ? start.files : files), ...unwritten],
    actions: [...(start?.actions ?? []), ...later, ...stepActions.filter(leavesSomething)],
  };
}

/** A quiz and the small machine leave nothing on the machine. */
function leavesSomething(action: SolutionAction): boolean {
  return action.type === "file" || (action.type === "command" && action.terminal !== "vm");
}

/** What a lesson needs together with what it goes on from. */
export function joinNeeds(own: FrontMatter["machine"], earlier: MachineNeeds | undefined): MachineNeeds {
  const both = (key: "images" | "features"): string[] => [...new Set([...(earlier?.[key] ?? []), ...own[key]])];
  return {
    terminals: Math.max(own.terminals, earlier?.terminals ?? 1),
    images: both("images"),
    features: both("features"),
  };
}

/**
 * Files of a later step or lesson come when its turn is, as they may replace what an earlier one has left. An action cannot
 * carry bytes that are no text: those files are there from the beginning.
 */
function writeAll(files: readonly LessonFile[]): SolutionAction[] {
  return files
    .filter((file) => !isBinary(file))
    .map(({ path, content, executable }) => ({ type: "file", path, content, executable }));
}

function isBinary({ encoding }: LessonFile): boolean {
  return encoding === "base64";
}
