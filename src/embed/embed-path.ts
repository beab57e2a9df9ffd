/** Below it, pages may be shown in frames of other sites. */
export const embedFolder = "embed";

/**
 * Where a link leads that is followed on an embedded page, both below the base of the site: to a place on the page that is shown, to a page that
 * has its place in the frame too, or out of the frame. `path` is undefined for a link to another site.
 */
export function whereLinkLeads(
  path: string | undefined,
  shown: string,
): { readonly to: "here" | "out" } | { readonly to: "embed"; readonly path: string } {
  if (path === undefined) return { to: "out" };
  if (path === shown) return { to: "here" };
  // Where the sandbox is shown alone, there is no room for a lesson.
  if (shown.endsWith("/sandbox/")) return { to: "out" };
  if (path.startsWith(`${embedFolder}/`)) return { to: "embed", path };
  const lesson = /^learn\/([^/]+\/(?!done\/)[^/]+)\/$/.exec(path)?.[1];
  if (lesson === undefined) return { to: "out" };
  const page = `${embedFolder}/${lesson}/`;
  return page === shown ? { to: "here" } : { to: "embed", path: page };
}
