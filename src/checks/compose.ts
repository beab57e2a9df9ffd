import * as z from "zod/mini";
import { sayCount } from "./amount.ts";
import type { ContainerSummary } from "./engine-answers.ts";
import { isEvent, shownAliveMs, type AskContext, type CheckKind } from "./kind.ts";
import { notYet, passed } from "./outcome.ts";
import { listed } from "./listed.ts";
import { goneProblem } from "./property.ts";
import { workspacePath } from "./workspace-text.ts";

const text = z.string().check(z.minLength(1));

const schema = z.strictObject({
  /** The project's name: without another, that of its folder in small letters. */
  project: text,
  /** Services that run, or how many containers of each: `{ web: 2, db: 1 }`. Others may run as well. */
  services: z.optional(
    z.union(
      [
        z.array(text).check(z.minLength(1)),
        z.record(text, z.int().check(z.gte(0))).check(z.refine((counts) => Object.keys(counts).length > 0)),
      ],
      "a list of services, or a mapping of services to how many containers run of each",
    ),
  ),
  /** Path below `/workspace` of a file that it was started from. */
  configFile: z.optional(workspacePath()),
  /** Asks for the opposite: that no container and no network of it is left. */
  gone: z.optional(z.literal(true)),
});

type Parameters = z.infer<typeof schema>;

/** A Compose project runs, by the labels that Compose gives (or, with `gone`, has been taken down). */
export const compose: CheckKind<Parameters> = {
  kind: "compose",
  schema,
  problem: (wanted) => goneProblem(wanted, ["project"]),
  isAbsence: ({ gone }) => gone === true,
  concerns: ({ project, gone }, change) =>
    isEvent(change, "container", actions)
      ? isOf(project, change.source === "engine" ? change.event.Actor?.Attributes : undefined)
      : gone === true && isEvent(change, "network", networkActions),
  settleMs: ({ gone }) => (gone === true ? 0 : shownAliveMs),
  async ask(wanted, context) {
    const all = await context.world.engine.containers(context);
    const own = all.filter(({ Labels }) => isOf(wanted.project, Labels) && Labels?.[labels.oneOff] !== "True");
    if (wanted.gone === true) return askGone(wanted.project, own, context);
    const wants = `Wanted is ${describe(wanted)}.`;
    if (own.length === 0) return notYet(seenInstead(wanted.project, all), wants);
    const wrong = [...serviceDifferences(wanted, own), ...fileDifferences(wanted, own)];
    return wrong.length === 0 ? passed : notYet(`The project ${wanted.project} ${listed(wrong)}.`, wants);
  },
  holds: (wanted) =>
    wanted.gone === true
      ? `Nothing of the Compose project ${wanted.project} is left.`
      : `There is ${describe(wanted)}.`,
};

const actions = new Set("create start die pause unpause restart rename destroy".split(" "));
const networkActions = new Set(["destroy", "remove", "prune"]);

const labels = {
  project: "com.docker.compose.project",
  service: "com.docker.compose.service",
  oneOff: "com.docker.compose.oneoff",
  files: "com.docker.compose.project.config_files",
} as const;

type Labels = Readonly<Record<string, string | null | undefined>> | null | undefined;

function isOf(project: string, found: Labels): boolean {
  return found?.[labels.project] === project;
}

async function askGone(project: string, own: readonly ContainerSummary[], context: AskContext) {
  const wants = `Wanted is that nothing of the project ${project} is left.`;
  if (own.length > 0) return notYet(`The project ${project} still has ${sayCount(own.length, "container")}.`, wants);
  const networks = (await context.world.engine.networks(context)).filter(({ Labels }) => isOf(project, Labels));
  if (networks.length === 0) return passed;
  return notYet(`The project ${project} still has ${sayCount(networks.length, "network")}.`, wants);
}

function serviceDifferences({ services }: Parameters, own: readonly ContainerSummary[]): string[] {
  const running = own.filter(({ State }) => State === "running");
  if (services === undefined) return running.length > 0 ? [] : ["has no running container"];
  if (Array.isArray(services)) {
    const missing = services.filter((name) => !running.some((each) => serviceOf(each) === name));
    return missing.map((name) => `has no running container of the service ${name}${sayEnded(name, own)}`);
  }
  return Object.entries(services).flatMap(([name, wanted]) => {
    const count = running.filter((each) => serviceOf(each) === name).length;
    if (count === wanted) return [];
    return [
      `has ${sayCount(count, "running container")} of the service ${name}${count === 0 ? sayEnded(name, own) : ""}`,
    ];
  });
}

function sayEnded(service: string, own: readonly ContainerSummary[]): string {
  const other = own.find((each) => serviceOf(each) === service)?.State;
  return other === undefined || other === null ? "" : ` (one is ${other})`;
}

function serviceOf({ Labels }: ContainerSummary): string | undefined {
  return Labels?.[labels.service] ?? undefined;
}

function fileDifferences({ configFile }: Parameters, own: readonly ContainerSummary[]): string[] {
  if (configFile === undefined) return [];
  const files = [
    ...new Set(own.flatMap(({ Labels }) => (Labels?.[labels.files] ?? "").split(",").filter((path) => path !== ""))),
  ];
  if (files.includes(`/workspace/${configFile}`)) return [];
  return [files.length === 0 ? "does not say which file it was started from" : `was started from ${listed(files)}`];
}

function seenInstead(project: string, all: readonly ContainerSummary[]): string {
  const others = [...new Set(all.flatMap(({ Labels }) => Labels?.[labels.project] ?? []))];
  if (others.length === 0) return "There is no container of a Compose project yet.";
  return `There is no container of the project ${project}, only of ${listed(others)}.`;
}

function describe({ project, services, configFile }: Parameters): string {
  const run =
    services === undefined
      ? "that runs"
      : Array.isArray(services)
        ? `with ${listed(services)} running`
        : `with ${listed(Object.entries(services).map(([name, count]) => `${sayCount(count, "running container")} of ${name}`))}`;
  return `the Compose project ${project} ${run}${configFile === undefined ? "" : `, started from ${configFile}`}`;
}
