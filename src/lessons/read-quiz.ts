import { readAnswerParts } from "./answer-parts.ts";
import { hasAttribute } from "./attribute-value.ts";
import { readRuledAttributes } from "./attributes.ts";
import type { Literal } from "./literal.ts";
import { isElement, plainText, unwrap, type Element } from "./mdx-tree.ts";
import type { QuizAnswer, QuizSpec, SolutionAction, WrongWork } from "./model.ts";
import { readProse } from "./read-prose.ts";
import type { Reading } from "./reading.ts";

export interface ReadQuiz {
  readonly spec: QuizSpec;
  readonly solution: SolutionAction;
  readonly wrong: readonly WrongWork[];
}

/** A quiz as a check, with what answers it and what does not. Undefined when it has mistakes, which are reported. */
export function readQuiz(element: Element, reading: Reading): ReadQuiz | undefined {
  const { report, mistakes, quizzes } = reading;
  const before = mistakes.length;
  const values = readRuledAttributes(element, report);
  const { id, question } = values;
  const type = (values.type ?? "one") as QuizSpec["type"];
  if (typeof id === "string") {
    if (quizzes.has(id)) report(element, `Two quizzes have the id "${id}".`, "Give each quiz an id of its own.");
    quizzes.add(id);
  }
  const { answers, reasons } = readParts(element, type, reading);
  const right = type === "number" ? readNumber(element, values, report) : readRight(element, type, answers, report);
  if (type === "number" || type === "order") {
    if (reasons !== 1) {
      const found = reasons === 0 ? "has no <Because>" : `has ${reasons} <Because>`;
      report(element, `A quiz of the type "${type}" ${found} of its own.`, "Write one, directly into the <Quiz>.");
    }
  } else if (reasons > 0) {
    report(element, "A quiz explains itself beside its answers.", "Put a <Because> into each <Answer>.");
  }
  if (mistakes.length > before || typeof id !== "string" || typeof question !== "string") return undefined;
  const tolerance = typeof values.tolerance === "number" ? { tolerance: values.tolerance } : {};
  const spec: QuizSpec = {
    kind: "quiz",
    id,
    quiz: id,
    type,
    question,
    right,
    answers: answers.length,
    ...tolerance,
  };
  return { spec, solution: { type: "answer", quiz: id, answer: right }, wrong: wrongAnswers(spec, answers) };
}

interface Answer {
  readonly right: boolean;
  readonly text: string;
}

function readParts(
  quiz: Element,
  type: QuizSpec["type"],
  reading: Reading,
): { readonly answers: readonly Answer[]; readonly reasons: number } {
  const answers: Answer[] = [];
  let reasons = 0;
  for (const child of unwrap(quiz.children)) {
    if (isElement(child) && child.name === "Answer") answers.push(readAnswer(child, type, reading));
    else if (isElement(child) && child.name === "Because") {
      reasons += 1;
      readBecause(child, reading);
    } else {
      reading.report(
        child,
        "A quiz holds something beside its answers.",
        "Write it before the <Quiz>, or as its question.",
      );
    }
  }
  return { answers, reasons };
}

function readAnswer(element: Element, type: QuizSpec["type"], reading: Reading): Answer {
  const { report } = reading;
  const values = readRuledAttributes(element, report);
  const { words, reasons } = readAnswerParts(element);
  for (const reason of reasons) readBecause(reason, reading);
  for (const child of words) readProse(child, "Answer", reading);
  const text = words.map(plainText).join("").trim();
  if (text === "") report(element, "An answer is empty.", "Write it between <Answer> and <Because>.");
  if (type === "one" || type === "many") {
    if (reasons.length !== 1) {
      const problem = reasons.length === 0 ? "does not say why it is right or wrong" : "says why more than once";
      report(
        element,
        `An answer ${problem}.`,
        "Write one <Because> into it: <Answer>text <Because>why</Because></Answer>.",
      );
    }
  } else if (type === "order") {
    if (values.right === true) {
      report(
        element,
        "An answer to be put in order is marked right.",
        "Leave right out: the order written is the right one.",
      );
    }
    if (reasons.length > 0) {
      report(element, "An answer to be put in order has a <Because>.", "Write one for all, directly into the <Quiz>.");
    }
  }
  return { right: values.right === true, text };
}

function readBecause(element: Element, reading: Reading): void {
  readRuledAttributes(element, reading.report);
  if (unwrap(element.children).length === 0) {
    reading.report(element, "A <Because> is empty.", "Write why the answer is right or wrong.");
  }
  for (const child of element.children) readProse(child, "Because", reading);
}

function readRight(
  element: Element,
  type: QuizSpec["type"],
  answers: readonly Answer[],
  report: Reading["report"],
): QuizAnswer {
  const count = answers.length;
  if (count < 2 || count > 8)
    report(element, `A quiz has ${count} ${count === 1 ? "answer" : "answers"}.`, "Write 2 to 8, each as <Answer>.");
  for (const name of ["answer", "tolerance", "unit"]) {
    if (!hasAttribute(element, name)) continue;
    report(element, `A quiz of the type "${type}" has "${name}".`, 'Leave it out, or write type="number".');
  }
  const repeated = answers.find(({ text }, index) => answers.findIndex((other) => other.text === text) < index);
  if (repeated?.text) report(element, `Two answers are “${repeated.text}”.`, "Write each answer once.");
  if (type === "order") return answers.map((_, index) => index);
  const right = answers.flatMap((answer, index) => (answer.right ? [index] : []));
  if (type === "one" && right.length !== 1) {
    const remedy = 'Mark the one that is right, <Answer right>, or write type="many".';
    report(element, `A quiz has ${right.length} right answers.`, remedy);
  } else if (right.length === 0) {
    report(element, "A quiz has 0 right answers.", "Mark those that are right: <Answer right>.");
  }
  return right;
}

function readNumber(
  element: Element,
  { answer, tolerance }: Readonly<Record<string, Literal>>,
  report: Reading["report"],
): QuizAnswer {
  if (unwrap(element.children).some((child) => isElement(child) && child.name === "Answer")) {
    report(element, 'A quiz of the type "number" has an <Answer>.', "Write answer={12} and one <Because> instead.");
  }
  if (answer === undefined && !hasAttribute(element, "answer")) {
    report(element, 'A quiz of the type "number" has no "answer".', "Write the number in braces: answer={12}.");
  }
  if (typeof tolerance === "number" && tolerance < 0) {
    report(element, `"tolerance" of <Quiz> is ${tolerance}.`, "Write how far off an answer may be: tolerance={0.5}.");
  }
  return typeof answer === "number" ? [answer] : [];
}

/** Answers that must not pass: each wrong choice, the order turned round, a number that is too far off. */
function wrongAnswers({ quiz, type, right, tolerance = 0 }: QuizSpec, answers: readonly Answer[]): WrongWork[] {
  const work = (answer: QuizAnswer, shown: string): WrongWork => ({
    because: `“${shown}” is not the answer of the quiz ${quiz}`,
    actions: [{ type: "answer", quiz, answer }],
    undo: [],
  });
  const [first = 0] = right;
  if (type === "number") return [work([first + tolerance + 1], String(first + tolerance + 1))];
  if (type === "order") return [work(right.toReversed(), "the order turned round")];
  if (type === "one") {
    return answers.flatMap(({ text }, index) => (index === first ? [] : [work([index], text)]));
  }
  const all = answers.map((_, index) => index);
  return right.length < all.length ? [work(all, "all of them")] : [work(right.slice(1), "all but the first")];
}
