import type { Heading } from "mdast";
import { plainText } from "../../lessons/mdx-tree.ts";
import type { Dialect } from "./dialect.ts";
import { convertText, convertTree } from "./convert-flow.ts";
import { cutFolds, type Stretch } from "./cut-folds.ts";
import { createFound, type Found } from "./found.ts";
import { nodesIn, parsePage, type ParsedPage } from "./parse-page.ts";
import type { Pictures } from "./pictures.ts";
import type { Page } from "./place.ts";
import type { Part } from "./scenario.ts";

interface PageSource {
  readonly source: string;
  /** Relative to the imported folder. */
  readonly file: string;
  readonly title: string;
}

/** Turns a page into MDX that reads as the same: what Markdown and MDX have in common stays as it is written. */
export function convertPage({ source, file, title }: PageSource, dialect: Dialect, pictures: Pictures): Part[] {
  const { actsAfterFence } = dialect;
  const parsed = parsePage(source, { firstLine: 1, actsAfterFence, insideHtml: false });
  const heading = titleHeading(parsed, title);
  const page: Page = {
    file,
    dialect,
    pictures,
    titleHeading: heading,
    shift: shiftOf(parsed, heading),
    references: new Set(
      [...nodesIn(parsed.tree)].flatMap((node) =>
        node.type === "linkReference" || node.type === "imageReference" ? [node.identifier] : [],
      ),
    ),
  };
  return cutFolds(parsed)
    .map((stretch) => convertStretch(stretch, parsed, page))
    .filter(({ fold, text }) => fold !== undefined || text !== "");
}

function convertStretch(stretch: Stretch, parsed: ParsedPage, page: Page): Part {
  const { summary } = stretch;
  const found = createFound();
  const text = convertTree(parsed, stretch, { page, found, isLifted: false });
  if (summary === undefined) return partOf(text, found, undefined);
  const firstLine = parsed.firstLine + parsed.source.slice(0, stretch.from).split("\n").length - 1;
  const convertTitle = (into: Found): string =>
    convertText(summary, parsed, { firstLine, insideHtml: true }, { page, found: into, isLifted: false })
      .replace(/\s+/g, " ")
      .trim();
  const title = convertTitle(found);
  // In a solution the commands stand at the start of a line, and all that is done has to be among them.
  const solution = createFound();
  if (!/solution|answer/i.test(title) || found.actions.length === 0) return partOf(text, found, title);
  const lifted = convertTree(parsed, stretch, { page, found: solution, isLifted: true });
  if (solution.hasNestedActions) return partOf(text, found, title);
  convertTitle(solution);
  return { ...partOf(lifted, solution, title), fold: { title, isSolution: true } };
}

function partOf(text: string, found: Found, title: string | undefined): Part {
  const { actions, mapped, notes } = found;
  return { fold: title === undefined ? undefined : { title, isSolution: false }, text, actions, mapped, notes };
}

/** The heading by which a page repeats its title. */
function titleHeading({ tree }: ParsedPage, title: string): Heading | undefined {
  const first = tree.children.find(({ type }) => type !== "yaml");
  return first?.type === "heading" && plainText(first).trim() === title.trim() ? first : undefined;
}

/** Under a step's or a section's title the first heading is of the third level. */
function shiftOf({ tree }: ParsedPage, title: Heading | undefined): number {
  const depths = [...nodesIn(tree)].flatMap((node) => (node.type === "heading" && node !== title ? [node.depth] : []));
  return Math.max(0, 3 - Math.min(...depths, 3));
}
