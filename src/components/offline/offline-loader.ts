/** Once the page is there and quiet. A reader who saves data is not given what they have not asked for. */
const begin = () => {
  const { connection, serviceWorker } = navigator as NavigatorWithHints;
  if (!connection?.saveData || serviceWorker?.controller)
    void import("./page-offline.ts").then((offline) => offline.begin()).catch(() => undefined);
};

addEventListener("load", () => {
  if ("requestIdleCallback" in window) requestIdleCallback(begin);
  else setTimeout(begin, 2_000);
});

/** Not every browser tells that its reader saves data, nor has service workers everywhere. */
interface NavigatorWithHints {
  readonly connection?: { readonly saveData?: boolean };
  readonly serviceWorker?: ServiceWorkerContainer;
}
