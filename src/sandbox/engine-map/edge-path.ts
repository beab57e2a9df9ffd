import { linkHorizontal } from "d3-shape";

/** In the picture's own units. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** From the side of one box that faces the other to the facing side of that. */
export function edgePath(from: Box, to: Box): string {
  const isRight = to.x + to.width / 2 >= from.x + from.width / 2;
  const source: Point = [isRight ? from.x + from.width : from.x, from.y + from.height / 2];
  const target: Point = [isRight ? to.x : to.x + to.width, to.y + to.height / 2];
  return curve({ source, target }) ?? "";
}

/** From below a port down beside the containers, and from the left into the one that publishes it. `lane` keeps several apart. */
export function portPath(port: Box, container: Box, lane: number): string {
  const x = container.x - 8 - (lane % lanes) * 3;
  const y = container.y + container.height / 2;
  const start = { x: port.x + port.width / 2, y: port.y + port.height };
  const turn = start.y + 8 + (lane % lanes) * 3;
  const side = start.x > x ? -1 : 1;
  const bend = Math.min(radius, Math.abs(start.x - x) / 2, Math.max(0, y - turn) / 2);
  return [
    `M${start.x},${start.y}`,
    `V${turn - bend}`,
    `Q${start.x},${turn} ${start.x + side * bend},${turn}`,
    `H${x - side * bend}`,
    `Q${x},${turn} ${x},${turn + bend}`,
    `V${y - bend}`,
    `Q${x},${y} ${x + bend},${y}`,
    `H${container.x}`,
  ].join("");
}

type Point = [x: number, y: number];

const curve = linkHorizontal<{ source: Point; target: Point }, Point>();
const lanes = 4;
const radius = 5;
