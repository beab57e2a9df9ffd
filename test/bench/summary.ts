import { markdown } from "./markdown.ts";
import { amount, judge, type Judged } from "./report.ts";
import type { Results } from "./results.ts";

/** The figures of two runs side by side, in Markdown: medians, and how far the second is from the first. */
export function formatSummary(first: Results, second: Results): string {
  const others = new Map(judge(second).map((judged) => [judged.figure.id, judged]));
  const rows = judge(first).flatMap((one) => {
    const other = others.get(one.figure.id);
    if (!one.summary || !other?.summary) return [];
    const { title, unit, target } = one.figure;
    const change = one.summary.median === 0 ? "" : percent(other.summary.median / one.summary.median - 1);
    return [
      [
        title,
        describe(one),
        describe(other),
        change,
        target ? `${target.by === "max" ? "each" : target.by} ≤ ${target.limit} ${unit}` : "",
        target ? `${word(one)} / ${word(other)}` : "",
      ],
    ];
  });
  return `${markdown(["figure", "run: median (p95)", "rerun: median (p95)", "change", "target", "met"], rows)}\n`;
}

function describe({ figure: { unit }, summary }: Judged): string {
  return summary ? `${amount(summary.median, unit)} (${amount(summary.p95, unit)})` : "";
}

function word({ isMet }: Judged): string {
  return isMet ? "yes" : "**no**";
}

function percent(share: number): string {
  return `${share < 0 ? "−" : "+"}${Math.abs(share * 100).toFixed(0)} %`;
}
