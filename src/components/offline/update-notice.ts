import { readKeptCourses } from "../../offline/kept-courses.ts";
import { offlineWords } from "../../words/offline.ts";
import { showNotice } from "./notice.ts";

/**
 * Offers a new build of the site when it is there as a whole. Who keeps no course needs no offer: their pages come from the network, and the new
 * build takes over once the last tab of the old one is closed.
 */
export function offerUpdates(registration: ServiceWorkerRegistration): void {
  const offer = () => void offerWaiting(registration);
  const watch = () => registration.installing?.addEventListener("statechange", offer);
  registration.addEventListener("updatefound", watch);
  watch();
  offer();
}

async function offerWaiting({ waiting, active }: ServiceWorkerRegistration): Promise<void> {
  if (waiting === null || active === null || (await readKeptCourses()).length === 0) return;
  const { ready, what, now, later } = offlineWords.update;
  showNotice({
    name: "update",
    words: `${ready} ${what}`,
    dismiss: later,
    acts: [{ words: now, run: () => takeOver(waiting) }],
  });
}

/** Only this tab is loaded again: others go on as they are until they are. */
function takeOver(waiting: ServiceWorker): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting.postMessage({ type: "SKIP_WAITING" });
}
