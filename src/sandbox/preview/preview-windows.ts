import { link } from "../../components/link.ts";
import { windowAsks } from "../../preview/messages.ts";
import type { Place } from "../../preview/preview-path.ts";
import type { PreviewServer, ServedBridge } from "./preview-server.ts";

/**
 * Windows of their own for previews. Such a window is a page of the site, with the preview in a frame as here: a window of the preview host itself could not
 * be spoken to (Cross-Origin-Opener-Policy), and would be without the frame's sandbox.
 */
export class PreviewWindows implements Disposable {
  readonly #server: PreviewServer;
  readonly #open = new Map<Window, ServedBridge | undefined>();
  readonly #gone = new AbortController();

  constructor(server: PreviewServer) {
    this.#server = server;
    const { signal } = this.#gone;
    addEventListener("message", (event) => this.#hear(event), { signal });
    addEventListener("pagehide", () => this.#sayGone(), { signal });
  }

  get isInUse(): boolean {
    return [...this.#open.keys()].some((each) => !each.closed);
  }

  /** Whether the browser let it. */
  open({ port, path }: Place): boolean {
    const hash = new URLSearchParams({ port: String(port), path });
    const opened = window.open(`${link("preview/window/")}#${hash.toString()}`);
    if (opened !== null) this.#open.set(opened, undefined);
    return opened !== null;
  }

  [Symbol.dispose](): void {
    this.#sayGone();
    this.#gone.abort();
  }

  #hear({ data, origin, source }: MessageEvent<unknown>): void {
    if (origin !== location.origin || !windowAsks.safeParse(data).success) return;
    const opened = [...this.#open.keys()].find((each) => each === source);
    if (opened === undefined) return;
    this.#open.get(opened)?.[Symbol.dispose]();
    const served = this.#server.serve();
    this.#open.set(opened, served);
    opened.postMessage({ drydock: "preview-window-port" }, location.origin, [served.remote]);
    for (const each of this.#open.keys()) if (each.closed) this.#forget(each);
  }

  #forget(opened: Window): void {
    this.#open.get(opened)?.[Symbol.dispose]();
    this.#open.delete(opened);
  }

  #sayGone(): void {
    for (const opened of this.#open.keys()) {
      if (!opened.closed) opened.postMessage({ drydock: "preview-window-gone" }, location.origin);
      this.#forget(opened);
    }
  }
}
