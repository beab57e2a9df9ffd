import type { KeptFile, KeptLink } from "./kept-work.ts";
import type { WorkspaceContent } from "./workspace-content.ts";
import { keptWorkWords } from "../words/kept-work.ts";

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
    const size = Math.ceil(largest.content.byteLength / 2 ** 20);
    sentences.push(keptWorkWords.filesNotKept(largest.path, size, files.length - 1));
  }
  const link = links[0];
  if (link !== undefined) sentences.push(keptWorkWords.linksNotKept(link.path, links.length - 1));
  return sentences.length === 0 ? undefined : sentences.join(" ");
}

const mostBytes = 32 * 2 ** 20;
const mostFiles = 2000;
const mostLinks = 2000;
