import { scaleLinear } from "d3-scale";
import { area, curveLinear, line } from "d3-shape";
import { keptSeconds, type Point } from "./history.ts";
import type { Subject } from "./subjects.ts";

/** Of what a chart tells. */
export type Measure = "cpu" | "memory";

/** A chart as what there is to draw, in its own units. */
export interface ChartShape {
  /** Of SVG paths; empty while there is nothing to draw. */
  readonly line: string;
  readonly area: string;
  /** How far the limit's line is from the top; undefined where there is no limit. */
  readonly limitY: number | undefined;
  /** How many seconds it goes back. */
  readonly seconds: number;
}

/** The shape of one measure of `subject` over time, newest on the right, in a box of these units. */
export function chartShape(subject: Subject, measure: Measure, box: { width: number; height: number }): ChartShape {
  const { points } = subject;
  const value = (point: Point) => (measure === "cpu" ? point.cpu : point.memoryBytes);
  const limit = measure === "cpu" ? subject.cpuLimit : subject.memoryLimit;
  const newest = points.at(-1)?.time ?? 0;
  const seconds = Math.min(keptSeconds, Math.max(shortestSeconds, newest - (points[0]?.time ?? newest)));
  const highest = Math.max(0, ...points.map((point) => value(point) ?? 0));
  const least = measure === "cpu" ? 0.1 : 65_536;
  // A limit has room above it for its words, and what has none fills the box with what it uses most.
  const top = Math.max((limit ?? 0) * 1.3, highest * 1.15, least);
  const x = scaleLinear([newest - seconds, newest], [0, box.width]);
  const y = scaleLinear([0, top], [box.height, 0]);
  const dots = withGaps(points);
  const at = (dot: Dot) => x(dot.time);
  const isThere = ({ point }: Dot) => point !== undefined && value(point) !== undefined;
  const height = ({ point }: Dot) => y((point && value(point)) ?? 0);
  const drawLine = line<Dot>(at, height).defined(isThere).curve(curveLinear);
  const drawArea = area<Dot>(at, box.height, height).defined(isThere).curve(curveLinear);
  return {
    line: drawLine(dots) ?? "",
    area: drawArea(dots) ?? "",
    limitY: limit === undefined ? undefined : y(limit),
    seconds: Math.round(seconds),
  };
}

/** A chart of a container that has just begun is not wider than what is known of it by more than this. */
const shortestSeconds = 60;

interface Dot {
  readonly time: number;
  /** Undefined where nobody looked for a while. */
  readonly point: Point | undefined;
}

function withGaps(points: readonly Point[]): readonly Dot[] {
  return points.flatMap((point, n) => {
    const before = points[n - 1];
    const dot = { time: point.time, point };
    const isGap = before !== undefined && point.time - before.time > longestSilence;
    return isGap ? [{ time: before.time, point: undefined }, dot] : [dot];
  });
}

/** In seconds; between two looks that follow each other lies less, even at 100 containers. */
const longestSilence = 30;
