import * as z from "zod/mini";
import { isWithin, sayCount } from "./amount.ts";
import { amountOf, countProblem, sayCounted } from "./counted.ts";
import type { Node } from "./engine-answers.ts";
import { isEvent, type CheckKind } from "./kind.ts";
import { namedValues, namedValuesProperty } from "./named-values.ts";
import { notYet, passed } from "./outcome.ts";
import { differences, wantedWords, type Properties } from "./property.ts";

const amount = z.int().check(z.gte(1));

const schema = z.strictObject({
  /** Its host name. */
  name: z.optional(z.string().check(z.minLength(1))),
  role: z.optional(z.enum(["manager", "worker"])),
  availability: z.optional(z.enum(["active", "pause", "drain"])),
  state: z.optional(z.enum(["ready", "down", "disconnected", "unknown"])),
  /** Whether it is the leader of the managers. */
  leader: z.optional(z.boolean()),
  /** Given to the node by the swarm, not by its engine. */
  labels: z.optional(namedValues()),
  /** How many such nodes there are; without these, at least one. */
  count: z.optional(amount),
  minCount: z.optional(amount),
  maxCount: z.optional(amount),
});

type Parameters = z.infer<typeof schema>;

/** The swarm that this engine manages has such a node, or so many of them. Leaving a swarm is no event. */
export const node: CheckKind<Parameters> = {
  kind: "node",
  schema,
  problem({ leader, ...wanted }) {
    const most = Math.max(wanted.count ?? 1, wanted.minCount ?? 1, wanted.maxCount ?? 1);
    if (leader === true && most > 1) {
      return `A swarm has one leader, so there cannot be ${most} nodes that are "leader".`;
    }
    return countProblem(wanted);
  },
  hasNoEvent: true,
  concerns: (_, change) => isEvent(change, "node", actions),
  async ask(wanted, context) {
    const all = await context.world.engine.nodes(context);
    const wants = `Wanted ${describe(wanted)}.`;
    if (all === undefined) return notYet("This engine is not the manager of a swarm.", wants);
    const named = all.filter(({ Description }) => wanted.name === undefined || Description?.Hostname === wanted.name);
    const wrong = named.map((each) => ({ each, words: differences(properties, wanted, each) }));
    const count = wrong.filter(({ words }) => words.length === 0).length;
    if (isWithin(count, amountOf(wanted))) return passed;
    const closest = wrong.filter(({ words }) => words.length > 0).sort((a, b) => a.words.length - b.words.length)[0];
    const near = closest?.words
      .map((words) => `The node ${closest.each.Description?.Hostname ?? ""} ${words}.`)
      .join(" ");
    if (count > 0) return notYet(`The swarm has ${sayCount(count, "such node")}.`, wants);
    return notYet(near ?? `The swarm has ${sayCount(all.length, "node")}, but none named ${wanted.name ?? ""}.`, wants);
  },
  holds: (wanted) => `There ${describe(wanted)}.`,
};

const actions = new Set(["create", "update", "remove"]);

const properties: Properties<Parameters, Node> = {
  role: {
    wrong: (wanted, { Spec }) => (Spec?.Role === wanted ? undefined : `is a ${Spec?.Role ?? "node without a role"}`),
    wants: (wanted) => `that is a ${wanted}`,
  },
  availability: {
    wrong: (wanted, { Spec }) =>
      Spec?.Availability === wanted ? undefined : `has the availability ${Spec?.Availability ?? "unknown"}`,
    wants: (wanted) => `with the availability ${wanted}`,
  },
  state: {
    wrong: (wanted, { Status }) => (Status?.State === wanted ? undefined : `is ${Status?.State ?? "unknown"}`),
    wants: (wanted) => `that is ${wanted}`,
  },
  leader: {
    wrong: (wanted, { ManagerStatus }) =>
      (ManagerStatus?.Leader ?? false) === wanted ? undefined : wanted ? "is not the leader" : "is the leader",
    wants: (wanted) => (wanted ? "that is the leader" : "that is not the leader"),
  },
  labels: namedValuesProperty("label", ({ Spec }) => Spec?.Labels),
};

/** To follow `Wanted` or `There`. */
function describe(wanted: Parameters): string {
  const which = `${wanted.name === undefined ? "" : ` named ${wanted.name}`} in the swarm`;
  return sayCounted(wanted, "node", which, wantedWords(properties, wanted));
}
