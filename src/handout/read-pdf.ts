import { getDocumentProxy } from "unpdf";
import { HandoutError } from "./handout-error.ts";

export interface PdfFacts {
  readonly pages: number;
  /** The pages, counted from 1, on which the elements begin that links of the document lead to, by their ids. */
  readonly starts: ReadonlyMap<string, number>;
}

/** Reads where the `anchors` of a PDF are that the browser has made. Rejects with a `HandoutError` when it has one of them nowhere. */
export async function readPdf(pdf: Uint8Array, anchors: readonly string[] = []): Promise<PdfFacts> {
  // The reader takes the bytes away from their owner, and no `Buffer`.
  const document = await getDocumentProxy(new Uint8Array(pdf));
  try {
    const starts = new Map<string, number>();
    for (const anchor of anchors) {
      const [page] = ((await document.getDestination(anchor)) ?? []) as [PageReference?];
      if (page === undefined) {
        throw new HandoutError("not-printed", `The browser printed no place to which a link to "${anchor}" leads.`, {
          hint: "Is it an old Chromium? CHROMIUM names another one. Handouts of single lessons do without.",
        });
      }
      starts.set(anchor, (await document.getPageIndex(page)) + 1);
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
