import { link } from "../components/link.ts";

/** The stage of a lesson, `<course>/<lesson>`. */
export function stageAddress(lesson: string): string {
  return link(`present/${lesson}/`);
}

/** As deep as the lesson's own page, so that links of its text to other lessons lead somewhere. */
export function presenterAddress(lesson: string): string {
  return link(`presenter/${lesson}/`);
}

export function isPresenterPage(path: string): boolean {
  return path.startsWith(link("presenter/"));
}
