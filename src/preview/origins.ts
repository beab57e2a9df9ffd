/**
 * The origin that previews on a page of `pageOrigin` come from: on a loopback address, as `npm start` serves the site, the other name of the same
 * server; else the one that the operator has set. Undefined where there is none, or it would be the page's own.
 */
export function previewOriginOf(pageOrigin: string, configured: string | undefined): string | undefined {
  return loopbackCounterpart(pageOrigin) ?? (configured === pageOrigin ? undefined : configured);
}

/** Whose pages may show the previews of `previewOrigin`: on a loopback address those of its counterpart, else those of the site. */
export function embedderOf(previewOrigin: string, site: string | undefined): string | undefined {
  const origin = loopbackCounterpart(previewOrigin) ?? URL.parse(site ?? "")?.origin;
  return origin === previewOrigin ? undefined : origin;
}

/** `http://localhost:4321` for `http://127.0.0.1:4321` and the other way round; to the browser they are two sites. */
export function loopbackCounterpart(origin: string): string | undefined {
  const url = URL.parse(origin);
  if (url?.protocol !== "http:") return undefined;
  const other = { "127.0.0.1": "localhost", localhost: "127.0.0.1" }[url.hostname];
  if (other === undefined) return undefined;
  return `http://${other}${url.port === "" ? "" : `:${url.port}`}`;
}

/**
 * Reads `DRYDOCK_PREVIEW`, the origin that previews come from, beside `SITE_URL`. Undefined when nothing is set; throws an `Error` that says what is
 * wrong and what would be right.
 */
export function readPreviewSetting(setting: string | undefined, siteUrl: string | undefined): string | undefined {
  if (setting === undefined || setting.trim() === "") return undefined;
  const wrong = (problem: string, remedy: string) =>
    new Error(`DRYDOCK_PREVIEW is "${setting}", which ${problem}. ${remedy} For example: https://preview.example.org`);
  const url = URL.parse(setting.trim());
  if (url === null || !/^https?:$/.test(url.protocol)) throw wrong("is no web address", "Begin it with https://.");
  if (url.protocol === "http:" && loopbackCounterpart(url.origin) === undefined)
    throw wrong(
      "does not begin with https://",
      "Browsers let service workers, which previews need, work over HTTPS only.",
    );
  if (url.href !== `${url.origin}/`)
    throw wrong("is more than a host", "Name the host alone: previews need all paths of it.");
  const site = URL.parse(siteUrl ?? "");
  if (site === null)
    throw wrong("cannot be used without SITE_URL", "Set SITE_URL too, so that no other site can show the previews.");
  if (site.hostname === url.hostname)
    throw wrong(
      "is the host of the site itself",
      "Name another host: what is previewed must not be of the site's origin.",
    );
  return url.origin;
}
