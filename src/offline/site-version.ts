/** Of the `<meta>` in which every page says which build of the site it belongs to. */
export const versionName = "drydock-version";

/** The build that a page belongs to; empty for a page of another site. */
export function versionOf(page: Document): string {
  return page.querySelector<HTMLMetaElement>(`meta[name="${versionName}"]`)?.content ?? "";
}

/** The same of a page that has not been parsed. */
export function isOfVersion(html: string, version: string): boolean {
  return html.includes(`<meta name="${versionName}" content="${version}"`);
}

/** For `astro:before-preparation`: the router exchanges what is in a page, and would have the scripts of this build at work on a page of another. */
export function loadOtherVersionsWhole(event: Event): void {
  const going = event as Event & { readonly newDocument: Document; loader: () => Promise<void> };
  const load = going.loader;
  going.loader = async () => {
    await load();
    if (versionOf(going.newDocument) !== versionOf(document)) going.preventDefault();
  };
}
