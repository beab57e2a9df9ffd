import { listFigures, partNames, type FigureDefinition, type Section } from "./figures.ts";
import { markdown } from "./markdown.ts";
import { notes as keptNotes } from "./notes.ts";
import { pageKinds, pageMeasures } from "../pages/page-kinds.ts";
import { samplesOf, type PartRun, type Results } from "./results.ts";
import { siteTable } from "./site-growth.ts";
import { summarize, type Summary } from "./statistics.ts";

export interface Judged {
  readonly figure: FigureDefinition;
  /** `undefined` where the part has not been measured. */
  readonly summary: Summary | undefined;
  /** Whether the target is met; `undefined` without a target or a measurement. */
  readonly isMet: boolean | undefined;
}

/** The whole of it in Markdown. */
export function formatReport(results: Results, notes: Readonly<Record<string, string>> = keptNotes): string {
  const runs = partNames.flatMap((name) => results.parts[name] ?? []);
  const judged = judge(results);
  const parts = [
    "# Measured",
    "Written by `npm run bench`; every value is in the JSON file beside this one. Quantiles are interpolated linearly between the closest ranks, so that " +
      "the p95 of five runs lies between the two slowest. A target is for what stands beside it. An empty cell was not measured.",
    describeRuns(results),
    "## Targets that are not met",
    missedTargets(judged, notes),
    ...sections.map(({ section, title, text }) =>
      [
        `## ${title}`,
        text,
        table(
          judged.filter(({ figure }) => figure.section === section),
          results,
        ),
      ]
        .filter((part) => part !== "")
        .join("\n\n"),
    ),
    "## The pages",
    "At the cold visit's rate, by a browser without a cache. Weight is without the sandbox, which is loaded after the page, compressed as hosts do. INP: the view menu " +
      "opened and closed, then the palette. CLS is a number without unit. Each cell: median (p95; smallest to largest).",
    pageTable(results),
    "## The site",
    siteTable(results),
  ];
  return `${parts.join("\n\n")}\n${runs.length === 0 ? "\nNothing has been measured yet.\n" : ""}`;
}

export function judge(results: Results): readonly Judged[] {
  const mbit = results.parts.cold?.mbit ?? 50;
  return listFigures(mbit).map((figure) => {
    const samples = samplesOf(results, figure.id);
    const summary = samples.length === 0 ? undefined : summarize(samples);
    const isMet = summary && figure.target && summary[figure.target.by] <= figure.target.limit;
    return { figure, summary, isMet };
  });
}

/** A value with its unit, in as many digits as mean something. */
export function amount(value: number, unit: string): string {
  const digits = unit === "" || unit === "ms" ? (value < 1 && value > 0 ? 3 : 0) : value < 0.1 ? 3 : value < 10 ? 2 : 1;
  return `${value.toFixed(digits)}${unit && ` ${unit}`}`;
}

const sections: readonly { section: Section; title: string; text: string }[] = [
  { section: "prompt", title: "To the prompt and the first command", text: "" },
  {
    section: "commands",
    title: "Commands",
    text:
      "In the tab from the Enter key to the next prompt. Native: Debian's docker.io on the same host, with a bridge, in a network namespace. QEMU: the same image, " +
      "kernel and commands under QEMU TCG, asked through the machine's agent; its builds are in the machine's own disk, those of the tab in the workspace.",
  },
  { section: "sandbox", title: "Terminal, steps and the page", text: "" },
  {
    section: "floor",
    title: "The emulator's own floor",
    text: "The same i386 programs of the same disk, in the tab, and natively on one CPU of the host: how many times slower the emulated CPU is, whatever Docker does.",
  },
  { section: "growth", title: "Growth", text: "" },
];

function describeRuns({ parts }: Results): string {
  const rows = partNames.flatMap((name) => {
    const run = parts[name];
    return run
      ? [
          [
            name,
            run.date.slice(0, 16).replace("T", " "),
            `${Math.round(run.seconds)} s`,
            String(run.runs),
            run.commit,
            run.image.slice(0, 8),
            versions(run),
          ],
        ]
      : [];
  });
  const hosts = [...new Set(Object.values(parts).map(({ host }) => host))];
  const lines = markdown(["part", "measured", "took", "runs", "commit", "image", "with"], rows);
  const images = new Set(Object.values(parts).map(({ image }) => image));
  const mixed = images.size > 1 ? "\n\n**These parts were measured with different machine images.**" : "";
  return `On ${hosts.join(" and on ")}.\n\n${lines}${mixed}`;
}

