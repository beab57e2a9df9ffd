import * as z from "zod/mini";
import { sayCount } from "./amount.ts";
import { containerPort, machinePort } from "./container-port.ts";
import type { Network, Service } from "./engine-answers.ts";
import { isSameImage, shortReference } from "./image-reference.ts";
import { isEvent, shownAliveMs, type AskContext, type Change, type CheckKind } from "./kind.ts";
import { namedValues, namedValuesProperty, readVariables } from "./named-values.ts";
import { notYet, passed } from "./outcome.ts";
import { listed, listedAs } from "./listed.ts";
import { described } from "./noun-phrase.ts";
import { differences, goneProblem, wantedWords, type Properties } from "./property.ts";
import { modeOf, taskCounts, type ServiceWithTasks } from "./service-tasks.ts";

const text = z.string().check(z.minLength(1));
const count = z.int().check(z.gte(0));

const schema = z.strictObject({
  name: text,
  image: z.optional(text),
  mode: z.optional(z.enum(["replicated", "global", "replicated-job", "global-job"])),
  /** How many tasks it is told to have. */
  replicas: z.optional(count),
  /** How many of its tasks run, made as the service is described now: after an update, older ones do not count. */
  running: z.optional(count),
  /** Of a job: how many of its tasks have ended well since it was last started. */
  completed: z.optional(z.int().check(z.gte(1))),
  /** `{ "80/tcp": 8080 }`: port inside to port outside, or `any` port. */
  ports: z.optional(
    z.record(containerPort(), z.union([machinePort(), z.literal("any")], 'a port such as 8080, or "any"')),
  ),
  env: z.optional(namedValues()),
  /** Of the service itself, not of its containers. */
  labels: z.optional(namedValues()),
  networks: z.optional(z.array(text).check(z.minLength(1))),
  /** How its last update went; `none` if it was never updated. */
  update: z.optional(
    z.enum(["none", "updating", "paused", "completed", "rollback_started", "rollback_paused", "rollback_completed"]),
  ),
  /** Asks for the opposite: that there is no service of this name. */
  gone: z.optional(z.literal(true)),
});

type Parameters = z.infer<typeof schema>;

/** The swarm has a service of this name, made and running like this (or, with `gone`, none). Tasks have no events of their own. */
export const service: CheckKind<Parameters> = {
  kind: "service",
  schema,
  problem({ mode, replicas, completed, ...wanted }) {
    if (replicas !== undefined && mode?.startsWith("global") === true) {
      return `A service of the mode "${mode}" has one task on each node, so it has no "replicas".`;
    }
    if (completed !== undefined && (mode === "replicated" || mode === "global")) {
      return `The tasks of a service of the mode "${mode}" go on running, so none is "completed".`;
    }
    return goneProblem({ mode, replicas, completed, ...wanted }, ["name"]);
  },
  hasNoEvent: true,
  isAbsence: ({ gone }) => gone === true,
  concerns: ({ name }, change) =>
    (isEvent(change, "service", actions) && isNamed(change, name)) ||
    (isEvent(change, "container", taskActions) && isNamed(change, name)),
  settleMs: ({ running }) => (running === undefined ? 0 : shownAliveMs),
  async ask(wanted, context) {
    const all = await context.world.engine.services(context);
    const found = all?.find(({ Spec }) => Spec?.Name === wanted.name);
    if (wanted.gone === true) {
      if (found === undefined) return passed;
      return notYet(`The service ${wanted.name} is still there.`, `Wanted is that no service ${wanted.name} is left.`);
    }
    const wants = `Wanted is ${describe(wanted)}.`;
    if (all === undefined) return notYet("This engine is not the manager of a swarm.", wants);
    if (found === undefined) return notYet(seenInstead(wanted.name, all), wants);
    const wrong = differences(properties, wanted, await look(wanted, found, context));
    if (wrong.length === 0) return passed;
    return notYet(wrong.map((each) => `The service ${wanted.name} ${each}.`).join(" "), wants);
  },
  holds: (wanted) =>
    wanted.gone === true ? `There is no service named ${wanted.name}.` : `There is ${describe(wanted)}.`,
};

function describe(wanted: Parameters): string {
  return described(`a service named ${wanted.name}`, wantedWords(properties, wanted));
}

const actions = new Set(["create", "update", "remove"]);
const taskActions = new Set(["start", "die", "destroy"]);

interface Seen extends ServiceWithTasks {
  /** By name. */
  readonly networks: readonly string[];
}

