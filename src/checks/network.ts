import * as z from "zod/mini";
import type { NetworkDetails } from "./engine-answers.ts";
import { isEvent, shownAliveMs, type CheckKind } from "./kind.ts";
import { namedValues, namedValuesProperty } from "./named-values.ts";
import { notYet, passed } from "./outcome.ts";
import { listed, listedAs } from "./listed.ts";
import { described } from "./noun-phrase.ts";
import { differences, goneProblem, wantedWords, type Properties } from "./property.ts";

const address = z.string().check(z.regex(/^[\da-f.:]+$/i, "an address such as 172.20.0.1"));

const schema = z.strictObject({
  name: z.string().check(z.minLength(1)),
  /** Such as `bridge` or `overlay`. */
  driver: z.optional(z.string().check(z.minLength(1))),
  /** Whether it leads nowhere else. */
  internal: z.optional(z.boolean()),
  /** Whether containers outside of services may join an overlay network. */
  attachable: z.optional(z.boolean()),
  subnet: z.optional(z.string().check(z.regex(/^[\da-f.:]+\/\d{1,3}$/i, "a subnet such as 172.20.0.0/16"))),
  gateway: z.optional(address),
  labels: z.optional(namedValues()),
  /** Names of running containers that are in it; others may be as well. */
  containers: z.optional(z.array(z.string().check(z.minLength(1))).check(z.minLength(1))),
  /** Asks for the opposite: that there is no network of this name. */
  gone: z.optional(z.literal(true)),
});

type Parameters = z.infer<typeof schema>;

/** The engine has a network of this name, made like this, with these containers in it (or, with `gone`, none). */
export const network: CheckKind<Parameters> = {
  kind: "network",
  schema,
  problem: (wanted) => goneProblem(wanted, ["name"]),
  isAbsence: ({ gone }) => gone === true,
  // A container's name may change while it stays connected.
  concerns: ({ containers }, change) =>
    isEvent(change, "network", actions) || (containers !== undefined && isEvent(change, "container", nameActions)),
  settleMs: ({ containers }) => (containers === undefined ? 0 : shownAliveMs),
  async ask(wanted, context) {
    const details = await context.world.engine.network(wanted.name, context);
    // A network is found by the beginning of its id as well.
    const found = details?.Name === wanted.name ? details : undefined;
    if (wanted.gone === true) {
      if (found === undefined) return passed;
      return notYet(`The network ${wanted.name} is still there.`, `Wanted is that no network ${wanted.name} is left.`);
    }
    const wants = `Wanted is ${describe(wanted)}.`;
    if (found === undefined) {
      const others = (await context.world.engine.networks(context)).flatMap(({ Name }) =>
        Name && !own.has(Name) ? [Name] : [],
      );
      const instead = others.length === 0 ? "" : ` There ${others.length === 1 ? "is" : "are"} ${listed(others)}.`;
      return notYet(`There is no network named ${wanted.name}.${instead}`, wants);
    }
    const wrong = differences(properties, wanted, found);
    return wrong.length === 0
      ? passed
      : notYet(wrong.map((each) => `The network ${wanted.name} ${each}.`).join(" "), wants);
  },
  holds: (wanted) =>
    wanted.gone === true ? `There is no network named ${wanted.name}.` : `There is ${describe(wanted)}.`,
};

function describe(wanted: Parameters): string {
  return described(`a network named ${wanted.name}`, wantedWords(properties, wanted));
}

const actions = new Set("create connect disconnect destroy remove update prune".split(" "));
const nameActions = new Set(["rename"]);
/** Made by the engine itself. */
const own = new Set(["bridge", "host", "none", "docker_gwbridge", "ingress"]);

const properties: Properties<Parameters, NetworkDetails> = {
  driver: {
    wrong: (wanted, { Driver }) =>
      Driver === wanted ? undefined : Driver ? `has the driver ${Driver}` : "has no driver",
    wants: (wanted) => `with the driver ${wanted}`,
  },
  internal: {
    wrong: (wanted, { Internal }) =>
      (Internal ?? false) === wanted ? undefined : wanted ? "is not internal" : "is internal",
    wants: (wanted) => (wanted ? "that is internal" : "that is not internal"),
  },
  attachable: {
    wrong: (wanted, { Attachable }) =>
      (Attachable ?? false) === wanted ? undefined : wanted ? "is not attachable" : "is attachable",
    wants: (wanted) => (wanted ? "that is attachable" : "that is not attachable"),
  },
  subnet: addressProperty("subnet", "Subnet"),
  gateway: addressProperty("gateway", "Gateway"),
  labels: namedValuesProperty("label", ({ Labels }) => Labels),
  containers: {
    wrong: (wanted, { Containers }) => {
      const found = Object.values(Containers ?? {}).flatMap((each) => (each?.Name ? [each.Name] : []));
      if (wanted.every((name) => found.includes(name))) return undefined;
      return found.length === 0 ? "has no running container in it" : `has only ${listed(found)} in it`;
    },
    wants: (wanted) => `with ${listed(wanted)} in it`,
  },
};

function addressProperty(noun: string, key: "Subnet" | "Gateway") {
  return {
    wrong: (wanted: string, { IPAM }: NetworkDetails) => {
      const found = (IPAM?.Config ?? []).flatMap((each) => each[key] ?? []);
      if (found.some((each) => each.toLowerCase() === wanted.toLowerCase())) return undefined;
      return found.length === 0 ? `has no ${noun}` : `has ${listedAs(noun, found)}`;
    },
    wants: (wanted: string) => `with the ${noun} ${wanted}`,
  };
}
