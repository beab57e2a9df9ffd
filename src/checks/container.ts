import * as z from "zod/mini";
import { normaliseReference, shortReference } from "./image-reference.ts";
import { isEvent, type AskContext, type CheckKind } from "./kind.ts";
import { notYet, passed } from "./outcome.ts";
import type { ContainerDetails, ContainerSummary, PortBindings } from "./world.ts";

const schema = z.strictObject({
  image: z.optional(z.string().check(z.minLength(1))),
  name: z.optional(z.string().check(z.minLength(1))),
  state: z.optional(z.enum(["running", "exited"])),
  exitCode: z.optional(z.int().check(z.gte(0), z.lte(255))),
  /** Port inside the container to port outside, `{"80/tcp": 8080}`. */
  ports: z.optional(z.record(z.string().check(z.regex(/^\d{1,5}\/(tcp|udp)$/)), z.int().check(z.gte(1), z.lte(65535)))),
  /** The command in one line, as `docker ps --no-trunc` shows it, with or without the entry point. */
  command: z.optional(z.string().check(z.minLength(1))),
  /** Asks for the opposite: that no such container is left, not even an ended one. */
  gone: z.optional(z.boolean()),
});

type Parameters = z.infer<typeof schema>;

/** There is one container with all of these properties (or, with `gone`, none). */
export const container: CheckKind<Parameters> = {
  kind: "container",
  schema,
  concerns: (_, change) => isEvent(change, "container", lifeActions) || isEvent(change, "image", tagActions),
  settleMs: ({ state, gone }) => (state === "running" && gone !== true ? runningSettleMs : 0),
  async ask(wanted, context) {
    const all = await context.world.engine.containers(context);
    const named = await selectNamed(wanted, all, context);
    if (wanted.gone === true) return askGone(wanted, named, context);

    const wants = `Wanted is ${describe(wanted)}.`;
    if (named.length === 0) return notYet(seenInstead(wanted, all), wants);
    let closest: string[] | undefined;
    for (const summary of named) {
      const details = await context.world.engine.container(summary.Id ?? "", context);
      if (details === undefined) continue; // removed between the two questions
      const wrong = differences(wanted, details);
      if (wrong.length === 0) return passed;
      if (closest === undefined || wrong.length < closest.length) {
        closest = wrong.map((difference) => `${label(summary)} ${difference}.`);
      }
    }
    return notYet(closest?.join(" ") ?? seenInstead(wanted, []), wants);
  },
};

/** Long enough for a program that fails at once to be seen failing, short enough for a tick within a second. */
const runningSettleMs = 600;

const lifeActions = new Set("create start die stop kill oom pause unpause restart rename destroy update".split(" "));
const tagActions = new Set(["tag", "untag", "delete", "pull", "load", "import"]);

/** Those of the wanted name and image. An image counts by name, or by id if the name has been given to it since. */
async function selectNamed(wanted: Parameters, all: readonly ContainerSummary[], context: AskContext) {
  const ofName =
    wanted.name === undefined ? all : all.filter(({ Names }) => Names?.includes(`/${wanted.name ?? ""}`) === true);
  const { image } = wanted;
  if (image === undefined || ofName.length === 0) return ofName;
  const reference = normaliseReference(image);
  const id = (await context.world.engine.image(image, context))?.Id;
  return ofName.filter(
    ({ Image, ImageID }) =>
      (Image !== undefined && normaliseReference(Image) === reference) || (id !== undefined && ImageID === id),
  );
}

async function askGone(wanted: Parameters, named: readonly ContainerSummary[], context: AskContext) {
  for (const summary of named) {
    const details = await context.world.engine.container(summary.Id ?? "", context);
    if (details === undefined || differences(wanted, details).length > 0) continue;
    const is = details.State?.Status === "running" ? "is still running" : "has ended, but is still there";
    return notYet(`${label(summary)} ${is}.`, `Wanted is that no ${describe(wanted).replace(/^a /, "")} is left.`);
  }
  return passed;
}

function differences(wanted: Parameters, details: ContainerDetails): string[] {
  const wrong: string[] = [];
  const status = details.State?.Status ?? "unknown";
  const exitCode = details.State?.ExitCode ?? 0;
  if (wanted.state === "running" && status !== "running") {
    wrong.push(status === "exited" ? `is not running any more: it ended with exit code ${exitCode}` : `is ${status}`);
  }
  if (wanted.state === "exited" && status !== "exited") wrong.push(`is ${status}, it has not ended`);
  if (wanted.exitCode !== undefined) {
    if (status !== "exited" && wanted.state !== "exited") wrong.push(`is ${status}, so it has no exit code yet`);
    else if (status === "exited" && exitCode !== wanted.exitCode) wrong.push(`ended with exit code ${exitCode}`);
  }
  for (const [inside, outside] of Object.entries(wanted.ports ?? {})) {
    const published = hostPorts(details, inside);
    if (published.includes(String(outside))) continue;
    wrong.push(
      published.length === 0
        ? `does not publish its port ${inside}`
        : `publishes its port ${inside} on ${published.join(", ")}`,
    );
  }
  if (wanted.command !== undefined && !commandLines(details).includes(wanted.command.trim())) {
    wrong.push(`runs the command "${commandLines(details)[0] ?? ""}"`);
  }
  return wrong;
}

function hostPorts(details: ContainerDetails, inside: string): string[] {
  const of = (bindings: PortBindings | undefined) => (bindings?.[inside] ?? []).map(({ HostPort }) => HostPort ?? "");
  const live = of(details.NetworkSettings?.Ports);
  return [...new Set(live.length > 0 ? live : of(details.HostConfig?.PortBindings))].filter((port) => port !== "");
}

/** All the ways in which the container's command may be written: with the entry point, without, and inside `sh -c`. */
function commandLines({ Path, Args, Config }: ContainerDetails): string[] {
  const full = [Path ?? "", ...(Args ?? [])];
  const inShell = /(^|\/)(ba|da|a)?sh$/.test(full[0] ?? "") && full[1] === "-c" && full.length === 3 ? [full[2]] : [];
  return [full, Config?.Cmd ?? [], inShell].map((words) => words.join(" ").trim()).filter((line) => line !== "");
}

function describe({ image, name, state, exitCode, ports, command }: Parameters): string {
  const which = [
    image === undefined ? "" : `from the image ${shortReference(image)}`,
    name === undefined ? "" : `named ${name}`,
    command === undefined ? "" : "with the command that the step asks for",
    ...Object.entries(ports ?? {}).map(([inside, outside]) => `with its port ${inside} published on ${outside}`),
    state === "running" ? "that is running" : state === "exited" ? "that has ended" : "",
    exitCode === undefined ? "" : `with exit code ${exitCode}`,
  ];
  return ["a container", ...which.filter((words) => words !== "")].join(" ");
}

function seenInstead({ image, name }: Parameters, all: readonly ContainerSummary[]): string {
  if (all.length === 0) return "There are no containers yet.";
  if (name !== undefined && !all.some(({ Names }) => Names?.includes(`/${name}`))) {
    return `There is no container named ${name}.`;
  }
  if (name !== undefined) {
    const other = all.find(({ Names }) => Names?.includes(`/${name}`));
    return `The container ${name} comes from another image, ${other?.Image ?? "an unknown one"}.`;
  }
  if (image !== undefined) return `There is no container from the image ${shortReference(image)}.`;
  return "There is no such container.";
}

function label({ Names, Id }: ContainerSummary): string {
  return `The container ${Names?.[0]?.replace(/^\//, "") ?? Id?.slice(0, 12) ?? "without a name"}`;
}
