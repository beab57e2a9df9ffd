import * as z from "zod/mini";
import { normaliseReference, shortReference } from "./image-reference.ts";
import type { CheckKind } from "./kind.ts";
import { notYet, passed, unknown } from "./outcome.ts";
import type { EngineEvent } from "./world.ts";

const schema = z.strictObject({
  type: z.enum(["container", "image", "network", "volume"]),
  /** As Docker names it: `start`, `die`, `destroy`, `tag`, `exec_start`… */
  action: z.string().check(z.regex(/^[a-z_]+$/)),
  /** The image concerned, or the image of the container concerned. */
  image: z.optional(z.string().check(z.minLength(1))),
  /** The name of the container, network or volume concerned. */
  name: z.optional(z.string().check(z.minLength(1))),
  /** Of `die`. */
  exitCode: z.optional(z.int().check(z.gte(0), z.lte(255))),
});

type Parameters = z.infer<typeof schema>;

/** It happened since the step was opened; what was so before does not count. */
export const event: CheckKind<Parameters> = {
  kind: "event",
  schema,
  concerns: ({ type }, change) => change.source === "engine" && change.event.Type === type,
  ask(wanted, { events, eventsKnown }) {
    const near = events.filter((each) => each.Type === wanted.type && actionOf(each) === wanted.action);
    if (near.some((each) => differences(wanted, each).length === 0)) return Promise.resolve(passed);
    if (!eventsKnown) return Promise.resolve(unknown("The engine has not told its time yet."));
    const last = near.at(-1);
    const seen =
      last === undefined
        ? "It has not happened since this step was opened."
        : `It happened, but ${differences(wanted, last).join(" and ")}.`;
    return Promise.resolve(notYet(seen, `Wanted is ${describe(wanted)}.`));
  },
};

function differences(wanted: Parameters, { Actor }: EngineEvent): string[] {
  const attributes = Actor?.Attributes ?? {};
  const wrong: string[] = [];
  // For events of images, `name` is the reference and the id is in the actor.
  const image = wanted.type === "image" ? (attributes.name ?? Actor?.ID) : attributes.image;
  if (wanted.image !== undefined && (image === undefined || !isSame(image, wanted.image))) {
    wrong.push(image === undefined ? "without an image" : `with the image ${image}`);
  }
  const name = attributes.name ?? Actor?.ID;
  if (wanted.name !== undefined && wanted.name !== name) wrong.push(`with the name ${name ?? "of nothing"}`);
  if (wanted.exitCode !== undefined && String(wanted.exitCode) !== attributes.exitCode) {
    wrong.push(`with exit code ${attributes.exitCode ?? "unknown"}`);
  }
  return wrong;
}

function isSame(a: string, b: string): boolean {
  return normaliseReference(a) === normaliseReference(b);
}

/** `exec_start: ls` is an `exec_start`. */
function actionOf({ Action }: EngineEvent): string | undefined {
  return Action?.split(":", 1)[0];
}

function describe({ type, action, image, name, exitCode }: Parameters): string {
  const noun = type === "image" ? "an image" : `a ${type}`;
  const which = [
    type === "container" && image !== undefined ? `from the image ${shortReference(image)}` : "",
    type !== "container" && image !== undefined ? `called ${shortReference(image)}` : "",
    name === undefined ? "" : `named ${name}`,
  ].filter((words) => words !== "");
  const did = happened[action] ?? `has the event ${action}`;
  return [noun, ...which, `that ${did} now`, ...(exitCode === undefined ? [] : [`with exit code ${exitCode}`])].join(
    " ",
  );
}

const happened: Readonly<Record<string, string>> = {
  create: "is created",
  start: "starts",
  die: "ends",
  stop: "is stopped",
  kill: "is sent a signal",
  destroy: "is removed",
  delete: "is removed",
  tag: "is given its name",
  untag: "loses its name",
  pull: "is pulled",
  pause: "is paused",
  unpause: "goes on",
  restart: "starts again",
  rename: "is given another name",
  exec_start: "has a command run in it",
  attach: "is attached to",
  connect: "is connected",
  disconnect: "is disconnected",
};
