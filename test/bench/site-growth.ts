import { markdown } from "./markdown.ts";
import { samplesOf, type Results } from "./results.ts";

/** How often the site's longest course is in it. */
export const courseCopies = [1, 3] as const;

/** Bytes are the same in every build, so each is told once; a build takes too long to be repeated. */
export const siteMeasures = [
  { id: "lessons", title: "lessons", unit: "" },
  { id: "build", title: "`astro build`, once", unit: "s" },
  { id: "site", title: "the site without the machine image and the catalogue", unit: "MB" },
  { id: "search", title: "search index, gzip", unit: "KB" },
  { id: "home", title: "the home page's HTML, gzip", unit: "KB" },
  { id: "lesson", title: "a lesson page's HTML, gzip", unit: "KB" },
  { id: "glossary", title: "the glossary's HTML, gzip", unit: "KB" },
  { id: "scripts", title: "a lesson page's scripts, those it names itself, gzip", unit: "KB" },
] as const;

export function siteId(copies: number, measure: string): string {
  return `site ${copies} ${measure}`;
}

export function siteTable(results: Results): string {
  if (results.parts.site === undefined) return "Not measured.";
  const rows = siteMeasures.map(({ id, title, unit }) => {
    const [smallest = NaN] = samplesOf(results, siteId(courseCopies[0], id));
    const cells = courseCopies.map((copies) => {
      const [value] = samplesOf(results, siteId(copies, id));
      if (value === undefined) return "";
      const ratio = copies === courseCopies[0] ? "" : ` (${(value / smallest).toFixed(1)}×)`;
      return `${value.toFixed(unit === "" ? 0 : 1)}${unit && ` ${unit}`}${ratio}`;
    });
    return [title, ...cells];
  });
  const heads = courseCopies.map((copies) => (copies === 1 ? "as it is" : `its longest course ${copies} times`));
  return markdown(["the site", ...heads], rows);
}
