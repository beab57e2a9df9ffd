import { existsSync } from "node:fs";
import { HandoutError } from "./handout-error.ts";

/** The path of the browser that prints. Throws a `HandoutError` when there is none. */
export function findChromium(): string {
  const path = process.env.CHROMIUM ?? "/usr/bin/chromium";
  if (existsSync(path)) return path;
  throw new HandoutError("no-browser", `There is no Chromium at ${path}, which prints the handouts.`, {
    hint: "Run  sudo apt-get install chromium  or set CHROMIUM to its path.",
  });
}
