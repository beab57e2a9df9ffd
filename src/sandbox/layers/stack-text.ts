import { layersWords as words } from "../../words/layers.ts";
import { amount } from "../kept-words.ts";
import type { Comparison } from "./compare-stacks.ts";
import type { View } from "./layer-view.ts";
import { instructionOf, joinNotes, notesOf, rowsOf, type ShownRow } from "./stack-rows.ts";
import { titleOf } from "./subject.ts";

/** What the picture shows, in lines for copying: the newest layer first. */
export function stackAsText(view: View, now: Date): string {
  const { subject, stack } = view;
  const title = words.title(subject.kind, titleOf(subject), amount(stack.size));
  return `${[title, ...rowsOf(view).flatMap((row) => linesOf(row, view, now))].join("\n")}\n`;
}

export interface ComparedViews extends Comparison {
  readonly of: View;
  readonly with: View;
}

/** For what both have: a layer has an age in each of the two images, so none is told. */
export function viewOfBoth({ of }: ComparedViews): View {
  return { ...of, ages: [] };
}

export function comparisonAsText(compared: ComparedViews, now: Date): string {
  const { of, with: other, alone, shared, bytes, twins } = compared;
  const part = (name: string, size: number | undefined, none: string, rows: readonly ShownRow[], view: View) => [
    "",
    `${name}${size === undefined ? "" : `: ${amount(size)}`}`,
    ...(rows.length === 0 ? [`  ${none}`] : rows.flatMap((row) => linesOf(row, view, now, twins))),
  ];
  const lines = [
    words.beside(titleOf(of.subject), titleOf(other.subject)),
    ...part(words.onlyIn(titleOf(of.subject)), bytes?.alone.of, words.nothingAlone, alone.of, of),
    ...part(words.onlyIn(titleOf(other.subject)), bytes?.alone.with, words.nothingAlone, alone.with, other),
    ...part(words.inBoth, bytes?.shared, words.nothingShared, shared, viewOfBoth(compared)),
    ...(bytes === undefined ? [] : ["", sumInWords(bytes)]),
  ];
  return `${lines.join("\n")}\n`;
}

export function sumInWords({ shared, alone }: NonNullable<Comparison["bytes"]>): string {
  const together = shared + alone.of + alone.with;
  return shared === 0
    ? words.togetherNothing(amount(together))
    : words.together(amount(together), amount(together + shared));
}

/** `twins` belong to a comparison, which does not say who else shares a layer. */
function linesOf(row: ShownRow, view: View, now: Date, twins?: ReadonlySet<string>): string[] {
  if (row.kind === "setting") return [`  -  ${row.step.instruction}`];
  const { size, counts, age, made, shared } = notesOf(row, view, now);
  const hidden = view.contents?.[row.number]?.hiddenBytes ?? 0;
  const name = row.kind === "writable" ? words.writableShort : words.layer(row.number + 1);
  const twin = row.kind === "layer" && twins?.has(row.digest) === true ? words.twin : undefined;
  const notes = [
    counts && `${counts}${hidden > 0 ? words.hidden(amount(hidden)) : ""}`,
    joinNotes(age?.words, made),
    twins === undefined ? shared : twin,
  ];
  return [
    `  ${[name, size, row.kind === "layer" ? instructionOf(row) : undefined].filter(Boolean).join("  ")}`,
    ...notes.filter(Boolean).map((note) => `      ${note ?? ""}`),
  ];
}
