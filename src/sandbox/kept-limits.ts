import type { KeptFile, KeptLink } from "./kept-work.ts";
import type { WorkspaceContent } from "./workspace-content.ts";

/** What of a workspace is kept: as many files as the limits allow, the small ones first, and as many links. */
interface WithinLimits {
  readonly kept: WorkspaceContent;
  readonly left: { readonly files: readonly KeptFile[]; readonly links: readonly KeptLink[] };
}

export function withinLimits({ files, folders, links = [] }: WorkspaceContent): WithinLimits {
  const kept: KeptFile[] = [];
  const left: KeptFile[] = [];
  let bytes = 0;
  for (const file of [...files].sort((a, b) => a.content.byteLength - b.content.byteLength)) {
    const fits = kept.length < mostFiles && bytes + file.content.byteLength <= mostBytes;
    (fits ? kept : left).push(file);
    if (fits) bytes += file.content.byteLength;
  }
  return {
    kept: { files: kept, folders, links: links.slice(0, mostLinks) },
    left: { files: left, links: links.slice(mostLinks) },
  };
}

/** Says what is not kept, in a sentence or two; `undefined` when all is. */
export function describeNotKept({ files, links }: WithinLimits["left"]): string | undefined {
  const sentences: string[] = [];
  const largest = [...files].sort((a, b) => b.content.byteLength - a.content.byteLength)[0];
  if (largest !== undefined) {
    const what = `${largest.path} (${Math.ceil(largest.content.byteLength / 2 ** 20)} MiB)`;
    sentences.push(`${andOthers(what, files.length, "file")}: Drydock keeps 32 MiB and 2,000 files of a lesson.`);
  }
  const link = links[0];
  if (link !== undefined)
    sentences.push(`${andOthers(link.path, links.length, "link")}: Drydock keeps 2,000 links of a lesson.`);
  return sentences.length === 0 ? undefined : sentences.join(" ");
}

function andOthers(one: string, count: number, kind: "file" | "link"): string {
  const others = count === 1 ? "" : ` and ${count - 1} other ${count === 2 ? kind : `${kind}s`}`;
  return `${one}${others} ${count === 1 ? "is" : "are"} not kept after this visit`;
}

const mostBytes = 32 * 2 ** 20;
const mostFiles = 2000;
const mostLinks = 2000;
