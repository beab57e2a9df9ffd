import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { edgePath, portPath, type Box } from "./edge-path.ts";
import { portKey, type Edge, type EngineMap } from "./engine-map.ts";

interface MapLinesProps {
  readonly map: EngineMap;
  readonly chosen: string | undefined;
}

interface Line {
  readonly id: string;
  readonly path: string;
  readonly kind: Edge["kind"] | "port";
  readonly isOn: boolean;
}

/** The lines between what is on the map, behind it: drawn from where the browser has put the boxes. What they tell is in the boxes' names too. */
export function MapLines({ map, chosen }: MapLinesProps) {
  const svg = useRef<SVGSVGElement>(null);
  const lines = useSignal<readonly Line[]>([]);
  const measure = () => {
    const host = svg.current?.parentElement;
    if (svg.current === null || !host || !svg.current.checkVisibility()) return;
    const drawn = drawLines(map, chosen, boxesIn(host, svg.current.getBoundingClientRect()));
    if (JSON.stringify(drawn) !== JSON.stringify(lines.peek())) lines.value = drawn;
  };
  const latest = useRef(measure);
  latest.current = measure;
  useLayoutEffect(measure);
  useEffect(() => {
    const host = svg.current?.parentElement;
    if (!host) return;
    const observer = new ResizeObserver(() => latest.current());
    observer.observe(host);
    return () => observer.disconnect();
  }, []);
  return (
    <svg class="map-lines" ref={svg} aria-hidden="true">
      {lines.value.map(({ id, path, kind, isOn }) => (
        <path
          key={id}
          d={path}
          data-kind={kind}
          data-on={isOn ? "" : undefined}
          data-dim={chosen !== undefined && !isOn ? "" : undefined}
        />
      ))}
    </svg>
  );
}

function boxesIn(host: HTMLElement, origin: DOMRect): ReadonlyMap<string, Box> {
  const boxes = new Map<string, Box>();
  for (const element of host.querySelectorAll<HTMLElement>("[data-key]")) {
    const { x, y, width, height } = element.getBoundingClientRect();
    boxes.set(element.dataset.key ?? "", {
      x: Math.round(x - origin.x),
      y: Math.round(y - origin.y),
      width: Math.round(width),
      height: Math.round(height),
    });
  }
  return boxes;
}

function drawLines(
  { edges, containers }: EngineMap,
  chosen: string | undefined,
  boxes: ReadonlyMap<string, Box>,
): Line[] {
  const lines = edges.flatMap(({ from, to, kind, detail }): Line[] => {
    const [start, end] = [boxes.get(from), boxes.get(to)];
    if (start === undefined || end === undefined) return [];
    const isOn = from === chosen || to === chosen;
    return [{ id: `${from} ${to} ${detail}`, path: edgePath(start, end), kind, isOn }];
  });
  let lane = 0;
  for (const { key, ports } of containers) {
    for (const port of ports) {
      const id = portKey(key, port);
      const [start, end] = [boxes.get(id), boxes.get(key)];
      if (start === undefined || end === undefined) continue;
      lines.push({ id, path: portPath(start, end, lane++), kind: "port", isOn: key === chosen });
    }
  }
  // What is chosen is drawn over the others.
  return lines.sort((a, b) => Number(a.isOn) - Number(b.isOn));
}
