import { processWords as words } from "../../words/processes.ts";
import { cutText, escapeSvg } from "../pictures/svg-text.ts";
import { chartShape, type Measure } from "./chart-shape.ts";
import { treeRows, type TreeRow } from "./process-tree.ts";
import { commandOf, type TakenView } from "./processes-text.ts";
import { cpuInWords, limitInWords, memoryInWords, subjectName } from "./subject-words.ts";
import { nameOf, type Subject } from "./subjects.ts";
import { toneOnWhite } from "./tones.ts";

/** The view as an SVG file of its own, in colours that print well: limits first, then the tree. */
export function processesAsSvg(view: TakenView): string {
  const { picture, subjects } = view;
  const meters = subjects.slice(0, mostMeters);
  const rows = treeRows(picture, new Set());
  const lines = rows.slice(0, mostRows);
  let y = 60;
  const parts: string[] = [];
  for (const subject of meters) {
    parts.push(drawMeter(subject, picture.machine.cpus, y));
    y += 132;
  }
  if (subjects.length > meters.length) {
    parts.push(note(words.moreLeftOut(subjects.length - meters.length), y));
    y += 28;
  }
  y += 16;
  for (const row of lines) {
    parts.push(drawRow(row, view, y));
    y += 20;
  }
  if (rows.length > lines.length) {
    parts.push(note(words.moreLeftOut(rows.length - lines.length), y));
    y += 28;
  }
  const title = escapeSvg(words.title(picture.machine.uptime));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}" font-family="ui-monospace, monospace" font-size="13">
<title>${title}</title>
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="16" y="34" font-size="17" font-weight="600" fill="#16242f">${title}</text>
${parts.join("\n")}
</svg>
`;
}

const width = 860;
const mostMeters = 12;
const mostRows = 80;
const box = { width: 400, height: 64 };

function drawMeter(subject: Subject, cpus: number, y: number): string {
  const tone = toneOnWhite(subject.tone);
  return `<rect x="16" y="${y}" width="4" height="112" fill="${tone}"/>
<text x="28" y="${y + 14}" font-weight="600" fill="${tone}">${escapeSvg(cutText(subjectName(subject), 90))}</text>
${drawChart(subject, "cpu", cpuInWords(subject, cpus), 28, y + 22)}
${drawChart(subject, "memory", memoryInWords(subject), 444, y + 22)}`;
}

function drawChart(subject: Subject, measure: Measure, told: string, x: number, y: number): string {
  const { line, area, limitY } = chartShape(subject, measure, box);
  const tone = toneOnWhite(subject.tone);
  const limit =
    limitY === undefined
      ? ""
      : `<path d="M0 ${limitY}H${box.width}" stroke="#a61b2b" stroke-dasharray="5 3"/><text x="4" y="${limitY - 3}" font-size="10" fill="#a61b2b">${escapeSvg(limitInWords(subject, measure) ?? "")}</text>`;
  return `<text x="${x}" y="${y + 12}" font-size="11" fill="#4d5a64">${escapeSvg(cutText(`${words[measure]} ${told}`, 60))}</text>
<g transform="translate(${x} ${y + 20})"><rect width="${box.width}" height="${box.height}" fill="#f1ede5"/><path d="${area}" fill="${tone}" fill-opacity="0.18"/><path d="${line}" fill="none" stroke="${tone}" stroke-width="1.5"/>${limit}</g>`;
}

function drawRow(row: TreeRow, { names, tones }: TakenView, y: number): string {
  const x = 28 + (row.level - 1) * 16;
  if (row.kind === "kernel") return note(words.kernelThreads(row.threads), y);
  const { process } = row;
  const { container, pid, innerPid } = process;
  const tone = container === undefined ? "#16242f" : toneOnWhite(tones.get(container));
  const where = container === undefined ? "" : ` [${nameOf(container, names)}: ${innerPid}]`;
  const line = cutText(`${pid}${where} ${commandOf(process)}`, 100 - row.level * 2);
  return `<text x="${x}" y="${y + 14}" font-size="12" fill="${tone}">${escapeSvg(line)}</text>`;
}

function note(line: string, y: number): string {
  return `<text x="28" y="${y + 14}" font-size="12" fill="#4d5a64">${escapeSvg(line)}</text>`;
}
