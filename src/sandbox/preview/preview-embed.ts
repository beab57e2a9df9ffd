import { helloMessage } from "../../preview/messages.ts";
import { bridgePage, type Place } from "../../preview/preview-path.ts";
import { previewWords } from "../../words/preview.ts";

export interface PreviewEmbedOptions {
  /** Where previews come from; never the page's own. */
  readonly origin: string;
  readonly title: string;
  readonly show: () => Place;
  /** An end of a port to the machine, for a bridge that says that it is there: at first, and after it was loaded again. */
  readonly takePort: () => MessagePort | Promise<MessagePort>;
  /** The preview host has not answered in time. */
  readonly onSilent: () => void;
}

const patienceMs = 30_000;

/** The frame with the bridge of the preview host. Who is in the frame may not leave it: it cannot navigate the page. */
export class PreviewEmbed implements Disposable {
  readonly #frame: HTMLIFrameElement;
  readonly #gone = new AbortController();

  constructor(place: HTMLElement, { origin, title, show, takePort, onSilent }: PreviewEmbedOptions) {
    if (origin === location.origin) throw new Error(previewWords.ownOrigin);
    const nonce = crypto.randomUUID();
    const { signal } = this.#gone;
    const frame = (this.#frame = document.createElement("iframe"));
    frame.title = title;
    // Both together are safe only because the frame is of another origin.
    frame.sandbox.add(
      "allow-scripts",
      "allow-same-origin",
      "allow-forms",
      "allow-modals",
      "allow-popups",
      "allow-downloads",
    );
    frame.referrerPolicy = "no-referrer";
    const timer = setTimeout(onSilent, patienceMs);
    signal.addEventListener("abort", () => clearTimeout(timer));
    const onMessage = async ({ data, origin: from, source }: MessageEvent<unknown>) => {
      if (source === null || source !== frame.contentWindow || from !== origin) return;
      const hello = helloMessage.safeParse(data);
      if (!hello.success || hello.data.nonce !== nonce) return;
      clearTimeout(timer);
      const port = await takePort();
      const welcome = { drydock: "preview-welcome", nonce, show: show() };
      if (!signal.aborted) frame.contentWindow.postMessage(welcome, origin, [port]);
    };
    addEventListener("message", (event) => void onMessage(event), { signal });
    frame.src = `${origin}${bridgePage}#v=${nonce}`;
    place.replaceChildren(frame);
  }

  [Symbol.dispose](): void {
    this.#gone.abort();
    this.#frame.remove();
  }
}
