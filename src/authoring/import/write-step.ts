import { joined } from "./joined.ts";
import { jsxAttribute } from "./jsx-attribute.ts";
import type { Action, Part, Section } from "./scenario.ts";
import type { Tally } from "./tally.ts";
import { fence, writeSolving } from "./write-block.ts";

/** A section with something to do. What it lacks of a step is guessed, and noted as a guess. */
export function writeStep(section: Section, id: string, tally: Tally): string {
  tally.count("steps");
  const { title, parts } = section;
  const solutions = parts.filter(({ fold }) => fold?.isSolution === true);
  const folded = parts.filter(({ fold }) => fold !== undefined && !fold.isSolution);
  const actions = (solutions.length > 0 ? solutions : parts).flatMap((part) => part.actions);
  return joined([
    `<Step id="${id}" ${jsxAttribute("title", title.replace(/\s+/g, " "))}>`,
    ...parts.filter(({ fold }) => fold === undefined).map((part) => tally.take(part)),
    writeChecks(section, actions, tally),
    writeHints(folded, section, tally),
    writeSolution(section, solutions, actions, tally),
    "</Step>",
  ]);
}

function writeHints(folded: readonly Part[], { file }: Section, tally: Tally): string {
  const hints = folded.map((part): string => {
    const heading = headingOf(part, /^hint\W*$/i);
    const text = joined([heading, tally.take(part)]);
    // Nothing in it, or only notes.
    if (
      joined([heading, part.text])
        .replace(/\{\/\*[^]*?\*\/\}/g, "")
        .trim() === ""
    )
      return text;
    tally.count("hints");
    return `<Hint>\n\n${text}\n\n</Hint>`;
  });
  if (hints.some((hint) => hint.startsWith("<Hint>"))) return joined(hints);
  const reason = "The original has no hint here; this one is only there because a step needs one.";
  const note = tally.note({ file, line: 1, reason, original: "(none)" });
  return joined([...hints, note, "<Hint>Read the step again from the top, and do its commands in their order.</Hint>"]);
}

/** What was folded away under a title that says more than its component does. */
function headingOf({ fold }: Part, plain: RegExp): string {
  return fold === undefined || fold.title === "" || plain.test(fold.title) ? "" : `**${fold.title}**`;
}

function writeChecks({ file, verify }: Section, actions: readonly Action[], tally: Tally): string {
  if (verify !== undefined) {
    tally.count("checks");
    return `<Check kind="command" run={${scriptLiteral(verify)}} exitCode={0} />`;
  }
  const reason =
    "The original does not check this step; this check only sees that its last command was run or its files are there.";
  const paths = actions.flatMap((action) => (action.type === "file" ? [action.path] : []));
  const command = actions.findLast((action) => action.type === "command");
  const line = lastCommand(command?.command ?? "");
  return joined([
    tally.note({ file, line: 1, reason, original: "(none)" }),
    ...[...new Set(paths)].map((path) => `<Check kind="file" ${jsxAttribute("path", path)} />`),
    line === "" ? "" : `<Check kind="terminal" command={${JSON.stringify(line)}} />`,
  ]);
}

/** MDX takes the white space from the beginning of the lines of a template, so a script that has some is written on one line. */
function scriptLiteral(script: string): string {
  if (/^[ \t]/m.test(script)) return JSON.stringify(script);
  return `\`${script.replace(/[\\`]|\$\{/g, String.raw`\$&`)}\``;
}

/** The last command of a script, on one line: without comments, and up to what is given to it on lines of its own. */
function lastCommand(script: string): string {
  const joinedLines = script.replace(/\\\n\s*/g, "");
  const given = /<<-?\s*(["']?)(\w+)\1/.exec(joinedLines);
  const lines = (given === null ? joinedLines : joinedLines.slice(0, given.index))
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  return lines.at(-1) ?? "";
}

function writeSolution(
  { file }: Section,
  solutions: readonly Part[],
  actions: readonly Action[],
  tally: Tally,
): string {
  if (solutions.length > 0) {
    tally.count("solutions");
    return inSolution(
      joined(solutions.map((part) => joined([headingOf(part, /^(the\s+)?(solution|answer)\W*$/i), tally.take(part)]))),
    );
  }
  if (actions.length > 0) return inSolution(joined(actions.map(writeSolving)));
  const reason = "The original has no solution here. Write what solves the step in place of this command.";
  return joined([tally.note({ file, line: 1, reason, original: "(none)" }), inSolution(fence("sh run", "true"))]);
}

function inSolution(text: string): string {
  return `<Solution>\n\n${text}\n\n</Solution>`;
}
