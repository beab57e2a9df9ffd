import * as z from "zod/mini";
import { isEvent, type CheckKind } from "./kind.ts";
import { notYet, passed } from "./outcome.ts";
import { matchesPattern, regularExpression } from "./pattern.ts";
import type { ShellResult } from "./world.ts";

const schema = z.strictObject({
  /** One line for `sh -c`. It must change nothing: it is run again and again. */
  run: z.string().check(z.minLength(1)),
  /** The running container to run it in; default is the machine itself, in `/workspace`. */
  in: z.optional(z.string().check(z.regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/, "the name of a container"))),
  /** Default 0. */
  exitCode: z.optional(z.int().check(z.gte(0), z.lte(255))),
  contains: z.optional(z.string().check(z.minLength(1))),
  matches: z.optional(regularExpression()),
  /** Without spaces and empty lines at both ends. */
  equals: z.optional(z.string()),
  /** Default 10. */
  timeoutSeconds: z.optional(z.int().check(z.gte(1), z.lte(60))),
});

type Parameters = z.infer<typeof schema>;

/** A program ends with this exit code and this on its standard output. */
export const command: CheckKind<Parameters> = {
  kind: "command",
  schema,
  hasNoEvent: true,
  answerMs: (parameters) => timeoutMs(parameters) + graceMs,
  concerns: ({ in: container }, change) =>
    change.source === "terminal"
      ? change.command.exitCode !== undefined
      : container !== undefined && isEvent(change, "container", lifeActions),
  async ask(wanted, { world: { shell }, signal }) {
    const { run, in: container } = wanted;
    const wants = `Wanted is ${describe(wanted)}.`;
    const options = { timeoutMs: timeoutMs(wanted), ...(signal && { signal }) };
    const result = container === undefined ? await shell.run(run, options) : await shell.runIn(container, run, options);
    if (result === undefined) return notYet(`There is no running container named ${container ?? ""}.`, wants);
    const wrong = difference(wanted, result);
    return wrong === undefined ? passed : notYet(`The check's own command ${wrong}.`, wants);
  },
  holds: (wanted) => `${describe(wanted).replace(/^that a/, "A")}.`,
};

const lifeActions = new Set("start die pause unpause rename".split(" "));
/** For the engine or the machine to begin the command and to tell how it ended. */
const graceMs = 15_000;

function timeoutMs({ timeoutSeconds = 10 }: Parameters): number {
  return timeoutSeconds * 1000;
}

function difference(wanted: Parameters, result: ShellResult): string | undefined {
  if ("stopped" in result) {
    return result.stopped === "time"
      ? `has not ended within ${timeoutMs(wanted) / 1000} seconds`
      : "printed more than is looked at";
  }
  const { exitCode, stdout } = result;
  if (exitCode !== (wanted.exitCode ?? 0)) return `ended with exit code ${exitCode}`;
  if (wanted.equals !== undefined && stdout.trim() !== wanted.equals.trim()) return saw(stdout);
  if (wanted.contains !== undefined && !stdout.includes(wanted.contains)) return saw(stdout);
  if (wanted.matches !== undefined && !matchesPattern(wanted.matches, stdout)) return saw(stdout);
  return undefined;
}

function saw(stdout: string): string {
  const [first = "", ...more] = stdout.trim().split("\n");
  if (first === "") return "printed nothing";
  const shown = first.length > 80 ? `${first.slice(0, 80)}…` : first;
  return `printed “${shown}”${more.length > 0 ? " and more" : ""}`;
}

function describe({ in: container, exitCode = 0, contains, matches, equals }: Parameters): string {
  const where = container === undefined ? "on the machine" : `in the container ${container}`;
  const output = (contains ?? matches ?? equals) === undefined ? "" : " and prints what the step asks for";
  return `that a command ${where} ends with exit code ${exitCode}${output}`;
}