/** Asks for what else is needed only if it is. */
async function look(wanted: Parameters, found: Service, context: AskContext): Promise<Seen> {
  const { engine } = context.world;
  const { networks } = wanted;
  const tasks =
    (wanted.running ?? wanted.completed) === undefined ? [] : ((await engine.tasks(found.ID ?? "", context)) ?? []);
  return {
    ...found,
    tasks,
    networks: networks === undefined ? [] : networkNames(found, await engine.networks(context)),
  };
}

const properties: Properties<Parameters, Seen> = {
  image: {
    wrong: (wanted, { Spec }) => {
      const found = Spec?.TaskTemplate?.ContainerSpec?.Image ?? "";
      return isSameImage(found, wanted)
        ? undefined
        : `has the image ${shortReference(found.split("@", 1)[0] ?? found)}`;
    },
    wants: (wanted) => `from the image ${shortReference(wanted)}`,
  },
  mode: {
    wrong: (wanted, seen) => (modeOf(seen) === wanted ? undefined : `has the mode ${modeOf(seen)}`),
    wants: (wanted) => `of the mode ${wanted}`,
  },
  env: namedValuesProperty("variable", ({ Spec }) => readVariables(Spec?.TaskTemplate?.ContainerSpec?.Env)),
  labels: namedValuesProperty("label", ({ Spec }) => Spec?.Labels),
  ports: {
    wrong: (wanted, { Endpoint }) =>
      Object.entries(wanted).flatMap(([inside, outside]) => {
        const published = (Endpoint?.Ports ?? [])
          .filter(({ TargetPort, Protocol }) => `${TargetPort ?? 0}/${Protocol ?? "tcp"}` === inside)
          .map(({ PublishedPort }) => PublishedPort ?? 0);
        if (published.length === 0) return [`does not publish its port ${inside}`];
        if (outside === "any" || published.includes(outside)) return [];
        return [`publishes its port ${inside} on ${listed(published.map(String))}`];
      }),
    wants: (wanted) =>
      Object.entries(wanted).map(
        ([inside, outside]) => `with its port ${inside} published${outside === "any" ? "" : ` on ${outside}`}`,
      ),
  },
  networks: {
    wrong: (wanted, { networks }) => {
      if (wanted.every((name) => networks.includes(name))) return undefined;
      return networks.length === 0 ? "is in no network of its own" : `is only in ${listedAs("network", networks)}`;
    },
    wants: (wanted) => `in ${listedAs("network", wanted)}`,
  },
  replicas: {
    wrong: (wanted, { Spec }) => {
      const found = Spec?.Mode?.Replicated?.Replicas ?? Spec?.Mode?.ReplicatedJob?.TotalCompletions;
      if (found === wanted) return undefined;
      return found === undefined || found === null
        ? "has no number of replicas"
        : `is set to ${sayCount(found, "replica")}`;
    },
    wants: (wanted) => `with ${sayCount(wanted, "replica")}`,
  },
  ...taskCounts,
  update: {
    wrong: (wanted, { UpdateStatus }) => {
      const state = UpdateStatus?.State ?? "none";
      return state === wanted ? undefined : (updates[state] ?? `has the update state ${state}`);
    },
    wants: (wanted) => (wanted === "none" ? "that was never updated" : `with the update state ${wanted}`),
  },
};

const updates: Readonly<Record<string, string>> = {
  none: "was never updated",
  updating: "is being updated",
  paused: "has an update that was stopped",
  completed: "has been updated",
  rollback_started: "is going back to what it was",
  rollback_paused: "stopped on its way back to what it was",
  rollback_completed: "went back to what it was",
};

/** A service names its networks by id. */
function networkNames({ Spec }: Service, all: readonly Network[]): string[] {
  const targets = [...(Spec?.TaskTemplate?.Networks ?? []), ...(Spec?.Networks ?? [])].map(({ Target }) => Target);
  return targets.flatMap(
    (target) => all.find(({ Id, Name }) => Id === target || Name === target)?.Name ?? target ?? [],
  );
}

/** Of the service, or of a container of its tasks. */
function isNamed(change: Change, name: string): boolean {
  if (change.source !== "engine") return false;
  const attributes = change.event.Actor?.Attributes;
  return (
    attributes?.["com.docker.swarm.service.name"] === name ||
    (change.event.Type === "service" && attributes?.name === name)
  );
}

function seenInstead(name: string, all: readonly Service[]): string {
  const names = all.flatMap(({ Spec }) => Spec?.Name ?? []);
  const instead = names.length === 0 ? "" : ` There ${names.length === 1 ? "is" : "are"} ${listed(names)}.`;
  return `There is no service named ${name}.${instead}`;
}
