/**
 * The file of the build context that `COPY` or `ADD` put at a path in the image, as the words of the instruction name it. Where they do not tell,
 * it is the path in the image, with a slash at its start. `workingFolder` is where relative destinations begin.
 */
export function findSource(words: string, pathInImage: string, workingFolder: string): string {
  const fallback = `/${pathInImage}`;
  const [, ...all] = words.split(/\s+/);
  const places = all.filter((each) => !each.startsWith("--"));
  const destination = places.pop();
  // The form with brackets, and files that stand in the Dockerfile itself.
  if (destination === undefined || places.length === 0 || /[[\]"]|<</.test(words)) return fallback;
  const target = clean(destination.startsWith("/") ? destination : `${workingFolder}/${destination}`);
  const [only = ""] = places;
  if (places.length === 1 && pathInImage === target) return clean(only);
  if (target !== "" && !pathInImage.startsWith(`${target}/`)) return fallback;
  const rest = target === "" ? pathInImage : pathInImage.slice(target.length + 1);
  const file = places.find((place) => clean(place).split("/").at(-1) === rest);
  if (file !== undefined) return clean(file);
  if (places.length > 1) return rest;
  const isPattern = /[*?]/.test(only);
  const folder = isPattern ? clean(only).split("/").slice(0, -1).join("/") : clean(only);
  return folder === "" ? rest : `${folder}/${rest}`;
}

/** Without `.`, double slashes and slashes at either end. */
function clean(path: string): string {
  return path
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/");
}
