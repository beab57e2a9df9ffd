import type { KeptFile } from "./kept-work.ts";

/** What of a workspace is kept: as many files as the limits allow, the small ones first. */
export interface WithinLimits {
  readonly kept: readonly KeptFile[];
  readonly left: readonly KeptFile[];
}

export function withinLimits(files: Iterable<KeptFile>): WithinLimits {
  const kept: KeptFile[] = [];
  const left: KeptFile[] = [];
  let bytes = 0;
  for (const file of [...files].sort((a, b) => a.content.byteLength - b.content.byteLength)) {
    const fits = kept.length < mostFiles && bytes + file.content.byteLength <= mostBytes;
    (fits ? kept : left).push(file);
    if (fits) bytes += file.content.byteLength;
  }
  return { kept, left };
}

/** Says what is not kept, in a sentence or two; `undefined` when all is. */
export function describeNotKept(left: readonly KeptFile[], links: readonly string[]): string | undefined {
  const sentences: string[] = [];
  const largest = [...left].sort((a, b) => b.content.byteLength - a.content.byteLength)[0];
  if (largest !== undefined) {
    const others = left.length === 1 ? "" : ` and ${left.length - 1} other ${left.length === 2 ? "file" : "files"}`;
    const verb = left.length === 1 ? "is" : "are";
    sentences.push(
      `${largest.path} (${Math.ceil(largest.content.byteLength / 2 ** 20)} MiB)${others} ${verb} not kept after this visit: ` +
        `Drydock keeps 32 MiB and 2,000 files of a lesson.`,
    );
  }
  const link = links[0];
  if (link !== undefined) {
    const others = links.length === 1 ? "" : ` and ${links.length - 1} more`;
    sentences.push(`Links are not kept after this visit: ${link}${others}.`);
  }
  return sentences.length === 0 ? undefined : sentences.join(" ");
}

const mostBytes = 32 * 2 ** 20;
const mostFiles = 2000;
