import { scaleLinear } from "d3-scale";
import { buildWords as words } from "../../words/build.ts";
import { cutText, escapeSvg } from "../pictures/svg-text.ts";
import { labelOf, numbered, type BuildView, type StepRow } from "./build-rows.ts";

/** The build as an SVG file of its own, in colours that print well: steps from top to bottom, time from left to right. */
export function buildAsSvg({ name, state, summary, groups, durationMs }: BuildView): string {
  const time = timeScale(durationMs, left, width - margin);
  let y = 78;
  const drawn: string[] = [];
  for (const { title, steps } of groups) {
    if (title !== undefined) {
      drawn.push(text(margin, y + 18, title, { size: 12, ink: soft, weight: 600 }));
      y += 28;
    }
    for (const row of steps) {
      drawn.push(draw(row, y, time));
      y += heightOf(row);
    }
    y += 6;
  }
  const title = `${words.pictureTitle(name)}, ${words.buildStates[state]}`;
  const axis = ticksOf(time).map(({ at, label }) => {
    const line = `<line x1="${at}" y1="70" x2="${at}" y2="${y}" stroke="#e4ddd0"/>`;
    return `${line}${text(at, 64, label, { size: 11, ink: soft, anchor: at > width - 60 ? "end" : "start" })}`;
  });
  const height = y + 14;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-monospace, monospace" font-size="13">
<title>${escapeSvg(title)}</title>
<rect width="100%" height="100%" fill="#ffffff"/>
${text(margin, 28, title, { size: 17, weight: 600 })}
${text(margin, 48, cutText(summary, 100), { size: 12, ink: soft })}
${[...axis, ...drawn].join("\n")}
</svg>
`;
}

export interface TimeScale {
  (ms: number): number;
  ticks(count: number): number[];
}

/** Both ends of the build at both ends of its place. */
export function timeScale(durationMs: number, from: number, to: number): TimeScale {
  return scaleLinear()
    .domain([0, Math.max(durationMs, 100)])
    .range([from, to]);
}

/** Whole or half seconds, as many as are easy to read. */
export function ticksOf(time: TimeScale, count = 5): { readonly at: number; readonly label: string }[] {
  return time.ticks(count).map((ms) => ({ at: time(ms), label: `${ms / 1000} s` }));
}

const width = 860;
const margin = 16;
/** Where the axis of time begins. */
const left = 470;
/** A letter of the font is 7.8 wide at 13 pixels. */
const letters = 57;
const soft = "#4d5a64";
const colours = {
  cached: "#1b6e48",
  done: "#d9480f",
  running: "#d9480f",
  failed: "#a61b2b",
  waiting: "#8d8778",
  skipped: "#8d8778",
} as const;

function draw(row: StepRow, y: number, time: TimeScale): string {
  const { step, sentence, was, fromMs, toMs } = row;
  const isPlain = step.kind !== "instruction" && step.state !== "failed";
  const colour = isPlain ? colours.waiting : colours[step.state];
  const took = fromMs === undefined || toMs === undefined ? undefined : words.seconds(toMs - fromMs);
  const what = step.kind === "other" ? step.words : numbered(step);
  const isOther = step.kind === "other";
  const parts = [
    text(margin, y + 15, labelOf(step), { size: 11, ink: colour, weight: 600 }),
    text(margin + 62, y + 15, cutText(what, letters - 8), { ink: isOther ? soft : ink }),
  ];
  if (fromMs !== undefined && toMs !== undefined && took !== undefined) {
    const from = time(fromMs);
    const bar = Math.max(2, time(toMs) - from);
    parts.push(
      `<rect x="${from.toFixed(1)}" y="${y + 5}" width="${bar.toFixed(1)}" height="12" rx="2" fill="${colour}"/>`,
    );
    const isLate = from + bar > width - 70;
    parts.push(
      text(isLate ? from - 4 : from + bar + 4, y + 15, took, { size: 11, ink: soft, anchor: isLate ? "end" : "start" }),
    );
  }
  const notes = notesOf(sentence, was, step.error);
  parts.push(
    ...notes.map((note, n) => text(margin + 62, y + 31 + n * 15, cutText(note, 112), { size: 11, ink: soft })),
  );
  return parts.join("");
}

function heightOf({ sentence, was, step }: StepRow): number {
  return 24 + 15 * notesOf(sentence, was, step.error).length;
}

function notesOf(sentence: string | undefined, was: string | undefined, error: string | undefined): string[] {
  return [
    ...(sentence === undefined ? [] : [sentence]),
    ...(was === undefined ? [] : [`${words.was}: ${was}`]),
    ...(error === undefined ? [] : [words.error(error)]),
  ];
}

const ink = "#16242f";

function text(
  x: number,
  y: number,
  line: string,
  style: { size?: number; ink?: string; weight?: number; anchor?: "start" | "end" } = {},
): string {
  const { size = 13, ink: fill = ink, weight = 400, anchor = "start" } = style;
  return `<text x="${x.toFixed(1)}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}">${escapeSvg(line)}</text>`;
}
