import * as z from "zod/mini";
import { windowGets } from "../../preview/messages.ts";
import { previewOriginOf } from "../../preview/origins.ts";
import type { Place } from "../../preview/preview-path.ts";
import { previewWords as words } from "../../words/preview.ts";
import { PreviewEmbed } from "./preview-embed.ts";

/** A window with one preview. The machine is in the page that opened it; with that page, the preview ends. */
const shown = z.object({
  port: z.coerce.number().check(z.int(), z.gte(1), z.lte(65_535)),
  path: z.string().check(z.maxLength(8192), z.regex(/^\/[!-~]*$/)),
});
const main = document.querySelector<HTMLElement>("main");
const asked = shown.safeParse(Object.fromEntries(new URLSearchParams(location.hash.slice(1))));
const origin = previewOriginOf(location.origin, document.body.dataset.preview);
const opener = window.opener as Window | null;

if (main !== null && asked.success && origin !== undefined && opener !== null) begin(main, asked.data, origin, opener);

function begin(place: HTMLElement, first: Place, previewOrigin: string, workbench: Window): void {
  document.title = words.windowTitle(first.port);
  let given = Promise.withResolvers<MessagePort>();
  const embed = new PreviewEmbed(place, {
    origin: previewOrigin,
    title: words.windowTitle(first.port),
    show: () => first,
    takePort: () => {
      given = Promise.withResolvers<MessagePort>();
      workbench.postMessage({ drydock: "preview-window-asks" }, location.origin);
      return given.promise;
    },
    onSilent: () => end(words.hostSilent(previewOrigin)),
  });
  const end = (why: string) => {
    clearInterval(watch);
    embed[Symbol.dispose]();
    const note = document.createElement("p");
    note.setAttribute("role", "alert");
    note.textContent = why;
    place.replaceChildren(note);
  };
  addEventListener("message", ({ data, origin: from, source, ports }: MessageEvent<unknown>) => {
    if (from !== location.origin) return;
    const message = windowGets.safeParse(data);
    if (!message.success) return;
    const [port] = ports;
    // Of a page that goes, the browser may not know any more where its message came from.
    if (message.data.drydock === "preview-window-gone") end(words.windowLost);
    else if (source === workbench && port !== undefined) given.resolve(port);
  });
  // A page that crashes says nothing more, nor may one that is left.
  const page = documentOf(workbench);
  const watch = setInterval(() => {
    if (workbench.closed || documentOf(workbench) !== page) end(words.windowLost);
  }, 1000);
}

/** Undefined once the window shows a page of another site. */
function documentOf(other: Window): Document | undefined {
  try {
    return other.document;
  } catch {
    return undefined;
  }
}
