import * as z from "zod/mini";
import { isSameImage, shortReference } from "./image-reference.ts";
import type { CheckKind } from "./kind.ts";
import { namedValues } from "./named-values.ts";
import { notYet, unknown } from "./outcome.ts";
import { listed } from "./listed.ts";
import { withArticle } from "./noun-phrase.ts";
import type { EngineEvent } from "./world.ts";

/** Each with Docker's own names for what happens to it ("docker system events" in Docker's reference). */
const actions = {
  builder: ["prune"],
  config: ["create", "remove", "update"],
  container: (
    "archive-path attach commit copy create destroy detach die exec_create exec_detach exec_die exec_start export " +
    "extract-to-dir health_status kill oom pause prune rename resize restart start stop top unpause update"
  ).split(" "),
  daemon: ["reload"],
  image: "create delete import load prune pull push save tag untag".split(" "),
  network: "connect create destroy disconnect prune remove update".split(" "),
  node: ["create", "remove", "update"],
  plugin: "create disable enable install pull push remove upgrade".split(" "),
  secret: ["create", "remove", "update"],
  service: ["create", "remove", "update"],
  volume: "create destroy mount prune unmount".split(" "),
} as const satisfies Readonly<Record<string, readonly string[]>>;

const types = Object.keys(actions) as (keyof typeof actions)[];

const schema = z.strictObject({
  type: z.enum(types),
  /** As Docker names it: `start`, `die`, `exec_start`, `health_status`… What Docker adds after a colon may be added. */
  action: z.string().check(z.regex(/^[a-z_-]+(: .+)?$/, "one of Docker's event names, such as start or exec_start")),
  /** The image that is tagged, pulled or pushed, or the image of the container concerned. */
  image: z.optional(z.string().check(z.minLength(1))),
  /** The name of the container, network, volume, service, node, secret or config concerned. */
  name: z.optional(z.string().check(z.minLength(1))),
  /** Of `die`. */
  exitCode: z.optional(z.int().check(z.gte(0), z.lte(255))),
  /** Further words that Docker gives with it, such as the `signal` of `kill`. */
  attributes: z.optional(namedValues()),
  /** It happened at least so often; default once. */
  times: z.optional(z.int().check(z.gte(1))),
});

type Parameters = z.infer<typeof schema>;

/** It happened since the step was opened, or since what it comes `after`; what was so before does not count. */
export const event: CheckKind<Parameters> = {
  kind: "event",
  schema,
  problem({ type, action, image, name, exitCode }) {
    const known: readonly string[] = actions[type];
    if (!known.includes(nameOf(action))) {
      return `Docker has no event "${action}" of the type "${type}"; ${known.length === 1 ? "there is only" : "there are"} ${listed(known)}.`;
    }
    if (image !== undefined && type !== "container" && type !== "image")
      return `An event of the type "${type}" has no image.`;
    const asked = image !== undefined ? "image" : name !== undefined ? "name" : undefined;
    if (type === "image" && asked !== undefined && !namedImageActions.has(action)) {
      return `Docker does not tell the name of an image with the event "${action}", so "${asked}" cannot be asked of it.${remedies[action] ?? ""}`;
    }
    if (exitCode !== undefined && !["die", "exec_die"].includes(action)) {
      return 'Only the events "die" and "exec_die" have an "exitCode".';
    }
    return undefined;
  },
  staysTrue: true,
  concerns: ({ type, action }, change) =>
    change.source === "engine" && change.event.Type === type && isAction(action, change.event),
  ask(wanted, { events, eventsKnown }) {
    const near = events.filter(({ event: each }) => each.Type === wanted.type && isAction(wanted.action, each));
    const fit = near.filter(({ event: each }) => differences(wanted, each).length === 0);
    const fulfilling = fit[(wanted.times ?? 1) - 1];
    if (fulfilling !== undefined) return Promise.resolve({ result: "passed", since: fulfilling.moment });
    if (!eventsKnown) return Promise.resolve(unknown("The engine has not told its time yet."));
    const last = near.at(-1)?.event;
    return Promise.resolve(notYet(sayNear(wanted, last, fit.length), `Wanted is ${describe(wanted)}.`));
  },
  holds: sayHappened,
};

/** The only events of images that tell a name; the others have the id, of which a lesson cannot know anything. */
const namedImageActions: ReadonlySet<string> = new Set(["tag", "pull", "push"]);

const askWhetherGone = ' Ask with <Check kind="image" reference="…" gone /> whether it is gone.';
const askWhetherThere = ' Ask with <Check kind="image" reference="…" /> whether it is there.';
const remedies: Readonly<Record<string, string>> = {
  delete: askWhetherGone,
  untag: askWhetherGone,
  create: askWhetherThere,
  import: askWhetherThere,
  load: askWhetherThere,
};

function sayNear(wanted: Parameters, last: EngineEvent | undefined, count: number): string {
  if (count > 0) return `It happened ${count === 1 ? "once" : `${count} times`} so far.`;
  if (last === undefined) return "It has not happened since this step was opened.";
  return `It happened, but ${listed(differences(wanted, last))}.`;
}

