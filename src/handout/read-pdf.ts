import { getDocumentProxy } from "unpdf";

export interface PdfFacts {
  readonly pages: number;
  /** The pages, counted from 1, on which the elements begin that links of the document lead to, by their ids. */
  readonly starts: ReadonlyMap<string, number>;
}

/** Reads where the `anchors` of a PDF are that the browser has made. */
export async function readPdf(pdf: Uint8Array, anchors: readonly string[] = []): Promise<PdfFacts> {
  // The reader takes the bytes away from their owner.
  const document = await getDocumentProxy(pdf.slice());
  try {
    const starts = new Map<string, number>();
    for (const anchor of anchors) {
      const [page] = ((await document.getDestination(anchor)) ?? []) as [PageReference?];
      if (page !== undefined) starts.set(anchor, (await document.getPageIndex(page)) + 1);
    }
    return { pages: document.numPages, starts };
  } finally {
    await document.loadingTask.destroy();
  }
}

/** What a destination says of its page: an object of the PDF. */
interface PageReference {
  readonly num: number;
  readonly gen: number;
}
