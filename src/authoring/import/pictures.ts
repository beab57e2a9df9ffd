import { posix } from "node:path";
import { faultOfPicture, pictureTypes } from "../../lessons/picture.ts";
import { AuthoringError } from "../authoring-error.ts";
import type { ScenarioPicture, SourceFolder } from "./scenario.ts";

/** The pictures of an imported folder, and which of them the lesson shows. */
export interface Pictures {
  /** Takes the picture that `page` names by `url`: its name beside the lesson, or why there is none. */
  take(url: string, page: string): { readonly name: string } | { readonly reason: string };
  /** Those taken, by their paths in the folder. */
  taken(): ReadonlyMap<string, ScenarioPicture>;
}

export async function openPictures(folder: SourceFolder): Promise<Pictures> {
  const there = new Map<string, Uint8Array | AuthoringError>();
  for (const path of await folder.list()) {
    if (pictureTypes.test(path.toLowerCase())) there.set(path, await readOrError(folder, path));
  }
  const taken = new Map<string, ScenarioPicture>();
  const names = new Set<string>();
  return {
    take(url, page) {
      const path = placesOf(url, page).find((place) => folder.has(place));
      if (path === undefined) {
        return { reason: "A picture that is not in the folder. Put it beside the lesson and show it with <Figure>." };
      }
      const known = taken.get(path);
      if (known !== undefined) return { name: known.name };
      const content = there.get(path);
      if (content === undefined) {
        return { reason: "A picture of a kind that a lesson does not show. Make it an SVG, PNG, JPEG or WebP." };
      }
      if (content instanceof AuthoringError) return { reason: `A picture that was left out: ${content.message}` };
      const name = freeName(safeName(path), names);
      const fault = faultOfPicture(name, content);
      if (fault !== undefined) return { reason: `${fault.problem} ${fault.remedy}` };
      names.add(name);
      taken.set(path, { name, content });
      return { name };
    },
    taken: () => taken,
  };
}

/** Where a picture may be, beginning with the folder of the page that shows it. */
function placesOf(url: string, page: string): string[] {
  if (/^([a-z][a-z\d+.-]*:|\/\/)/i.test(url)) return [];
  const name = decode(url.replace(/[?#].*$/s, ""));
  const fromPage = name.startsWith("/") ? [] : [posix.join(posix.dirname(page), name)];
  const fromRoot = name.replace(/^\/+/, "");
  return [...fromPage, posix.normalize(fromRoot), posix.join("assets", fromRoot)].filter(
    (place) => place !== "." && !place.startsWith(".."),
  );
}

function decode(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch (error) {
    if (error instanceof URIError) return url;
    throw error;
  }
}

/** A name that can be part of an address as it is. */
function safeName(path: string): string {
  const name = posix.basename(path);
  const ending = posix.extname(name);
  const stem = name.slice(0, name.length - ending.length).replace(/[^\w.-]+/g, "-");
  return `${stem.replace(/^[-.]+|-+$/g, "") || "picture"}${ending.toLowerCase()}`;
}

function freeName(name: string, names: ReadonlySet<string>): string {
  const ending = posix.extname(name);
  const stem = name.slice(0, name.length - ending.length);
  for (let n = 1; ; n++) {
    const free = n === 1 ? name : `${stem}-${n}${ending}`;
    // Some disks take two names for one that differ only in large and small letters.
    if (![...names].some((other) => other.toLowerCase() === free.toLowerCase())) return free;
  }
}

async function readOrError(folder: SourceFolder, path: string): Promise<Uint8Array | AuthoringError> {
  try {
    return await folder.bytes(path);
  } catch (error) {
    if (error instanceof AuthoringError) return error;
    throw error;
  }
}
