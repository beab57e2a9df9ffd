import { computed } from "@preact/signals";
import { h, render } from "preact";
import { openSiteSet } from "../../offline/site-set.ts";
import { versionOf } from "../../offline/site-version.ts";
import { link } from "../link.ts";
import { OfflineCourseView } from "./OfflineCourseView.tsx";
import { OfflineDesk } from "./offline-desk.ts";
import { browserStores } from "./offline-stores.ts";
import { obstacle } from "./offline-worker.ts";

/** One for all courses, for the life of the page: a download goes on while its reader goes from page to page. */
let desk: OfflineDesk | undefined;

/** Whoever shows how much room is taken is told while a course comes, and when it has come or gone. */
function openDesk(): OfflineDesk {
  const opened = new OfflineDesk(browserStores());
  const tell = () => document.dispatchEvent(new Event("drydock:room"));
  opened.courses.subscribe(tell);
  computed(() => Math.floor((opened.download.value?.doneBytes ?? 0) / STEP_BYTES)).subscribe(tell);
  return opened;
}

const STEP_BYTES = 8_000_000;

class OfflineCourseElement extends HTMLElement {
  connectedCallback(): void {
    void this.#show();
  }

  disconnectedCallback(): void {
    render(null, this);
  }

  async #show(): Promise<void> {
    const hindered = import.meta.env.DEV ? "unsupported" : await obstacle();
    const { id = "", title = "" } = this.dataset;
    desk ??= openDesk();
    if (hindered === undefined) void desk.look();
    this.replaceChildren();
    render(h(OfflineCourseView, { desk, id, title, hindered }), this);
  }
}

/** The list of what can be opened without a network, out of all lessons. */
class OfflineLessonsElement extends HTMLElement {
  connectedCallback(): void {
    void this.#show();
    this.querySelector("button")?.addEventListener("click", () => location.reload());
  }

  async #show(): Promise<void> {
    const { cache } = await openSiteSet(versionOf(document), new URL(link(""), location.href));
    let shown = 0;
    for (const item of this.querySelectorAll("li")) {
      const address = item.querySelector("a")?.href;
      item.hidden = address === undefined || (await cache.match(address, { ignoreVary: true })) === undefined;
      if (!item.hidden) shown++;
    }
    for (const [name, isShown] of [
      ["some", shown > 0],
      ["none", shown === 0],
    ] as const) {
      this.querySelector(`[data-when="${name}"]`)?.toggleAttribute("hidden", !isShown);
    }
  }
}

customElements.define("offline-course", OfflineCourseElement);
customElements.define("offline-lessons", OfflineLessonsElement);

if (!import.meta.env.DEV && "serviceWorker" in navigator) {
  // The sizes come with the worker; another tab may have kept or removed something meanwhile.
  const look = () => void desk?.look();
  void navigator.serviceWorker.ready.then(look);
  for (const name of ["visibilitychange", "drydock:offline"]) document.addEventListener(name, look);
}
