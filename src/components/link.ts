/** The address of a page or a public file, below the base the site is served from. `path` has no leading slash. */
export function link(path: string): string {
  return `${import.meta.env.BASE_URL.replace(/\/$/, "")}/${path}`;
}
