/** Once the page is there and quiet. A reader who saves data is not given what they have not asked for. */
addEventListener("load", () => {
  const { requestIdleCallback = setTimeout } = window as Partial<Window>;
  requestIdleCallback(() => {
    const { connection, serviceWorker } = navigator as NavigatorWithHints;
    if (!connection?.saveData || serviceWorker?.controller)
      import("./page-offline.ts").then((offline) => offline.begin()).catch(() => undefined);
  });
});

/** Not every browser tells that its reader saves data, nor has service workers everywhere. */
interface NavigatorWithHints {
  readonly connection?: { readonly saveData?: boolean };
  readonly serviceWorker?: ServiceWorkerContainer;
}
