/** A title as a name for ids and folders: small letters, digits and dashes, beginning with a letter. */
export function slug(title: string, otherwise: string): string {
  const words = title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "")
    .slice(0, 40)
    .replace(/-+$/, "");
  return words === "" ? otherwise : words;
}
