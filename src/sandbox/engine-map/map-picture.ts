import { engineMapWords as words } from "../../words/engine-map.ts";
import { cutText, escapeSvg } from "../pictures/svg-text.ts";
import { edgePath, portPath, type Box } from "./edge-path.ts";
import type { EngineSelf } from "./engine-desk.ts";
import { portKey, type EngineMap, type EngineThing } from "./engine-map.ts";
import { noteOf } from "./map-text.ts";
import { stateShapes } from "./state-shapes.ts";

/** The map as an SVG file of its own, in light colours. Of long columns it has the beginning, and how many more there are. */
export function mapAsSvg(map: EngineMap, self: EngineSelf): string {
  const boxes = new Map<string, Box>();
  const parts: string[] = [];
  const top = frameTop + 40;
  let bottom = 0;
  const column = (x: number, y: number, title: string, things: readonly EngineThing[]): number => {
    parts.push(text(x, y, title, 12, soft, 600));
    let at = y + 12;
    for (const thing of things.slice(0, mostDrawn)) {
      const box = { x, y: at, width: boxWidth, height: 42 };
      boxes.set(thing.key, box);
      parts.push(drawThing(thing, box));
      at += 50;
    }
    if (things.length > mostDrawn) parts.push(text(x, (at += 14), words.more(things.length - mostDrawn), 12, soft));
    bottom = Math.max(bottom, at);
    return at;
  };
  column(columnX(0), top, words.kinds.image, map.images);
  column(columnX(1), top, words.kinds.container, map.containers);
  const below = column(columnX(2), top, words.kinds.network, map.networks);
  column(columnX(2), below + 22, words.kinds.volume, map.volumes);

  const ports = map.containers.slice(0, mostDrawn).flatMap(({ key, ports }) => ports.map((port) => ({ key, port })));
  ports.forEach(({ key, port }, n) => {
    const box = { x: columnX(1) + n * 112, y: frameTop - 11, width: 104, height: 22 };
    boxes.set(portKey(key, port), box);
    const says = words.port(port.outside, port.inside, port.protocol);
    parts.push(rect(box, accent, "#ffffff", 11), text(box.x + 12, box.y + 15, says, 12, accent));
  });
  const lines = [
    ...map.edges.flatMap(({ from, to, kind }) => {
      const [start, end] = [boxes.get(from), boxes.get(to)];
      return start && end ? [line(edgePath(start, end), colours[kind])] : [];
    }),
    ...ports.flatMap(({ key, port }, n) => {
      const [start, end] = [boxes.get(portKey(key, port)), boxes.get(key)];
      return start && end ? [line(portPath(start, end, n), accent)] : [];
    }),
  ];
  const height = bottom + 24;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-sans-serif, system-ui, sans-serif" font-size="14">
<title>${words.title}</title>
<rect width="100%" height="100%" fill="#ffffff"/>
${outside(self).join("\n")}
<rect x="16" y="${frameTop}" width="${width - 32}" height="${height - frameTop - 12}" rx="10" fill="none" stroke="${border}"/>
${lines.join("\n")}
${parts.join("\n")}
</svg>
`;
}

const width = 860;
const boxWidth = 200;
const frameTop = 96;
const mostDrawn = 24;
const ink = "#16242f";
const soft = "#4d5a64";
const border = "#8d8778";
const accent = "#b53d0c";
const colours = { image: "#8d8778", network: "#0b63ce", volume: "#1b6e48", folder: "#1b6e48" } as const;

function columnX(n: number): number {
  return 40 + n * 290;
}

function outside({ version, storageDriver, mirrors = [] }: EngineSelf): string[] {
  const client = { x: 16, y: 16, width: 150, height: 48 };
  const daemon = { x: 260, y: 16, width: 340, height: 48 };
  const registry = { x: 694, y: 16, width: 150, height: 48 };
  const box = (at: Box, title: string, note: string, letters: number) => [
    rect(at, border, "#f1ede5", 8),
    text(at.x + 12, at.y + 20, title, 14, ink, 600),
    text(at.x + 12, at.y + 38, cutText(note, letters), 12, soft),
  ];
  return [
    line(edgePath(client, daemon), border),
    line(edgePath(daemon, registry), border),
    text(192, 34, words.api, 12, soft),
    text(632, 34, words.pull, 12, soft),
    line(`M430,64V${frameTop}`, border),
    ...box(client, words.client, words.clientNote, 22),
    ...box(daemon, words.daemon, words.daemonNote(version, storageDriver), 52),
    ...box(registry, words.registry, words.registryNote(mirrors.length), 22),
  ];
}

function drawThing(thing: EngineThing, box: Box): string {
  const { x, y } = box;
  const isContainer = thing.kind === "container";
  const failed = isContainer && thing.exitCode !== undefined && thing.exitCode !== 0;
  const colour = isContainer && thing.state === "running" ? "#1b6e48" : failed ? "#a61b2b" : soft;
  return [
    rect(box, border, "#f8f6f1", { image: 3, container: 6, network: 21, volume: 14, folder: 0 }[thing.kind]),
    text(x + 14, y + 18, cutText(thing.name, 24), 13, ink),
    ...(isContainer
      ? [
          `<path transform="translate(${x + 14} ${y + 24})" d="${stateShapes[thing.state]}" fill="${colour}" fill-rule="evenodd"/>`,
        ]
      : []),
    text(x + (isContainer ? 31 : 14), y + 34, cutText(noteOf(thing), 28), 11, soft),
  ].join("\n");
}

function rect({ x, y, width, height }: Box, stroke: string, fill: string, radius: number): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}" stroke="${stroke}"/>`;
}

function text(x: number, y: number, words: string, size: number, fill: string, weight = 400): string {
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}">${escapeSvg(words)}</text>`;
}

function line(path: string, stroke: string): string {
  return `<path d="${path}" fill="none" stroke="${stroke}" stroke-width="1.5"/>`;
}
