import { existsSync } from "node:fs";
import { chromium, type BrowserContext, type Route } from "playwright-core";
import { headersOf } from "../server/security-headers.ts";
import { serveFolder } from "../server/static.ts";
import { HandoutError } from "./handout-error.ts";

export interface Printer extends AsyncDisposable {
  /** The PDF that a page becomes. Rejects with a `HandoutError` when something of it could not be loaded. */
  print(html: string, name: string): Promise<Uint8Array>;
}

export interface PrinterOptions {
  /** The path of Chromium. */
  readonly executablePath: string;
  readonly siteFolder: string;
  /** The path that the site's addresses are below, with a slash at both ends. */
  readonly base: string;
  readonly signal: AbortSignal;
}

const startLimitMs = 60_000;
const printLimitMs = 180_000;

/** A page without scripts needs nothing of the browser but its layout. */
const flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"];

/** Debian's Chromium, without windows and with them: to paper they are the same. */
const places = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

/** The path of the browser that prints. Throws a `HandoutError` when there is none. */
export function findChromium(): string {
  const { CHROMIUM: chosen } = process.env;
  const candidates = chosen === undefined ? places : [chosen];
  const path = candidates.find((candidate) => existsSync(candidate));
  if (path !== undefined) return path;
  throw new HandoutError(
    "no-browser",
    `There is no Chromium, which prints the handouts, at ${candidates.join(" or ")}.`,
    {
      hint: "Run  sudo apt-get install chromium-headless-shell  or set CHROMIUM to its path.",
    },
  );
}

/** Chromium beside the built site. Rejects with a `HandoutError` when it does not start. */
export async function openPrinter({ executablePath, siteFolder, base, signal }: PrinterOptions): Promise<Printer> {
  await using opened = new AsyncDisposableStack();
  const server = opened.use(await serveFolder(siteFolder, 0));
  // Ctrl+C is ours to handle.
  const launch = { executablePath, args: flags, handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  const starting = chromium.launch(launch);
  const browser = await withinLimit(starting, { signal, ms: startLimitMs, what: "its start" }).catch(
    (cause: unknown) => {
      // Should it start yet, it is not left behind.
      void starting.then((late) => late.close()).catch(() => undefined);
      if (signal.aborted || cause instanceof HandoutError) throw cause;
      throw new HandoutError("no-browser", `${executablePath} does not start: ${firstLine(cause)}`, {
        hint: "Does it start by itself? CHROMIUM names another one.",
        cause,
      });
    },
  );
  opened.defer(() => browser.close());
  const context = await browser.newContext({ javaScriptEnabled: false, serviceWorkers: "block" });
  const resources = opened.move();
  return {
    print: (html, name) =>
      withinLimit(print(context, { html, name, origin: server.url, base }), {
        signal,
        ms: printLimitMs,
        what: `printing ${name}`,
      }),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

interface PageToPrint {
  readonly html: string;
  readonly name: string;
  readonly origin: string;
  readonly base: string;
}

async function print(context: BrowserContext, { html, name, origin, base }: PageToPrint): Promise<Uint8Array> {
  const page = await context.newPage();
  try {
    const address = `${origin}${base}handout/`;
    const missing: string[] = [];
    page.on("requestfailed", (request) => missing.push(request.url()));
    page.on("response", (response) => {
      if (response.status() >= 400) missing.push(response.url());
    });
    await page.route("**/*", (route) => answer(route));
    // From the beginning, so that what only paper needs is loaded too.
    await page.emulateMedia({ media: "print" });
    await page.goto(address, { waitUntil: "load", timeout: printLimitMs });
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    if (missing.length > 0) {
      throw new HandoutError("not-printed", `${name} needs what could not be loaded: ${missing.join(", ")}`, {
        hint: "Build the site again: npm run build",
      });
    }
    return await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, outline: true });

    async function answer(route: Route): Promise<void> {
      const url = route.request().url();
      if (url === address) {
        // As strict as for any page of the site.
        const headers = { ...headersOf("/"), "content-type": "text/html;charset=utf-8" };
        await route.fulfill({ body: html, headers });
      } else if (url.startsWith(origin + base)) {
        // The built folder has no folder for the base.
        await route.continue({ url: `${origin}/${url.slice((origin + base).length)}` });
      } else {
        await route.abort();
      }
    }
  } catch (cause) {
    if (cause instanceof HandoutError) throw cause;
    throw new HandoutError("not-printed", `The browser could not print ${name}: ${firstLine(cause)}`, {
      hint: "Try again. If it stays so, npm run build makes the site anew.",
      cause,
    });
  } finally {
    await page.close().catch(() => undefined);
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "";
}

export interface Limit {
  readonly signal: AbortSignal;
  readonly ms: number;
  /** For the message: `printing containers/first-image`. */
  readonly what: string;
}

/** Settles as `work` does, or rejects when the signal is aborted, or with a `HandoutError` when the time is over. */
export async function withinLimit<T>(work: Promise<T>, { signal, ms, what }: Limit): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason as Error);
  const timer = setTimeout(() => {
    const hint = "Is the computer busy with something else? Try again, or name fewer handouts.";
    reject(new HandoutError("timeout", `The browser did not finish ${what} within ${ms / 1000} seconds.`, { hint }));
  }, ms);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    signal.throwIfAborted();
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
    // What comes of it later is of no use to anybody.
    work.catch(() => undefined);
  }
}
