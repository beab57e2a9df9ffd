import * as z from "zod/mini";
import { sayCount } from "./amount.ts";
import { selectOfImage } from "./containers-of-image.ts";
import type { ContainerLog, ContainerSummary } from "./engine-answers.ts";
import { shortReference } from "./image-reference.ts";
import { isEvent, type AskContext, type CheckKind } from "./kind.ts";
import { notYet, passed } from "./outcome.ts";
import { matchesPattern, regularExpression } from "./pattern.ts";

const schema = z.strictObject({
  /** The container's name. */
  name: z.optional(z.string().check(z.minLength(1))),
  /** Of the containers from this image, one is enough. */
  image: z.optional(z.string().check(z.minLength(1))),
  contains: z.optional(z.string().check(z.minLength(1))),
  /** `^` and `$` stand for the ends of a line. */
  matches: z.optional(regularExpression()),
  /** Default: either. A container with a terminal has only `stdout`. */
  stream: z.optional(z.enum(["stdout", "stderr"])),
});

type Parameters = z.infer<typeof schema>;

/** A container wrote this. Writing is no event, so it is asked again. */
export const logs: CheckKind<Parameters> = {
  kind: "logs",
  schema,
  problem({ name, image, contains, matches }) {
    if (name === undefined && image === undefined) return '"name" or "image" must say whose log is meant.';
    if (contains !== undefined || matches !== undefined) return undefined;
    return '"contains" or "matches" must say what the log is to have in it.';
  },
  hasNoEvent: true,
  concerns: (_, change) => isEvent(change, "container", writingActions),
  async ask(wanted, context) {
    const wants = `Wanted is ${describe(wanted)}.`;
    const of = await select(wanted, context);
    if (of.length === 0) return notYet(`There is no ${describeContainer(wanted)}.`, wants);
    let closest: string | undefined;
    for (const summary of of) {
      const log = await context.world.engine.log(summary.Id ?? "", context);
      if (log === undefined) continue; // removed between the two questions
      const wrong = difference(wanted, log);
      if (wrong === undefined) return passed;
      closest ??= `The container ${summary.Names?.[0]?.replace(/^\//, "") ?? "without a name"} ${wrong}.`;
    }
    return notYet(closest ?? `There is no ${describeContainer(wanted)}.`, wants);
  },
  holds: (wanted) => `There is ${describe(wanted)}.`,
};

const writingActions = new Set("create start die restart rename destroy".split(" "));

/** Newest first, as the engine lists them. */
async function select({ name, image }: Parameters, context: AskContext): Promise<readonly ContainerSummary[]> {
  const ofName = (await context.world.engine.containers(context)).filter(
    ({ Names }) => name === undefined || Names?.includes(`/${name}`) === true,
  );
  return selectOfImage(image, ofName, context);
}

function difference(wanted: Parameters, log: ContainerLog): string | undefined {
  const streams = wanted.stream === undefined ? [log.stdout, log.stderr] : [log[wanted.stream]];
  if (streams.some((text) => isIn(wanted, text))) return undefined;
  if (wanted.stream !== undefined && isIn(wanted, wanted.stream === "stdout" ? log.stderr : log.stdout)) {
    return `wrote it to ${wanted.stream === "stdout" ? "stderr" : "stdout"}`;
  }
  const lines = streams.join("").split("\n").length - 1 || (streams.join("") === "" ? 0 : 1);
  if (lines === 0) return `has not written anything yet${wanted.stream === undefined ? "" : ` to ${wanted.stream}`}`;
  return `has written ${sayCount(lines, "line")}, but not what the step asks for`;
}

/** Of a long log the end is looked at, as the newest of it is the answer. */
function isIn({ contains, matches }: Parameters, text: string): boolean {
  if (contains !== undefined && !text.includes(contains)) return false;
  return matches === undefined || matchesPattern(matches, text.slice(-matchedLetters));
}

const matchedLetters = 256 * 1024;

function describe(wanted: Parameters): string {
  return `a ${describeContainer(wanted)} that writes what the step asks for${wanted.stream === undefined ? "" : ` to ${wanted.stream}`}`;
}

function describeContainer({ name, image }: Parameters): string {
  const from = image === undefined ? "" : ` from the image ${shortReference(image)}`;
  return `container${name === undefined ? "" : ` named ${name}`}${from}`;
}
