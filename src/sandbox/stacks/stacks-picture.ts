import { stacksWords as words } from "../../words/stacks.ts";
import { cutText, escapeSvg } from "../pictures/svg-text.ts";
import { stacksOf, type Block, type Stack } from "./stack-blocks.ts";
import type { StacksView } from "./stacks-desk.ts";

/** Both stacks side by side as an SVG file of its own, in light colours, standing on the same ground line. */
export function stacksAsSvg(view: StacksView): string {
  const stacks = stacksOf(view);
  const heights = stacks.map(heightOf);
  const height = Math.max(...heights) + 80;
  const drawn = stacks.map((stack, n) => drawStack(stack, 16 + n * (stackWidth + 24), height - 16));
  const width = 32 + stackWidth * 2 + 24;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-sans-serif, system-ui, sans-serif" font-size="13">
<title>${escapeSvg(words.title)}</title>
<rect width="100%" height="100%" fill="#ffffff"/>
${drawn.join("\n")}
</svg>
`;
}

const stackWidth = 420;
const gap = 6;
const lineHeight = 17;

function heightOfBlock({ facts, note }: Block): number {
  return 30 + (note === undefined ? 0 : lineHeight) + facts.length * lineHeight;
}

function rowsOf(top: readonly Block[]): readonly (readonly Block[])[] {
  const rows: Block[][] = [];
  for (let n = 0; n < top.length; n += 2) rows.push(top.slice(n, n + 2));
  return rows;
}

function heightOf({ top, more, layers }: Stack): number {
  const rows = rowsOf(top).map((row) => Math.max(...row.map(heightOfBlock)) + gap);
  const below = layers.map((block) => heightOfBlock(block) + gap);
  return [...rows, ...below].reduce((sum, each) => sum + each, 0) + (more === undefined ? 0 : 24);
}

function drawStack(stack: Stack, x: number, ground: number): string {
  let y = ground - heightOf(stack);
  const parts = [
    `<text x="${x}" y="${y - 14}" font-size="17" font-weight="600" fill="#16242f">${escapeSvg(stack.title)}</text>`,
  ];
  for (const row of rowsOf(stack.top)) {
    const height = Math.max(...row.map(heightOfBlock));
    const width = (stackWidth - gap * (row.length - 1)) / row.length;
    row.forEach((block, n) => parts.push(drawBlock(block, x + n * (width + gap), y, width, height)));
    y += height + gap;
  }
  if (stack.more !== undefined) {
    parts.push(line(x + 12, y + 15, stack.more, 12, "#4d5a64", stackWidth));
    y += 24;
  }
  for (const block of stack.layers) {
    const height = heightOfBlock(block);
    parts.push(drawBlock(block, x, y, stackWidth, height));
    y += height + gap;
  }
  return parts.join("\n");
}

const fills: Readonly<Record<Block["kind"], string>> = {
  container: "#fbe9df",
  vm: "#e2f1e8",
  engine: "#f1ede5",
  machine: "#e2f1e8",
  emulator: "#f1ede5",
  tab: "#f8f6f1",
  computer: "#dfd8cb",
};

function drawBlock(
  { kind, title, note, facts, isOff }: Block,
  x: number,
  y: number,
  width: number,
  height: number,
): string {
  let at = y + 20;
  const parts = [
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="${isOff ? "#ffffff" : fills[kind]}" stroke="#8d8778"${isOff ? ' stroke-dasharray="5 4"' : ""}/>`,
    line(x + 12, at, title, 14, "#16242f", width, 600),
  ];
  if (note !== undefined) parts.push(line(x + 12, (at += lineHeight), note, 12, "#4d5a64", width));
  for (const [name, value] of facts)
    parts.push(line(x + 12, (at += lineHeight), `${name}: ${value}`, 12, "#16242f", width));
  return parts.join("\n");
}

/** A letter of the font is about half as wide as it is high; what does not fit is cut. */
function line(x: number, y: number, text: string, size: number, fill: string, width: number, weight = 400): string {
  const letters = Math.floor((width - 24) / (size * 0.53));
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}">${escapeSvg(cutText(text, letters))}</text>`;
}
