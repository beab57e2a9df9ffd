import { layersWords as words } from "../../words/layers.ts";
import type { LayerRow } from "./image-stack.ts";
import type { View } from "./layer-view.ts";
import type { LayersDesk, Side } from "./layers-desk.ts";
import { bytesOf, instructionOf, joinNotes, notesOf, type ShownRow, type WritableRow } from "./stack-rows.ts";

interface LayerRowsProps {
  readonly desk: LayersDesk;
  readonly view: View;
  readonly side: Side;
  readonly rows: readonly ShownRow[];
  /** Bytes of the largest layer that there is beside it. */
  readonly largest: number;
  /** Digests of layers that a comparison finds twice. Without a comparison, it is said who shares a layer. */
  readonly twins?: ReadonlySet<string>;
}

/** Layers as buttons that open them, and settings between them. */
export function LayerRows({ rows, ...rest }: LayerRowsProps) {
  const settings = new Map<string, number>();
  return (
    <ol>
      {rows.map((row) => {
        if (row.kind !== "setting") return <LayerButton key={row.number} row={row} {...rest} />;
        const { instruction } = row.step;
        const before = settings.get(instruction) ?? 0;
        settings.set(instruction, before + 1);
        return (
          <li key={`${instruction} ${before}`} class="layer-setting">
            <code>{instruction}</code>
          </li>
        );
      })}
    </ol>
  );
}

/** At least 1, so that it can divide. */
export function largestOf(views: readonly View[]): number {
  return Math.max(1, ...views.flatMap(({ contents = [] }) => contents.map(({ bytes }) => bytes)));
}

function LayerButton({
  desk,
  view,
  side,
  row,
  largest,
  twins,
}: Omit<LayerRowsProps, "rows"> & { row: LayerRow | WritableRow }) {
  const { size, counts, age, made, shared } = notesOf(row, view, new Date());
  const isTwin = row.kind === "layer" && twins?.has(row.digest) === true;
  const isOpen = desk.layer.value === row.number && desk.side.value === side;
  return (
    <li>
      <button
        type="button"
        class="layer"
        data-kind={row.kind}
        aria-current={isOpen ? "true" : undefined}
        style={{ "--share": (bytesOf(row, view) ?? 0) / largest }}
        onClick={() => desk.showLayer(row.number, side)}
      >
        <code>{instructionOf(row)}</code>
        <span>{joinNotes(size, counts)}</span>
        {(age !== undefined || made !== undefined) && (
          <span class="layer-age">
            {age !== undefined && <span data-age={age.kind}>{age.words}</span>}
            {age !== undefined && made !== undefined && " · "}
            {made}
          </span>
        )}
        {twins === undefined && shared !== undefined && <span>{shared}</span>}
        {isTwin && <span>{words.twin}</span>}
      </button>
    </li>
  );
}
