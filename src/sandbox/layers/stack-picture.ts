import { layersWords as words } from "../../words/layers.ts";
import { amount } from "../kept-words.ts";
import { cutText, escapeSvg } from "../pictures/svg-text.ts";
import type { View } from "./layer-view.ts";
import { instructionOf, joinNotes, notesOf, rowsOf, type ShownRow } from "./stack-rows.ts";
import { sumInWords, viewOfBoth, type ComparedViews } from "./stack-text.ts";
import { titleOf } from "./subject.ts";

/** The stack as an SVG file of its own, in colours that print well: for slides, and for those who teach. */
export function stackAsSvg(view: View, now: Date): string {
  const title = words.title(view.subject.kind, titleOf(view.subject), amount(view.stack.size));
  const rows = rowsOf(view).map((row) => rowWords(row, view, now));
  const { drawn, bottom } = drawRows(rows, { x: edge, y: 56, width: width - 2 * edge });
  return svgOf(title, bottom + edge, drawn);
}

/** Two stacks that stand on what they share. */
export function comparisonAsSvg(compared: ComparedViews, now: Date): string {
  const { of, with: other, alone, shared, bytes, twins } = compared;
  const half = (width - 3 * edge) / 2;
  const left = alone.of.map((row) => rowWords(row, of, now, twins));
  const right = alone.with.map((row) => rowWords(row, other, now, twins));
  const high = Math.max(heightOf(left), heightOf(right), none);
  const top = 84;
  const drawColumn = (rows: readonly RowWords[], view: View, x: number, size: number | undefined) => {
    const head = `${words.onlyIn(titleOf(view.subject))}${size === undefined ? "" : `: ${amount(size)}`}`;
    const place = { x, y: top + high - heightOf(rows), width: half };
    return [
      label(head, x, top + high - Math.max(heightOf(rows), none) - 12, half),
      ...(rows.length === 0 ? [label(words.nothingAlone, x, top + high - 14, half)] : drawRows(rows, place).drawn),
    ];
  };
  const below = top + high + 34;
  const base = drawRows(
    shared.map((row) => rowWords(row, viewOfBoth(compared), now, twins)),
    { x: edge, y: below, width: width - 2 * edge },
  );
  const sharedHead = shared.length === 0 ? words.nothingShared : words.inBoth;
  return svgOf(words.beside(titleOf(of.subject), titleOf(other.subject)), base.bottom + 40, [
    ...drawColumn(left, of, edge, bytes?.alone.of),
    ...drawColumn(right, other, 2 * edge + half, bytes?.alone.with),
    label(bytes === undefined ? sharedHead : `${sharedHead}: ${amount(bytes.shared)}`, edge, below - 12, width),
    ...base.drawn,
    ...(bytes === undefined ? [] : [label(sumInWords(bytes), edge, base.bottom + 20, width)]),
  ]);
}

interface RowWords {
  readonly words: string;
  readonly notes: string;
  readonly kind: ShownRow["kind"];
}

const width = 760;
const edge = 16;
/** The room for the words that there is nothing. */
const none = 30;

/** `twins` belong to a comparison, which does not say who else shares a layer. */
function rowWords(row: ShownRow, view: View, now: Date, twins?: ReadonlySet<string>): RowWords {
  if (row.kind === "setting") return { words: instructionOf(row), notes: "", kind: "setting" };
  const { size, counts, age, shared } = notesOf(row, view, now);
  const twin = row.kind === "layer" && twins?.has(row.digest) === true ? words.twin : undefined;
  const notes = joinNotes(size, counts, age?.words, twins === undefined ? shared : twin);
  return { words: instructionOf(row), notes, kind: row.kind };
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

function drawRows(rows: readonly RowWords[], { x, y, width }: Place): { drawn: string[]; bottom: number } {
  let at = y;
  const drawn = rows.map((row) => {
    const here = at;
    at += stepOf(row);
    return drawRow(row, { x, y: here, width });
  });
  return { drawn, bottom: at };
}

function stepOf({ kind }: RowWords): number {
  return kind === "setting" ? 24 : 56;
}

function heightOf(rows: readonly RowWords[]): number {
  return rows.reduce((sum, row) => sum + stepOf(row), 0);
}

function drawRow({ words: text, notes, kind }: RowWords, { x, y, width }: Place): string {
  const line = escapeSvg(cutText(text, lettersIn(width - 24, 14)));
  if (kind === "setting") return `<text x="${x + 12}" y="${y + 15}" font-size="12" fill="#4d5a64">${line}</text>`;
  const border = kind === "writable" ? 'stroke="#d9480f" stroke-dasharray="5 4"' : 'stroke="#8d8778"';
  return `<rect x="${x}" y="${y}" width="${width}" height="50" rx="6" fill="#f1ede5" ${border}/>
<text x="${x + 12}" y="${y + 21}" fill="#16242f">${line}</text>
<text x="${x + 12}" y="${y + 40}" font-size="12" fill="#4d5a64">${escapeSvg(cutText(notes, lettersIn(width - 24, 12)))}</text>`;
}

function label(text: string, x: number, y: number, width: number): string {
  return `<text x="${x}" y="${y}" font-size="13" fill="#4d5a64">${escapeSvg(cutText(text, lettersIn(width, 13)))}</text>`;
}

/** A letter of the font is 0.6 of its size wide; what does not fit is cut. */
function lettersIn(width: number, size: number): number {
  return Math.floor(width / (size * 0.6));
}

function svgOf(title: string, height: number, drawn: readonly string[]): string {
  const words = escapeSvg(title);
  const shown = escapeSvg(cutText(title, lettersIn(width - 2 * edge, 17)));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-monospace, monospace" font-size="14">
<title>${words}</title>
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="${edge}" y="34" font-size="17" font-weight="600" fill="#16242f">${shown}</text>
${drawn.join("\n")}
</svg>
`;
}
