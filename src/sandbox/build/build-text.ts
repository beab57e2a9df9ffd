import { buildWords as words } from "../../words/build.ts";
import { labelOf, numbered, type BuildView, type StepRow } from "./build-rows.ts";

/** What the picture shows, in lines for copying. */
export function buildAsText({ name, state, summary, sent, error, groups }: BuildView): string {
  const lines = [
    `${words.pictureTitle(name)}, ${words.buildStates[state]}`,
    [summary, ...(sent === undefined ? [] : [sent])].join(", "),
  ];
  for (const { title, steps } of groups) {
    if (title !== undefined) lines.push("", title);
    for (const row of steps) lines.push(...linesOf(row));
  }
  if (error !== undefined) lines.push("", error);
  return `${lines.filter((line, n) => n !== 1 || line !== "").join("\n")}\n`;
}

function linesOf({ step, sentence, was, fromMs, toMs }: StepRow): string[] {
  const time = fromMs === undefined || toMs === undefined ? "" : words.seconds(toMs - fromMs);
  const what = step.kind === "other" ? step.words : numbered(step);
  return [
    `  ${labelOf(step).padEnd(8)}${time.padStart(7)}  ${what}`,
    ...(sentence === undefined ? [] : [`      ${sentence}`]),
    ...(was === undefined ? [] : [`      ${words.was}: ${was}`, `      ${words.now}: ${step.words}`]),
    ...(step.error === undefined ? [] : [`      ${words.error(step.error)}`]),
  ];
}
