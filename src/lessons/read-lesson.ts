import type { Root } from "mdast";
import { correctComponentNames } from "./component-names.ts";
import { readFrontMatter, type FrontMatter, type ReadFrontMatter } from "./front-matter.ts";
import { joinNeeds, startFrom } from "./lesson-start.ts";
import { LessonError, sortMistakes, type LessonMistake } from "./lesson-error.ts";
import { countElements, isElement, parseMdx, unwrap } from "./mdx-tree.ts";
import type { Lesson, Step } from "./model.ts";
import { readProse, readSlide } from "./read-prose.ts";
import { readRunHere, type RunHere } from "./run-here.ts";
import { readQuiz } from "./read-quiz.ts";
import { readStep } from "./read-step.ts";
import { createReading, mistakesOf, type EarlierLesson, type Reading, type ReadLessonOptions } from "./reading.ts";

/** Reads a lesson from its MDX source. Throws a `LessonError` with every mistake found. */
export function readLesson(source: string, options: ReadLessonOptions): Lesson {
  const { lesson, mistakes } = examineLesson(source, options);
  if (mistakes.length > 0) throw new LessonError(mistakes);
  return lesson;
}

export interface ExaminedLesson {
  /** With mistakes: as much of it as could be understood. */
  readonly lesson: Lesson;
  /** With mistakes in it: placeholders. */
  readonly frontMatter: FrontMatter;
  readonly runHere: RunHere | undefined;
  readonly mistakes: readonly LessonMistake[];
}

/** Reads a lesson from its MDX source, with its mistakes in the order of their lines. */
export function examineLesson(source: string, options: ReadLessonOptions): ExaminedLesson {
  const { id, file, files = [] } = options;
  const head = readFrontMatter(source, file);
  const frontMatter = head.value ?? { ...placeholder, title: id.split("/").at(-1) ?? id };
  const earlier = options.earlier?.get(frontMatter.startsFrom ?? "");
  const machine = joinNeeds(frontMatter.machine, earlier?.lesson.machine);
  const start = earlier ? startFrom(earlier.lesson) : null;
  const reading = createReading(options, head.value ? machine : { ...machine, terminals: Infinity });
  reading.mistakes.push(...head.mistakes);
  if (head.value) readNeeds(head, head.value, earlier, reading);
  for (const { path } of files) reading.told.add(path);

  const steps: Step[] = [];
  let runHere: RunHere | undefined;
  try {
    const root = parseMdx(source, file);
    correctComponentNames(root, reading.report);
    const smallMachines = countElements(root, "SmallMachine");
    steps.push(...readBody(root, { ...reading, hasSmallMachine: smallMachines > 0 }));
    if (smallMachines > 1) {
      reading.report(undefined, "The lesson has two small machines.", "Keep one <SmallMachine />.");
    }
    runHere = readRunHere(root, reading);
    readStepFolders(steps, reading);
    if (steps.length === 0 && reading.mistakes.length === 0) {
      const remedy = 'Put what the reader does into <Step id="…" title="…"> … </Step>.';
      reading.report(undefined, "The lesson has no step.", remedy);
    }
  } catch (error) {
    reading.mistakes.push(...mistakesOf(error));
  }
  const lesson = { id, title: frontMatter.title, machine, start, files, steps };
  return { lesson, frontMatter, runHere, mistakes: sortMistakes(reading.mistakes) };
}

const placeholder: Omit<FrontMatter, "title"> = {
  summary: "",
  minutes: 1,
  level: "beginner",
  objectives: [],
  prerequisites: [],
  machine: { terminals: 1, images: [], features: [] },
};

function readBody(root: Root, reading: Reading): Step[] {
  const { report } = reading;
  const steps: Step[] = [];
  for (const node of unwrap(root.children)) {
    if (isElement(node) && node.name === "Step") {
      const step = readStep(node, reading);
      if (step.id !== "" && steps.some(({ id }) => id === step.id)) {
        report(node, `Two steps have the id "${step.id}".`, "Give each step an id of its own.");
      }
      steps.push(step);
    } else if (isElement(node) && node.name === "Quiz") {
      readQuiz(node, reading);
    } else if (isElement(node) && node.name === "Slide") {
      readSlide(node, reading);
    } else {
      readProse(node, "lesson", reading);
    }
  }
  return steps;
}

/** Looks at what the front matter names. */
function readNeeds(
  { lineOf }: ReadFrontMatter,
  { machine, startsFrom }: FrontMatter,
  earlier: EarlierLesson | undefined,
  { report, options }: Reading,
): void {
  const there = options.machineImages;
  for (const [index, image] of machine.images.entries()) {
    if (!there || there.includes(image)) continue;
    const problem = `The machine does not have the image ${image}.`;
    report(lineOf(["machine", "images", index]), problem, `It has ${there.join(", ")}.`);
  }
  if (startsFrom === undefined || !options.earlier) return;
  const names = [...options.earlier.keys()];
  if (!earlier) {
    const problem = `"startsFrom" is "${startsFrom}", which is no earlier lesson of the course.`;
    const remedy = names.length > 0 ? `Before it come ${names.join(", ")}.` : "Leave it out: this is the first lesson.";
    report(lineOf(["startsFrom"]), problem, remedy);
  } else if (!earlier.isWhole) {
    const problem = `The lesson starts from "${startsFrom}", which has mistakes itself.`;
    report(lineOf(["startsFrom"]), problem, "Correct that lesson first.");
  }
}

function readStepFolders(steps: readonly Step[], { report, options }: Reading): void {
  const ids = steps.map(({ id }) => id);
  // A step without a right id has been reported, and may be the one.
  if (ids.length === 0 || ids.includes("")) return;
  for (const id of options.stepFiles?.keys() ?? []) {
    if (ids.includes(id)) continue;
    report(undefined, `The folder steps/${id} belongs to no step.`, `Name it after a step: ${ids.join(", ")}.`);
  }
}
