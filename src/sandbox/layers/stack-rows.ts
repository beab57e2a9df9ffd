import { layersWords as words } from "../../words/layers.ts";
import { amount } from "../kept-words.ts";
import type { ImageStack, LayerRow, StackRow } from "./image-stack.ts";
import type { View } from "./layer-view.ts";

/** A row of a stack as it is drawn: those of the image, and a container's own layer on top. */
export type ShownRow = StackRow | WritableRow;

export interface WritableRow {
  readonly kind: "writable";
  readonly number: number;
}

/** Newest first. */
export function rowsOf({ subject, stack }: Pick<View, "subject" | "stack">): readonly ShownRow[] {
  if (subject.kind === "image") return stack.rows;
  return [{ kind: "writable", number: countLayers(stack) }, ...stack.rows];
}

/** Those of the image. */
export function countLayers({ rows }: ImageStack): number {
  return rows.filter(({ kind }) => kind === "layer").length;
}

/** Undefined until it is known. */
export function bytesOf(row: LayerRow | WritableRow, { contents }: Pick<View, "contents">): number | undefined {
  return contents?.[row.number]?.bytes ?? (row.kind === "layer" ? row.step?.size : undefined);
}

export function instructionOf(row: ShownRow): string {
  if (row.kind === "writable") return words.writable;
  return row.kind === "setting" ? row.step.instruction : (row.step?.instruction ?? row.digest.slice(0, 19));
}

/** What is said of a layer besides its instruction. */
export interface LayerNotes {
  readonly size?: string;
  /** What it changes. */
  readonly counts?: string;
  readonly age?: { readonly kind: "new" | "there"; readonly words: string };
  /** When its step was run, by the image's history. */
  readonly made?: string;
  readonly shared?: string;
}

export function notesOf(row: LayerRow | WritableRow, view: View, now: Date): LayerNotes {
  const bytes = bytesOf(row, view);
  const content = view.contents?.[row.number];
  const notes = {
    ...(bytes !== undefined && { size: amount(bytes) }),
    ...(content !== undefined && { counts: countsInWords(content.changes) }),
  };
  if (row.kind === "writable") return notes;
  const age = view.ages[row.number];
  const made = madeInWords(row.step?.created, now);
  return {
    ...notes,
    ...(age?.kind === "new" && { age: { kind: age.kind, words: words.newSince(clock(age.since)) } }),
    ...(age?.kind === "there" && { age: { kind: age.kind, words: words.there } }),
    ...(made !== undefined && { made }),
    ...(row.sharedWith.length > 0 && {
      shared: words.sharedWith(row.sharedWith.slice(0, mostNamed), Math.max(0, row.sharedWith.length - mostNamed)),
    }),
  };
}

const mostNamed = 4;

/** In one line, without what is not known. */
export function joinNotes(...notes: readonly (string | undefined)[]): string {
  return notes.filter((note) => note !== undefined).join(" · ");
}

export function countsInWords(changes: readonly { readonly change: string }[]): string {
  const counts = { added: 0, changed: 0, deleted: 0 };
  for (const { change } of changes) if (change in counts) counts[change as keyof typeof counts]++;
  const parts = (["added", "changed", "deleted"] as const).flatMap((kind) =>
    counts[kind] === 0 ? [] : [`${counts[kind].toLocaleString("en-GB")} ${words.changes[kind]}`],
  );
  return parts.join(", ") || words.nothingChanged;
}

export function clock(time: Date): string {
  return time.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

/** Builds that are to come out the same every time have a date of no meaning, 1970 or year 1. */
function madeInWords(created: number | undefined, now: Date): string | undefined {
  if (created === undefined || created < secondsOfYear) return undefined;
  const time = new Date(created * 1000);
  if (time.toDateString() === now.toDateString()) return words.madeToday(clock(time));
  return words.made(time.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" }));
}

const secondsOfYear = 366 * 24 * 3600;
