import { versionOf } from "../../offline/site-version.ts";

/** For `astro:before-preparation`: the router exchanges what is in a page, and would have the scripts of this build at work on a page of another. */
export function loadOtherVersionsWhole(event: Event): void {
  const going = event as Event & { readonly newDocument: Document; loader: () => Promise<void> };
  const load = going.loader;
  going.loader = async () => {
    await load();
    if (versionOf(going.newDocument) !== versionOf(document)) going.preventDefault();
  };
}
