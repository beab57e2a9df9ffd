import { existsSync } from "node:fs";

/** Debian's Chromium, as people have it. */
export const chromiumPath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const shell = "/usr/bin/chromium-headless-shell";
/**
 * The same without windows of its own, where Debian's package for it is there: the pages that a window is made of (its tabs, their search) take a
 * third of the tests' time on two cores.
 */
export const headlessPath = process.env.CHROMIUM ?? (existsSync(shell) ? shell : chromiumPath);

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
