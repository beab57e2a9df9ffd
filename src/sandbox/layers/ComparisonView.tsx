import { layersWords as words } from "../../words/layers.ts";
import { amount } from "../kept-words.ts";
import { largestOf, LayerRows } from "./LayerRows.tsx";
import type { LayersDesk, Side } from "./layers-desk.ts";
import { sumInWords, viewOfBoth, type ComparedViews } from "./stack-text.ts";
import { titleOf } from "./subject.ts";
import "./layers.css";
import "./comparison.css";

/** Two stacks that stand on the layers which they share. */
export function ComparisonView({ desk, compared }: { desk: LayersDesk; compared: ComparedViews }) {
  const { shared, bytes, twins } = compared;
  const largest = largestOf([compared.of, compared.with]);
  const column = (side: Side) => {
    const view = compared[side];
    const rows = compared.alone[side];
    const name = words.onlyIn(titleOf(view.subject));
    return (
      <section class="comparison-column" data-side={side} aria-label={name}>
        <Head name={name} bytes={bytes?.alone[side]} />
        {rows.length === 0 ? (
          <p class="comparison-none">{words.nothingAlone}</p>
        ) : (
          <LayerRows desk={desk} view={view} side={side} rows={rows} largest={largest} twins={twins} />
        )}
      </section>
    );
  };
  return (
    <section class="comparison" aria-label={words.comparison}>
      {bytes !== undefined && (
        <div class="comparison-sum">
          <p>{sumInWords(bytes)}</p>
          <div class="comparison-bar" aria-hidden="true">
            {[bytes.alone.of, bytes.shared, bytes.alone.with].map((size, n) => (
              <span key={n} style={{ flexGrow: size }} />
            ))}
          </div>
        </div>
      )}
      {column("of")}
      {column("with")}
      <section class="comparison-shared" aria-label={words.inBoth}>
        {shared.length === 0 ? (
          <p class="comparison-none">{words.nothingShared}</p>
        ) : (
          <>
            <Head name={words.inBoth} bytes={bytes?.shared} />
            <LayerRows
              desk={desk}
              view={viewOfBoth(compared)}
              side="of"
              rows={shared}
              largest={largest}
              twins={noTwins}
            />
          </>
        )}
      </section>
    </section>
  );
}

const noTwins: ReadonlySet<string> = new Set();

function Head({ name, bytes }: { name: string; bytes: number | undefined }) {
  return (
    <p class="comparison-head">
      <span>{name}</span>
      {bytes !== undefined && <span>{amount(bytes)}</span>}
    </p>
  );
}
