import * as z from "zod/mini";
import { isSameImage, shortReference } from "./image-reference.ts";
import type { CheckKind } from "./kind.ts";
import { namedValues, namedValuesProperty } from "./named-values.ts";
import { notYet, passed, unknown } from "./outcome.ts";
import { listed } from "./property.ts";
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
  /** The image concerned, or the image of the container concerned. */
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
  problem({ type, action, image, exitCode }) {
    const known: readonly string[] = actions[type];
    if (!known.includes(nameOf(action))) {
      return `Docker has no event "${action}" of the type "${type}"; ${known.length === 1 ? "there is only" : "there are"} ${listed(known)}.`;
    }
    if (image !== undefined && type !== "container" && type !== "image")
      return `An event of the type "${type}" has no image.`;
    if (exitCode !== undefined && !["die", "exec_die"].includes(action)) {
      return 'Only the events "die" and "exec_die" have an "exitCode".';
    }
    return undefined;
  },
  staysTrue: true,
  concerns: ({ type, action }, change) =>
    change.source === "engine" && change.event.Type === type && isAction(action, change.event),
  ask(wanted, { events, eventsKnown }) {
    const near = events.filter((each) => each.Type === wanted.type && isAction(wanted.action, each));
    const count = near.filter((each) => differences(wanted, each).length === 0).length;
    if (count >= (wanted.times ?? 1)) return Promise.resolve(passed);
    if (!eventsKnown) return Promise.resolve(unknown("The engine has not told its time yet."));
    return Promise.resolve(notYet(sayNear(wanted, near, count), `Wanted is ${describe(wanted)}.`));
  },
};

function sayNear(wanted: Parameters, near: readonly EngineEvent[], count: number): string {
  if (count > 0) return `It happened ${count === 1 ? "once" : `${count} times`} so far.`;
  const last = near.at(-1);
  if (last === undefined) return "It has not happened since this step was opened.";
  return `It happened, but ${listed(differences(wanted, last))}.`;
}

function differences(wanted: Parameters, { Actor }: EngineEvent): string[] {
  const attributes = Actor?.Attributes ?? {};
  const wrong: string[] = [];
  // For events of images, `name` is the reference and the id is in the actor; a volume's name is in the actor.
  const name = attributes.name ?? Actor?.ID ?? undefined;
  const image = wanted.type === "image" ? name : (attributes.image ?? undefined);
  if (wanted.image !== undefined && (image === undefined || !isSameImage(image, wanted.image))) {
    wrong.push(image === undefined ? "without an image" : `with the image ${image}`);
  }
  if (wanted.name !== undefined && wanted.name !== name) wrong.push(`with the name ${name ?? "of nothing"}`);
  if (wanted.exitCode !== undefined && String(wanted.exitCode) !== attributes.exitCode) {
    wrong.push(`with exit code ${attributes.exitCode ?? "unknown"}`);
  }
  return [...wrong, ...sayAttributes(wanted, attributes)];
}

function sayAttributes(
  { attributes }: Parameters,
  found: Readonly<Record<string, string | null | undefined>>,
): string[] {
  const wrong = attributes === undefined ? undefined : details.wrong(attributes, found, undefined);
  return [wrong ?? []]
    .flat()
    .map((words) => words.replace(/^has (no|the) /, (_, word) => (word === "no" ? "without " : "with the ")));
}

const details = namedValuesProperty<Readonly<Record<string, string | null | undefined>>>("attribute", (found) => found);

/** `exec_start: ls` is an `exec_start`. */
function isAction(wanted: string, { Action }: EngineEvent): boolean {
  return (wanted.includes(":") ? Action : nameOf(Action ?? "")) === wanted;
}

function nameOf(action: string): string {
  return action.split(":", 1)[0] ?? "";
}

function describe({ type, action, image, name, exitCode, attributes, times }: Parameters): string {
  const noun = type === "image" ? "an image" : type === "daemon" || type === "builder" ? `the ${type}` : `a ${type}`;
  const which = [
    type === "container" && image !== undefined ? `from the image ${shortReference(image)}` : "",
    type !== "container" && image !== undefined ? `called ${shortReference(image)}` : "",
    name === undefined ? "" : `named ${name}`,
  ].filter((words) => words !== "");
  const does = happened[nameOf(action)] ?? `has the event ${nameOf(action)}`;
  return [
    noun,
    ...which,
    `that ${does} now`,
    ...(times === undefined || times === 1 ? [] : [`${times} times`]),
    ...(exitCode === undefined ? [] : [`with exit code ${exitCode}`]),
    ...(attributes === undefined && !action.includes(":") ? [] : ["in the way that the step asks for"]),
  ].join(" ");
}

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
  prune: "is tidied up",
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
  health_status: "has its health decided",
  exec_start: "has a command run in it",
  exec_die: "has a command end in it",
  attach: "is attached to",
  detach: "is detached from",
  top: "has its processes listed",
  connect: "is connected",
  disconnect: "is disconnected",
  mount: "is mounted",
  unmount: "is unmounted",
};