function differences(wanted: Parameters, { Actor }: EngineEvent): string[] {
  const attributes = Actor?.Attributes ?? {};
  const wrong: string[] = [];
  // A volume's name is in the actor.
  const name = attributes.name ?? Actor?.ID ?? undefined;
  const image = wanted.type === "image" ? referenceOf(wanted.action, Actor) : (attributes.image ?? undefined);
  if (wanted.image !== undefined && (image === undefined || !isSameImage(image, wanted.image))) {
    wrong.push(image === undefined ? "without an image" : `with the image ${image}`);
  }
  if (wanted.name !== undefined && wanted.name !== name)
    wrong.push(name === undefined ? "without a name" : `with the name ${name}`);
  if (wanted.exitCode !== undefined && String(wanted.exitCode) !== attributes.exitCode) {
    wrong.push(`with exit code ${attributes.exitCode ?? "unknown"}`);
  }
  return [...wrong, ...sayAttributes(wanted, attributes)];
}

/** A pull or push has the reference for its id, and for its name that without the tag. */
function referenceOf(action: string, actor: EngineEvent["Actor"]): string | undefined {
  return (action === "tag" ? actor?.Attributes?.name : actor?.ID) ?? undefined;
}

function sayAttributes(
  { attributes = {} }: Parameters,
  found: Readonly<Record<string, string | null | undefined>>,
): string[] {
  return Object.entries(attributes).flatMap(([name, wanted]) => {
    const value = found[name] ?? undefined;
    if (value === undefined) return wanted === false ? [] : [`without ${withArticle(name)}`];
    if (wanted === true || wanted === value) return [];
    if (wanted === false) return [`with ${withArticle(name)}`];
    return [`with the ${name} ${/^\S+$/.test(value) ? value : `"${value}"`}`];
  });
}

/** `exec_start: ls` is an `exec_start`. Docker writes a space after the program of one, even if there is no argument. */
function isAction(wanted: string, { Action }: EngineEvent): boolean {
  const action = Action ?? "";
  return (wanted.includes(":") ? action.trimEnd() : nameOf(action)) === wanted.trimEnd();
}

function nameOf(action: string): string {
  return action.split(":", 1)[0] ?? "";
}

/** `a container named web that is sent a signal, as the step asks`; of a prune, which is of no single thing, a clause. */
function describe(wanted: Parameters): string {
  if (wanted.action === "prune") return `that ${sayPrune(wanted)}`;
  const how = sayHow(wanted);
  return `${sayWhat(wanted)} that ${sayAction(wanted)}${how.startsWith(",") ? "" : " now"}${how}`;
}

function sayHappened(wanted: Parameters): string {
  const clause =
    wanted.action === "prune" ? sayPrune(wanted) : `${sayWhat(wanted)} ${sayAction(wanted)}${sayHow(wanted)}`;
  return `It has happened that ${clause}.`;
}

function sayWhat({ type, image, name }: Parameters): string {
  const noun = type === "daemon" || type === "builder" ? `the ${type}` : withArticle(type);
  const from = type === "container" ? "from the image" : "called";
  return [
    noun,
    ...(image === undefined ? [] : [`${from} ${shortReference(image)}`]),
    ...(name === undefined ? [] : [`named ${name}`]),
  ].join(" ");
}

function sayAction({ action }: Parameters): string {
  return happened[nameOf(action)] ?? `has the event ${nameOf(action)}`;
}

function sayPrune(wanted: Parameters): string {
  return `${pruned[wanted.type] ?? "what is unused is"} pruned${sayHow(wanted)}`;
}

function sayHow({ action, exitCode, attributes, times = 1 }: Parameters): string {
  return [
    exitCode === undefined ? "" : ` with exit code ${exitCode}`,
    times === 1 ? "" : times === 2 ? ", twice" : `, ${times} times`,
    attributes === undefined && !action.includes(":") ? "" : ", as the step asks",
  ].join("");
}

const pruned: Readonly<Record<string, string>> = {
  builder: "the build cache is",
  container: "ended containers are",
  image: "unused images are",
  network: "unused networks are",
  volume: "unused volumes are",
};

const happened: Readonly<Record<string, string>> = {
  create: "is created",
  start: "starts",
  die: "ends",
  stop: "is stopped",
  kill: "is sent a signal",
  oom: "runs out of memory",
  destroy: "is removed",
  delete: "is removed",
  remove: "is removed",
  update: "is changed",
  reload: "reads its configuration again",
  tag: "is given its name",
  untag: "loses its name",
  pull: "is pulled",
  push: "is pushed",
  save: "is saved to a file",
  load: "is loaded from a file",
  import: "is imported",
  export: "has its files exported",
  commit: "is made into an image",
  copy: "has files copied",
  pause: "is paused",
  unpause: "goes on",
  restart: "is restarted",
  rename: "is given another name",
  health_status: "changes its health",
  exec_start: "runs a command with exec",
  exec_die: "ends a command that was run with exec",
  attach: "is attached to",
  detach: "is detached from",
  top: "has its processes listed",
  connect: "is connected",
  disconnect: "is disconnected",
  mount: "is mounted",
  unmount: "is unmounted",
};
