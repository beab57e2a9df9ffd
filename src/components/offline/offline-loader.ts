/** Once the page is there and quiet. A reader who saves data is not given what they have not asked for. */
const begin = () =>
  import("./page-offline.ts").then(
    (offline) => offline.begin(),
    () => undefined,
  );

addEventListener("load", () => {
  if ("requestIdleCallback" in window) requestIdleCallback(begin, { timeout: 10_000 });
  else setTimeout(begin, 2_000);
});
