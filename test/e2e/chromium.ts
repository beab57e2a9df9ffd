export const chromiumPath = process.env.CHROMIUM ?? "/usr/bin/chromium";

export const chromiumFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // No test asks the vendor of WebContainers; to the browser its host is not there.
  "--host-resolver-rules=MAP stackblitz.com ~NOTFOUND",
];

/** As in browsers of people, storage in frames of other sites is kept apart; Playwright turns that off, and the last of such flags counts. */
export const partitioningFlags = ["--disable-features=HttpsUpgrades"];