function versions({ versions: all }: PartRun): string {
  return Object.entries(all)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");
}

function missedTargets(judged: readonly Judged[], notes: Readonly<Record<string, string>>): string {
  const missed = judged.filter(({ isMet }) => isMet === false);
  const unmeasured = judged.filter(({ figure, summary }) => figure.target && summary === undefined);
  if (missed.length === 0 && unmeasured.length === 0) return "All are met.";
  return [
    ...missed.map(
      ({ figure }) => `- ${figure.title}: ${notes[figure.id] ?? "**not explained: it has no note in `notes.ts`.**"}`,
    ),
    ...unmeasured.map(({ figure }) => `- ${figure.title}: **not measured.**`),
  ].join("\n");
}

function table(judged: readonly Judged[], results: Results): string {
  const measured = judged.filter(({ summary }) => summary !== undefined);
  if (measured.length === 0) return "Not measured.";
  const withTarget = measured.some(({ figure }) => figure.target);
  const withReferences = measured.some(({ figure }) => figure.native ?? figure.qemu);
  const withSmallest = measured.some(({ figure }) => figure.smallest);
  const reference = (summary: Summary, id: string | undefined, unit: string): string[] => {
    const samples = id === undefined ? [] : samplesOf(results, id);
    if (samples.length === 0) return ["", ""];
    const other = summarize(samples);
    return [
      `${amount(other.median, unit)} (p95 ${amount(other.p95, unit)}; ${spread(other, unit)})`,
      times(summary.median / other.median),
    ];
  };
  const rows = measured.flatMap(({ figure, summary, isMet }) => {
    if (!summary) return [];
    const { title, unit, target } = figure;
    return [
      [
        title,
        amount(summary.median, unit),
        amount(summary.p95, unit),
        spread(summary, unit),
        String(summary.runs),
        ...(withTarget
          ? [
              target ? `${target.by === "max" ? "each" : target.by} ≤ ${target.limit} ${unit}` : "",
              isMet === undefined ? "" : isMet ? "yes" : "**no**",
            ]
          : []),
        ...(withReferences
          ? [...reference(summary, figure.native, unit), ...reference(summary, figure.qemu, unit)]
          : []),
        ...(withSmallest ? [smallestRatio(summary, figure, results)] : []),
      ],
    ];
  });
  const heads = [
    "figure",
    "median",
    "p95",
    "spread",
    "runs",
    ...(withTarget ? ["target", "met"] : []),
    ...(withReferences ? ["native", "× native", "QEMU TCG", "× QEMU"] : []),
    ...(withSmallest ? ["× the smallest size"] : []),
  ];
  return markdown(heads, rows);
}

function smallestRatio(summary: Summary, { smallest }: FigureDefinition, results: Results): string {
  const samples = smallest === undefined ? [] : samplesOf(results, smallest);
  return samples.length === 0 ? "" : times(summary.median / summarize(samples).median);
}

function pageTable(results: Results): string {
  if (results.parts.pages === undefined) return "Not measured.";
  const rows = pageKinds.map(({ name, path }) => [
    `${name} \`${path}\``,
    ...pageMeasures.map(({ id, unit }) => {
      const samples = samplesOf(results, `page ${name} ${id}`);
      if (samples.length === 0) return "";
      const summary = summarize(samples);
      if (summary.runs === 1) return amount(summary.median, unit);
      return `${amount(summary.median, unit)} (${amount(summary.p95, unit)}; ${spread(summary, unit)})`;
    }),
  ]);
  return markdown(["page", ...pageMeasures.map(({ title }) => title)], rows);
}

function spread({ min, max }: Summary, unit: string): string {
  return min === max ? amount(min, unit) : `${amount(min, unit)} to ${amount(max, unit)}`;
}

function times(ratio: number): string {
  return `${ratio.toFixed(ratio < 10 ? 1 : 0)}×`;
}
