import { amount } from "../kept-words.ts";
import type { View } from "./layers-desk.ts";
import { cutText, escapeSvg } from "../pictures/svg-text.ts";
import { countsInWords } from "./stack-text.ts";

/** The stack as an SVG file of its own, in colours that print well: for slides, and for those who teach. */
export function stackAsSvg({ subject, stack, contents }: View): string {
  const layers = stack.rows.filter(({ kind }) => kind === "layer").length;
  const rows = stack.rows.map((row): Row => {
    if (row.kind === "setting") return { words: row.step.instruction, notes: "", kind: "setting" };
    const content = contents?.[row.number];
    const size = amount(content?.bytes ?? row.step?.size ?? 0);
    const shared = row.sharedWith.length > 0 ? ` · shared with ${row.sharedWith.join(", ")}` : "";
    const counts = content === undefined ? "" : ` · ${countsInWords(content.changes)}`;
    return { words: row.step?.instruction ?? row.digest, notes: `${size}${counts}${shared}`, kind: "layer" };
  });
  const top = contents?.[layers];
  if (subject.kind === "container" && top !== undefined) {
    const notes = `${amount(top.bytes)} · ${countsInWords(top.changes)}`;
    rows.unshift({ words: "Writable layer of the container", notes, kind: "writable" });
  }
  let y = 56;
  const drawn = rows.map((row) => {
    const at = y;
    y += row.kind === "setting" ? 24 : 56;
    return draw(row, at);
  });
  const title = escapeSvg(`${subject.kind} ${subject.name}, ${amount(stack.size)}`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y + 16}" width="${width}" height="${y + 16}" font-family="ui-monospace, monospace" font-size="14">
<title>${title}</title>
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="16" y="34" font-size="17" font-weight="600" fill="#16242f">${title}</text>
${drawn.join("\n")}
</svg>
`;
}

interface Row {
  readonly words: string;
  readonly notes: string;
  readonly kind: "layer" | "setting" | "writable";
}

const width = 760;
/** A letter of the font is 8.4 wide; what does not fit is cut. */
const letters = 84;

function draw({ words, notes, kind }: Row, y: number): string {
  const line = escapeSvg(cutText(words, letters));
  if (kind === "setting") return `<text x="28" y="${y + 15}" font-size="12" fill="#4d5a64">${line}</text>`;
  const border = kind === "writable" ? 'stroke="#d9480f" stroke-dasharray="5 4"' : 'stroke="#8d8778"';
  return `<rect x="16" y="${y}" width="${width - 32}" height="50" rx="6" fill="#f1ede5" ${border}/>
<text x="28" y="${y + 21}" fill="#16242f">${line}</text>
<text x="28" y="${y + 40}" font-size="12" fill="#4d5a64">${escapeSvg(cutText(notes, letters))}</text>`;
}
