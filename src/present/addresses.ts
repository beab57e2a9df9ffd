import { link } from "../components/link.ts";

/** The stage of a lesson, `<course>/<lesson>`. */
export function stageAddress(lesson: string): string {
  return link(`present/${lesson}/`);
}

export function presenterAddress(lesson: string): string {
  return link(`present/${lesson}/presenter/`);
}

export function isPresenterPage(path: string): boolean {
  return path.startsWith(link("present/")) && /\/presenter\/?$/.test(path);
}
