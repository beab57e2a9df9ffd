import type { Check } from "./check.ts";
import type { AskContext } from "./kind.ts";
import { latest } from "./moment.ts";
import { notYet, passed, unknown, type Outcome } from "./outcome.ts";

export type Combinator = "any" | "all" | "not";

/**
 * Several checks as one, judged by one asking: `any` when one of them passes, `all` when they pass together, `not` when none
 * does. They are asked one after the other, no more of them than the answer needs.
 */
export function combine(kind: Combinator, of: readonly Check[]): Check {
  let asked: readonly Check[] = of;
  let holding: readonly Check[] = of;
  return {
    get holds() {
      const sentences = holding.map((check) => check.holds).join(" ");
      return kind === "not" ? `This is not so: ${sentences}` : sentences;
    },
    // What was not asked has no part in the answer.
    get hasNoEvent() {
      return asked.some((check) => check.hasNoEvent);
    },
    settleMs: Math.max(kind === "not" ? absenceSettleMs : 0, ...of.map((check) => check.settleMs)),
    answerMs: of.reduce((sum, check) => sum + check.answerMs, 0),
    isAbsence: isAbsence(kind, of),
    staysTrue: kind !== "not" && of.every((check) => check.staysTrue),
    concerns: (change) => of.some((check) => check.concerns(change)),
    async ask(context) {
      const answers: Outcome[] = [];
      for (const check of of) {
        const answer = await askOne(check, context);
        answers.push(answer);
        asked = of.slice(0, answers.length);
        if (kind === "not" && answer.result === "passed") return refused(check);
        if (kind === "any" && answer.result === "passed") {
          holding = [check];
          return answer;
        }
        if (kind === "all" && answer.result === "not-yet") return answer;
      }
      const unanswered = answers.find(({ result }) => result === "unknown");
      if (unanswered !== undefined) return unanswered;
      if (kind === "any") return noneOf(answers);
      return kind === "all" ? together(answers) : passed;
    },
  };
}

/** Long enough for what has just begun to be seen. */
const absenceSettleMs = 600;

/** Whether it passes where nothing was done, given which of its parts do. */
function isAbsence(kind: Combinator, of: readonly Check[]): boolean {
  if (kind === "any") return of.some((check) => check.isAbsence);
  if (kind === "all") return of.every((check) => check.isAbsence);
  return !of.some((check) => check.isAbsence);
}

/** One that cannot be asked must not keep the others from their answers. */
async function askOne(check: Check, context: AskContext): Promise<Outcome> {
  try {
    return await check.ask(context);
  } catch (error) {
    if (context.signal?.aborted === true) throw error;
    return unknown(error instanceof Error ? error.message : String(error));
  }
}

/** All of it has been so since the latest part, if of each is known since when. */
function together(answers: readonly Outcome[]): Outcome {
  const moments = answers.flatMap((answer) => (answer.result === "passed" && answer.since ? [answer.since] : []));
  return moments.length < answers.length ? passed : { result: "passed", since: latest(...moments) };
}

function refused({ holds }: Check): Outcome {
  return notYet(holds.replaceAll(/the step asks( for)?/g, "the step does not want"), "Wanted is that this is not so.");
}

function noneOf(answers: readonly Outcome[]): Outcome {
  const all = answers.flatMap((answer) => (answer.result === "not-yet" ? [answer] : []));
  const wanted = [...new Set(all.map((answer) => answer.wanted))].map((sentence, n) =>
    sentence.replace(/\.$/, "").replace(n === 0 ? /^Wanted / : /^Wanted (is|are) /, ""),
  );
  return notYet([...new Set(all.map(({ seen }) => seen))].join(" "), `Wanted ${wanted.join(", or ")}.`);
}
