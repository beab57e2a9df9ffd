import { versionOf } from "../offline/site-version.ts";
import { link } from "./link.ts";

/**
 * The address of a file whose name says nothing of its content, for this build of the site: what is kept for use without a network has the files of
 * several builds, and a page gets those of its own.
 */
export function versionedLink(path: string): string {
  return `${link(path)}?v=${typeof document === "undefined" ? import.meta.env.SITE_VERSION : versionOf(document)}`;
}
