/** A title as a name for ids and folders: "Build & run: your first image!" is `build-run-your-first-image`. `prefix` comes before a digit. */
export function slug(title: string, prefix: string): string {
  const words = title
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[’'\p{M}]/gu, "")
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const name = words.join("-");
  if (name === "") return prefix;
  return /^[a-z]/.test(name) ? name : `${prefix}-${name}`;
}
