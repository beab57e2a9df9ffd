import encodeQR from "qr";
import { escapeHtml } from "./page-text.ts";

/** Modules around the code, as ISO/IEC 18004 asks for. */
const quietZone = 4;

/** A QR code for `text` as an SVG image called `name`. Its size is up to the style sheet. */
export function drawQrCode(text: string, name: string): string {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: quietZone });
  const path = rows.flatMap((row, y) => runsOf(row).map(({ x, length }) => `M${x} ${y}h${length}v1h-${length}z`));
  return `<svg class="handout-qr" role="img" aria-label="${escapeHtml(name)}" viewBox="0 0 ${rows.length} ${rows.length}" shape-rendering="crispEdges"><path fill="#000" d="${path.join("")}"/></svg>`;
}

/** The dark modules of a row that lie side by side. */
function runsOf(row: readonly boolean[]): { x: number; length: number }[] {
  const runs: { x: number; length: number }[] = [];
  for (const [x, isDark] of row.entries()) {
    const last = runs.at(-1);
    if (!isDark) continue;
    if (last && last.x + last.length === x) last.length++;
    else runs.push({ x, length: 1 });
  }
  return runs;
}
