import type { LayerRow, SettingRow } from "./image-stack.ts";
import type { View } from "./layer-view.ts";
import { bytesOf, rowsOf, type ShownRow } from "./stack-rows.ts";

/** Two stacks beside each other: the layers that both stand on are one. All rows are newest first. */
export interface Comparison {
  readonly shared: readonly (LayerRow | SettingRow)[];
  readonly alone: Sides<readonly ShownRow[]>;
  /** Undefined while a layer's size is not known. */
  readonly bytes: { readonly shared: number; readonly alone: Sides<number> } | undefined;
  /** Digests that are among the layers of each alone: the same files, but on other layers, so the engine keeps them twice. */
  readonly twins: ReadonlySet<string>;
}

export interface Sides<T> {
  readonly of: T;
  readonly with: T;
}

export function compareStacks(of: View, other: View): Comparison {
  const one = storeysOf(of);
  const two = storeysOf(other);
  const shared: (LayerRow | SettingRow)[] = [];
  const alone: Sides<ShownRow[]> = { of: [], with: [] };
  for (let number = 0, areSame = true; number < Math.max(one.length, two.length); number++) {
    const [left, right] = [one[number], two[number]];
    // What is set right above the last layer that they share may be the same, too.
    const same = areSame && left && right ? countSame(left.settings, right.settings) : 0;
    if (left) shared.push(...left.settings.slice(0, same));
    if (left) alone.of.push(...left.settings.slice(same));
    if (right) alone.with.push(...right.settings.slice(same));
    if (areSame && left?.layer?.kind === "layer" && right?.layer?.kind === "layer") {
      areSame = left.layer.digest === right.layer.digest;
      if (areSame) {
        shared.push(left.layer);
        continue;
      }
    }
    areSame = false;
    if (left?.layer) alone.of.push(left.layer);
    if (right?.layer) alone.with.push(right.layer);
  }
  const digests = (rows: readonly ShownRow[]) => rows.flatMap((row) => (row.kind === "layer" ? [row.digest] : []));
  const others = new Set(digests(alone.with));
  return {
    shared: shared.reverse(),
    alone: { of: alone.of.reverse(), with: alone.with.reverse() },
    bytes: sums(shared, alone, { of, with: other }),
    twins: new Set(digests(alone.of).filter((digest) => others.has(digest))),
  };
}

/** A layer with the settings right below it; the last has none when settings are on top. */
interface Storey {
  readonly settings: readonly SettingRow[];
  readonly layer?: Exclude<ShownRow, SettingRow>;
}

/** From the bottom up. */
function storeysOf(view: View): Storey[] {
  const storeys: Storey[] = [];
  let settings: SettingRow[] = [];
  for (const row of rowsOf(view).toReversed()) {
    if (row.kind === "setting") {
      settings.push(row);
      continue;
    }
    storeys.push({ settings, layer: row });
    settings = [];
  }
  return settings.length === 0 ? storeys : [...storeys, { settings }];
}

function countSame(one: readonly SettingRow[], two: readonly SettingRow[]): number {
  const end = one.findIndex(({ step }, n) => step.instruction !== two[n]?.step.instruction);
  return end === -1 ? one.length : end;
}

function sums(shared: readonly ShownRow[], alone: Sides<readonly ShownRow[]>, views: Sides<View>): Comparison["bytes"] {
  const sum = (rows: readonly ShownRow[], view: View) =>
    rows.reduce<number | undefined>((before, row) => {
      const bytes = row.kind === "setting" ? 0 : bytesOf(row, view);
      return before === undefined || bytes === undefined ? undefined : before + bytes;
    }, 0);
  const [both, one, two] = [sum(shared, views.of), sum(alone.of, views.of), sum(alone.with, views.with)];
  if (both === undefined || one === undefined || two === undefined) return undefined;
  return { shared: both, alone: { of: one, with: two } };
}
