import * as z from "zod/mini";
import type { Volume } from "./engine-answers.ts";
import { isEvent, type AskContext, type CheckKind } from "./kind.ts";
import { namedValues, namedValuesProperty } from "./named-values.ts";
import { notYet, passed } from "./outcome.ts";
import { listed } from "./listed.ts";
import { described } from "./noun-phrase.ts";
import { differences, goneProblem, wantedWords, type Properties } from "./property.ts";

const schema = z.strictObject({
  name: z.string().check(z.minLength(1)),
  driver: z.optional(z.string().check(z.minLength(1))),
  labels: z.optional(namedValues()),
  /** The name of a container that has it mounted; it need not run. */
  usedBy: z.optional(z.string().check(z.minLength(1))),
  /** Where a container (that of `usedBy`, or any) has it mounted. */
  at: z.optional(z.string().check(z.regex(/^\//, "a path in the container that starts with /"))),
  /** Asks for the opposite: that there is no volume of this name. */
  gone: z.optional(z.literal(true)),
});

type Parameters = z.infer<typeof schema>;

/** The engine has a volume of this name, made and used like this (or, with `gone`, none). */
export const volume: CheckKind<Parameters> = {
  kind: "volume",
  schema,
  problem: (wanted) => goneProblem(wanted, ["name"]),
  isAbsence: ({ gone }) => gone === true,
  concerns: ({ usedBy, at }, change) =>
    isEvent(change, "volume", actions) || ((usedBy ?? at) !== undefined && isEvent(change, "container", useActions)),
  async ask(wanted, context) {
    const all = await context.world.engine.volumes(context);
    const found = all.find(({ Name }) => Name === wanted.name);
    if (wanted.gone === true) {
      if (found === undefined) return passed;
      return notYet(`The volume ${wanted.name} is still there.`, `Wanted is that no volume ${wanted.name} is left.`);
    }
    const wants = `Wanted is ${describe(wanted)}.`;
    if (found === undefined) return notYet(seenInstead(wanted.name, all), wants);
    const wrong = differences(properties, wanted, found);
    if (wrong.length > 0) return notYet(wrong.map((each) => `The volume ${wanted.name} ${each}.`).join(" "), wants);
    const unused = await useDifference(wanted, context);
    return unused === undefined ? passed : notYet(`The volume ${wanted.name} ${unused}.`, wants);
  },
  holds: (wanted) =>
    wanted.gone === true ? `There is no volume named ${wanted.name}.` : `There is ${describe(wanted)}.`,
};

function describe(wanted: Parameters): string {
  return described(`a volume named ${wanted.name}`, [...wantedWords(properties, wanted), ...sayUse(wanted)]);
}

const actions = new Set("create destroy prune".split(" "));
const useActions = new Set("create destroy rename prune".split(" "));

const properties: Properties<Parameters, Volume> = {
  driver: {
    wrong: (wanted, { Driver }) =>
      Driver === wanted ? undefined : Driver ? `has the driver ${Driver}` : "has no driver",
    wants: (wanted) => `with the driver ${wanted}`,
  },
  labels: namedValuesProperty("label", ({ Labels }) => Labels),
};

async function useDifference({ name, usedBy, at }: Parameters, context: AskContext): Promise<string | undefined> {
  if (usedBy === undefined && at === undefined) return undefined;
  const uses = (await context.world.engine.containers(context)).flatMap(({ Names, Mounts }) =>
    (Mounts ?? [])
      .filter(({ Type, Name }) => Type === "volume" && Name === name)
      .map(({ Destination }) => ({
        container: Names?.[0]?.replace(/^\//, "") ?? "without a name",
        at: Destination ?? "",
      })),
  );
  const isUse = (use: (typeof uses)[number]) =>
    (usedBy === undefined || use.container === usedBy) && (at === undefined || use.at === at.replace(/(.)\/+$/, "$1"));
  if (uses.some(isUse)) return undefined;
  if (uses.length === 0) return "is not mounted in any container";
  return `is mounted in ${listed(uses.map((use) => `the container ${use.container} at ${use.at}`))}`;
}

function sayUse({ usedBy, at }: Parameters): string[] {
  if (usedBy === undefined && at === undefined) return [];
  return [
    `mounted in ${usedBy === undefined ? "a container" : `the container ${usedBy}`}${at === undefined ? "" : ` at ${at}`}`,
  ];
}

function seenInstead(name: string, all: readonly Volume[]): string {
  const named = all.flatMap(({ Name }) => (Name && !/^[\da-f]{64}$/.test(Name) ? [Name] : []));
  const instead = named.length === 0 ? "" : ` There ${named.length === 1 ? "is" : "are"} ${listed(named)}.`;
  return `There is no volume named ${name}.${instead}`;
}
