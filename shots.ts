import { chromium } from "playwright-core";
import { serveFolder } from "./src/server/static.ts";
import { chromiumFlags, chromiumPath } from "./test/e2e/chromium.ts";
const server = await serveFolder("dist", 0);
const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags });
const [, , ...args] = process.argv;
for (const spec of args) {
  const [path = "/", width = "1440", scheme = "light", full = "full"] = spec.split(",");
  const ctx = await browser.newContext({ baseURL: server.url, viewport: { width: Number(width), height: 1000 }, colorScheme: scheme as "light" });
  const page = await ctx.newPage();
  await page.addInitScript(() => Object.defineProperty(navigator, "connection", { get: () => ({ saveData: true }) }));
  await page.goto(path, { waitUntil: "networkidle" });
  const name = `/tmp/shots/${path.replace(/\W+/g, "-")}-${width}-${scheme}.png`;
  if (full === "full") {
    const main = page.locator("main").first();
    await page.addStyleTag({ content: "" }).catch(() => undefined);
    await page.setViewportSize({ width: Number(width), height: Math.min(9000, await page.evaluate(() => Math.max(document.documentElement.scrollHeight, ...[...document.querySelectorAll("*")].map((e) => e.scrollHeight)))) });
    void main;
  }
  await page.screenshot({ path: name });
  console.log(name);
  await ctx.close();
}
await browser.close(); await server[Symbol.asyncDispose]();
