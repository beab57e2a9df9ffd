import type { Summary } from "./statistics.ts";

export interface Figure extends Summary {
  readonly title: string;
  readonly unit: string;
  /** The median should not be above. */
  readonly target?: number;
  /** The same on the host's own Docker Engine. */
  readonly host?: Summary;
}

export interface Report {
  readonly date: string;
  readonly host: string;
  readonly browser: string;
  readonly mbit: number;
  readonly figures: readonly Figure[];
}

export function formatReport({ date, host, browser, figures }: Report): string {
  const rows = figures.map((figure) => {
    const { title, median, p95, min, max, runs, target } = figure;
    const met = target === undefined ? "" : median <= target ? "yes" : "**no**";
    return [
      title,
      amount(median, figure),
      amount(p95, figure),
      `${amount(min, figure)} to ${amount(max, figure)}`,
      String(runs),
      target === undefined ? "" : `${target} ${figure.unit}`,
      met,
      figure.host ? amount(figure.host.median, figure) : "",
    ];
  });
  const heads = ["figure", "median", "p95", "spread", "runs", "target", "met", "Docker on the host"];
  const table = [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
  return `# Measured\n\n${date.slice(0, 10)}, ${browser}, ${host}. Written by \`npm run bench\`.\n\n${table}\n`;
}

function amount(value: number, { unit }: Figure): string {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(1)} ${unit}`;
}
