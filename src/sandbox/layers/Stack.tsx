import { layersWords as words } from "../../words/layers.ts";
import { amount } from "../kept-words.ts";
import { largestOf, LayerRows } from "./LayerRows.tsx";
import type { View } from "./layer-view.ts";
import type { LayersDesk } from "./layers-desk.ts";
import { countLayers, rowsOf } from "./stack-rows.ts";
import "./layers.css";

/** One stack, newest layer first. */
export function Stack({ desk, view }: { desk: LayersDesk; view: View }) {
  const hidden = view.contents?.reduce((sum, { hiddenBytes }) => sum + hiddenBytes, 0) ?? 0;
  return (
    <section class="layer-stack" aria-label={words.stack}>
      <p>
        {words.sum(words.layers(countLayers(view.stack)), amount(view.stack.size))}
        {hidden > 0 && words.wasted(amount(hidden))}
      </p>
      <LayerRows desk={desk} view={view} side="of" rows={rowsOf(view)} largest={largestOf([view])} />
    </section>
  );
}
