import { amount } from "../kept-words.ts";
import type { View } from "./layers-desk.ts";

/** What the picture shows, in lines for copying: the newest layer first. */
export function stackAsText({ subject, stack, contents }: View): string {
  const lines = [`${subject.kind} ${subject.name}, ${amount(stack.size)}`];
  const top = contents?.[stack.rows.filter(({ kind }) => kind === "layer").length];
  if (subject.kind === "container" && top !== undefined)
    lines.push(`  writable layer  ${amount(top.bytes)}  ${countsInWords(top.changes)}`);
  for (const row of stack.rows) {
    if (row.kind === "setting") {
      lines.push(`  -               ${row.step.instruction}`);
      continue;
    }
    const content = contents?.[row.number];
    const size = amount(content?.bytes ?? row.step?.size ?? 0);
    lines.push(`  layer ${row.number + 1}  ${size}  ${row.step?.instruction ?? row.digest}`);
    if (content !== undefined)
      lines.push(`      ${countsInWords(content.changes)}${hiddenInWords(content.hiddenBytes)}`);
    if (row.sharedWith.length > 0) lines.push(`      shared with ${row.sharedWith.join(", ")}`);
  }
  return `${lines.join("\n")}\n`;
}

export function countsInWords(changes: readonly { readonly change: string }[]): string {
  const parts = (["added", "changed", "deleted"] as const).flatMap((kind) => {
    const count = changes.filter(({ change }) => change === kind).length;
    return count === 0 ? [] : [`${count} ${kind}`];
  });
  return parts.join(", ") || "nothing changed";
}

function hiddenInWords(bytes: number): string {
  return bytes === 0 ? "" : `; ${amount(bytes)} of it hidden by layers above`;
}
