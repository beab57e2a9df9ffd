import { link } from "../link.ts";
import { offlineLock } from "./offline-stores.ts";

/** Deletes all that was kept for use without a network, with the service worker, and what was loaded of the machine. Ends a download in any tab. */
export async function forgetOffline(): Promise<void> {
  if (!("serviceWorker" in navigator) || typeof caches === "undefined") return;
  await navigator.locks.request(offlineLock, { steal: true }, async () => {
    const registration = await navigator.serviceWorker.getRegistration(link(""));
    await registration?.unregister();
    const names = (await caches.keys()).filter((name) => name.startsWith("drydock-"));
    await Promise.all(names.map((name) => caches.delete(name)));
  });
  document.dispatchEvent(new Event("drydock:offline"));
}
