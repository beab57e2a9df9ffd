import { link } from "./link.ts";

/**
 * The address of a file whose name says nothing of its content, for this build of the site: what is kept for use without a network has the files of
 * several builds, and a page gets those of its own.
 */
export function versionedLink(path: string): string {
  return `${link(path)}?v=${import.meta.env.SSR ? import.meta.env.SITE_VERSION : ownVersion()}`;
}

/** `versionOf` of src/offline, without a chunk of its own on every page. */
function ownVersion(): string {
  return document.querySelector<HTMLMetaElement>("meta[name=drydock-version]")?.content ?? "";
}
