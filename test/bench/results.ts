import { readFile, rename, writeFile } from "node:fs/promises";
import { z } from "zod";
import { partNames, type PartName } from "./figures.ts";

/** Where and when a part was measured. */
const partRun = z.strictObject({
  date: z.iso.datetime(),
  seconds: z.number(),
  commit: z.string(),
  /** The id of the machine image. */
  image: z.string(),
  host: z.string(),
  runs: z.int(),
  mbit: z.number(),
  /** Versions of what it was measured with, by name. */
  versions: z.record(z.string(), z.string()),
});

const results = z.strictObject({
  format: z.literal(2),
  parts: z.partialRecord(z.enum(partNames), partRun),
  /** Every value that was measured, by part and then by the figure's id, in the figure's unit. */
  samples: z.partialRecord(z.enum(partNames), z.record(z.string(), z.array(z.number()))),
});

export type PartRun = z.infer<typeof partRun>;
export type Results = z.infer<typeof results>;

/** A part of which every value was measured. */
export interface WholePart {
  readonly name: PartName;
  readonly run: PartRun;
  readonly samples: Readonly<Record<string, number[]>>;
}

export const noResults: Results = { format: 2, parts: {}, samples: {} };

/** Puts a whole part in the place of its earlier run. */
export function mergePart(into: Results, { name, run, samples }: WholePart): Results {
  return {
    ...into,
    parts: { ...into.parts, [name]: run },
    samples: { ...into.samples, [name]: { ...samples } },
  };
}

export function samplesOf({ samples }: Results, id: string): readonly number[] {
  for (const name of partNames) {
    const found = samples[name]?.[id];
    if (found) return found;
  }
  return [];
}

/** `undefined` where there is no such file. */
export async function readResults(path: string): Promise<Results | undefined> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const read = results.safeParse(JSON.parse(text));
  if (read.success) return read.data;
  throw new Error(
    `${path} is not one of this bench's results; delete it to measure anew.\n${z.prettifyError(read.error)}`,
  );
}

/** The old results stay until the new ones are whole. Values are kept to a millionth of their unit. */
export async function writeResults(path: string, all: Results): Promise<void> {
  const rounded = (_: string, value: unknown): unknown =>
    typeof value === "number" ? Math.round(value * 1e6) / 1e6 : value;
  const partial = `${path}.partial`;
  await writeFile(partial, `${JSON.stringify(all, rounded, 2)}\n`);
  await rename(partial, path);
}
