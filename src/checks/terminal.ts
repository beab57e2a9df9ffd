import * as z from "zod/mini";
import type { CheckKind } from "./kind.ts";
import { notYet } from "./outcome.ts";
import { matchesPattern, regularExpression } from "./pattern.ts";
import { readCommands } from "./read-commands.ts";
import { isSimilarCommand } from "./similar-command.ts";
import type { TypedCommand } from "./world.ts";

const schema = z.strictObject({
  /** A command like this; `*` stands for any one word. */
  command: z.optional(
    z.string().check(z.refine((line) => readCommands(line).length > 0, "must be a command such as docker ps -a")),
  ),
  /** For what has no words in common: a regular expression that the line matches. */
  matches: z.optional(regularExpression()),
  /** Without it, the command need not have ended. */
  exitCode: z.optional(z.int().check(z.gte(0), z.lte(255))),
  /** Counted from 1; default is any of the sandbox's own. `vm` is that of the small machine. */
  terminal: z.optional(z.union([z.int().check(z.gte(1), z.lte(3)), z.literal("vm")])),
});

type Parameters = z.infer<typeof schema>;

/** The learner entered something like this in a terminal since the step was opened. */
export const terminal: CheckKind<Parameters> = {
  kind: "terminal",
  schema,
  staysTrue: true,
  problem: ({ command, matches }) =>
    (command === undefined) === (matches === undefined)
      ? 'Give either "command", words like those that are to be entered, or "matches", a regular expression.'
      : undefined,
  concerns: (_, change) => change.source === "terminal",
  ask(wanted, { commands }) {
    const wants = `Wanted is ${describe(wanted)}.`;
    const similar = commands.filter(({ command }) => isLike(wanted, command.line));
    const last = similar.at(-1);
    if (last === undefined) return Promise.resolve(notYet(seenInstead(commands.length, wanted), wants));
    const fit = similar.filter(({ command }) => difference(wanted, command) === undefined);
    const [first] = fit
      .map(({ entered, ended }) => (wanted.exitCode === undefined ? entered : (ended ?? entered)))
      .sort((a, b) => a.events + a.commands - (b.events + b.commands));
    if (first !== undefined) return Promise.resolve({ result: "passed", since: first });
    return Promise.resolve(notYet(`It was entered, but ${difference(wanted, last.command) ?? ""}.`, wants));
  },
  holds: ({ terminal: place, exitCode }) =>
    `The command that the step asks for was entered ${sayPlace(place)}${exitCode === undefined ? "" : ` and ended with exit code ${exitCode}`}.`,
};

function isLike({ command, matches }: Parameters, line: string): boolean {
  return command === undefined ? matchesPattern(matches ?? "", line) : isSimilarCommand(command, line);
}

function difference(wanted: Parameters, { terminal: place, exitCode }: TypedCommand): string | undefined {
  if (wanted.terminal === undefined ? place === "vm" : place !== wanted.terminal) return sayPlace(place);
  if (wanted.exitCode === undefined) return undefined;
  if (exitCode === undefined) return "has not ended yet";
  return exitCode === wanted.exitCode ? undefined : `ended with exit code ${exitCode}`;
}

function seenInstead(commands: number, { terminal: place }: Parameters): string {
  return commands === 0
    ? `Nothing has been entered ${place === "vm" ? sayPlace(place) : "in the terminal"} in this step.`
    : "No command like the one of this step has been entered in it.";
}

function describe({ terminal: place, exitCode }: Parameters): string {
  const end = exitCode === undefined ? "" : `, ending with exit code ${exitCode}`;
  return `the command that the step asks for, entered ${sayPlace(place)}${end}`;
}

function sayPlace(terminal: number | "vm" | undefined): string {
  if (terminal === "vm") return "in the small machine";
  return terminal === undefined ? "in a terminal" : `in terminal ${terminal}`;
}
