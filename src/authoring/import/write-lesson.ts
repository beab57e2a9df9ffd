import { stringify } from "yaml";
import { slug } from "../slug.ts";
import { escapeWords } from "./escape-text.ts";
import { joined } from "./joined.ts";
import type { ImportNote, Scenario, Section } from "./scenario.ts";
import { createTally, type Tally } from "./tally.ts";
import { writeStep } from "./write-step.ts";

/** A lesson as it is to be written. */
export interface WrittenLesson {
  /** As it stands in the front matter. */
  readonly title: string;
  /** MDX. */
  readonly source: string;
  /** How many of each thing found its place, by name. */
  readonly mapped: ReadonlyMap<string, number>;
  /** What did not; each stands in the lesson as a comment that begins with `IMPORT`. */
  readonly notes: readonly ImportNote[];
}

export function writeLesson(scenario: Scenario): WrittenLesson {
  const tally = createTally();
  const ids = new Set<string>();
  const source = joined([
    frontMatter(scenario, tally),
    ...scenario.notes.map((note) => tally.note(note)),
    ...scenario.sections.map((section) =>
      isStep(section) ? writeStep(section, newId(section.title, ids), tally) : writeProse(section, tally),
    ),
  ]);
  const title = shorten(oneLine(scenario.title), longestTitle);
  return { title, source: `${source}\n`, mapped: tally.mapped, notes: tally.notes };
}

/** There is something to do in it; the others are read. */
function isStep({ parts, verify }: Section): boolean {
  return verify !== undefined || parts.some(({ actions }) => actions.length > 0);
}

/** What was folded away stands open: only a step has hints. */
function writeProse({ title, parts }: Section, tally: Tally): string {
  tally.count("pages of prose");
  const texts = parts.flatMap((part) => {
    const heading = part.fold?.title;
    return [heading ? `**${heading}**` : "", tally.take(part)];
  });
  return joined([`## ${escapeWords(title.replace(/\s+/g, " "))}`, ...texts]);
}

function newId(title: string, ids: Set<string>): string {
  const base = slug(title, "step");
  let id = base;
  for (let n = 2; ids.has(id); n++) id = `${base}-${n}`;
  ids.add(id);
  return id;
}

function frontMatter(scenario: Scenario, tally: Tally): string {
  const { title: fullTitle, description, minutes, level, format, sections } = scenario;
  const title = oneLine(fullTitle);
  const summary = oneLine(description) || title;
  const steps = sections.filter(isStep).map((section) => section.title);
  const actions = sections.flatMap(({ parts }) => parts.flatMap((part) => part.actions));
  const commands = actions.filter((action) => action.type === "command");
  const values = {
    title: shorten(title, longestTitle),
    summary: shorten(summary, longestSummary),
    minutes: minutes ?? Math.min(60, Math.max(5, commands.length * 2)),
    level: level ?? "beginner",
    objectives: steps.length > 0 ? steps : [title],
    machine: { terminals: Math.max(1, ...commands.map(({ terminal }) => terminal)) },
  };
  const missing = [
    ...(minutes === undefined ? ["minutes"] : []),
    ...(level === undefined ? ["level"] : []),
    "objectives",
  ];
  const file = sections[0]?.file ?? "";
  const note = (reason: string, original: string): string => tally.note({ file, line: 1, reason, original });
  return joined([
    `---\n${stringify(values, { lineWidth: 120 })}---`,
    note(
      `A ${format} does not say these entries of the front matter; they are guesses to put right.`,
      missing.join(", "),
    ),
    title.length > longestTitle ? note("A title that is longer than one may be.", title) : "",
    summary.length > longestSummary ? note("A description that is longer than a summary may be.", summary) : "",
  ]);
}

const longestTitle = 80; // characters, as the front matter allows
const longestSummary = 240;

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}
