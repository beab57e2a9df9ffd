import type { ImageDetails, ImageHistoryStep } from "../../engine/images.ts";

/** What an image is made of, newest first: layers, and between them the settings that an instruction left in the image without one. */
export interface ImageStack {
  readonly rows: readonly StackRow[];
  /** Bytes of all layers. */
  readonly size: number;
}

export type StackRow = LayerRow | SettingRow;

export interface LayerRow {
  readonly kind: "layer";
  /** Counted from the bottom, from 0. */
  readonly number: number;
  /** SHA-256 of the layer's tar archive. */
  readonly digest: string;
  /** Unknown where the image's history does not tell which of its steps made which layer. */
  readonly step?: Step;
  /** Other images that stand on this very layer, and on all below it. */
  readonly sharedWith: readonly string[];
}

export interface SettingRow {
  readonly kind: "setting";
  readonly step: Step;
}

export interface Step {
  /** As in a Dockerfile. */
  readonly instruction: string;
  /** Unix seconds. */
  readonly created: number;
  readonly size: number;
}

/** Another image of the engine, with its name for people. */
export interface OtherImage {
  readonly name: string;
  readonly layers: readonly string[];
}

export function describeStack(
  image: Pick<ImageDetails, "RootFS" | "Size">,
  history: readonly ImageHistoryStep[],
  others: readonly OtherImage[],
): ImageStack {
  const digests = image.RootFS.Layers;
  const steps = history
    .map(({ CreatedBy, Created, Size }) => ({ instruction: readInstruction(CreatedBy), created: Created, size: Size }))
    .reverse();
  const makers = findMakers(steps, digests.length);
  const rows: StackRow[] = [];
  const layer = (number: number, step?: Step): LayerRow => ({
    kind: "layer",
    number,
    digest: digests[number] ?? "",
    ...(step && { step }),
    sharedWith: others.filter(({ layers }) => standsOn(layers, digests, number)).map(({ name }) => name),
  });
  let number = 0;
  if (makers === undefined) for (; number < digests.length; number++) rows.push(layer(number));
  for (const step of steps) {
    if (makers?.has(step)) rows.push(layer(number++, step));
    else if (makers !== undefined || step.size === 0) rows.push({ kind: "setting", step });
  }
  return { rows: rows.reverse(), size: image.Size };
}

/**
 * The steps that made a layer. Docker's history does not say so: a step with a size did, and of those without one only what changes files can
 * have (an empty layer: `RUN true`, a `WORKDIR` that was there). Nobody knows where these are more than the layers that are left.
 */
function findMakers(steps: readonly Step[], layers: number): ReadonlySet<Step> | undefined {
  const sure = steps.filter(({ size }) => size > 0);
  if (sure.length === layers) return new Set(sure);
  const possible = steps.filter(({ size, instruction }) => size > 0 || changesFiles(instruction));
  return possible.length === layers ? new Set(possible) : undefined;
}

function changesFiles(instruction: string): boolean {
  return /^(?:RUN|COPY|ADD|WORKDIR)\b/.test(instruction);
}

/** Docker's `CreatedBy` as the line of the Dockerfile that it was: the classic builder and BuildKit each write it in their own way. */
export function readInstruction(createdBy: string): string {
  const line = createdBy.replace(/\s*# buildkit$/, "").trim();
  const setting = /^\/bin\/sh -c #\(nop\)\s+(.*)$/s.exec(line);
  if (setting?.[1] !== undefined) return setting[1];
  return line.replace(/^(?:RUN )?(?:\|\d+ .*)?\/bin\/sh -c /s, "RUN ");
}

/** A layer is the same only where all below it are. */
function standsOn(layers: readonly string[], digests: readonly string[], number: number): boolean {
  return layers.length > number && digests.slice(0, number + 1).every((digest, n) => layers[n] === digest);
}
