import { compareStacks } from "./comparison.ts";
import { stacksOf, type Block } from "./stack-blocks.ts";
import type { StacksView } from "./stacks-desk.ts";

/** Both stacks from the top down, and the comparison, in lines. */
export function stacksAsText(view: StacksView): string {
  const lines: string[] = [];
  for (const { title, top, more, layers } of stacksOf(view)) {
    lines.push(title, ...top.map((block) => `  ${blockAsText(block)}`));
    if (more !== undefined) lines.push(`  ${more}`);
    lines.push(...layers.map((block) => `  ${blockAsText(block)}`), "");
  }
  const { heads, rows } = compareStacks(view);
  lines.push(["", ...heads].join("\t"), ...rows.map((row) => row.join("\t")));
  return `${lines.join("\n")}\n`;
}

function blockAsText({ title, note, facts }: Block): string {
  const all = [...(note === undefined ? [] : [note]), ...facts.map(([name, value]) => `${name} ${value}`)];
  return all.length === 0 ? title : `${title}: ${all.join("; ")}`;
}
