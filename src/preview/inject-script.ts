/** How much of a page is looked at for its beginning. */
const lookedAt = 1024;

/**
 * Puts `markup` where a script runs before all others: after the document type, without which browsers lay a page out as those of the nineties.
 * The rest passes as it comes.
 */
export function injectAtStart(markup: string): TransformStream<Uint8Array, Uint8Array> {
  const inserted = new TextEncoder().encode(markup);
  let start: Uint8Array | undefined = new Uint8Array();
  const release = (controller: TransformStreamDefaultController<Uint8Array>, at: number) => {
    if (start === undefined) return;
    controller.enqueue(start.slice(0, at));
    controller.enqueue(inserted);
    if (start.length > at) controller.enqueue(start.slice(at));
    start = undefined;
  };
  return new TransformStream({
    transform(bytes, controller) {
      if (start === undefined) {
        controller.enqueue(bytes);
        return;
      }
      start = join(start, bytes);
      const at = injectionPoint(latin1.decode(start.subarray(0, lookedAt)), start.length >= lookedAt);
      if (at !== undefined) release(controller, at);
    },
    flush(controller) {
      if (start !== undefined) release(controller, injectionPoint(latin1.decode(start), true) ?? 0);
    },
  });
}

/** One byte a character, so that what is found in the text is where it is in the bytes. */
const latin1 = new TextDecoder("latin1");

/** Where in a page's beginning; undefined while more of it could tell. `isAll`: more does not come. */
export function injectionPoint(text: string, isAll: boolean): number | undefined {
  // A byte order mark, blanks and comments may stand before the document type.
  const before = /^(?:ï»¿)?(?:\s|<!--[^]*?-->)*/.exec(text)?.[0].length ?? 0;
  const doctype = /^<!doctype[^>]*>/i.exec(text.slice(before));
  if (doctype !== null) return before + doctype[0].length;
  const rest = text.slice(before);
  const mayCome = rest === "" || "<!doctype".startsWith(rest.slice(0, 9).toLowerCase()) || rest.startsWith("<!--");
  if (mayCome && !isAll) return undefined;
  return text.startsWith("ï»¿") ? 3 : 0;
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
