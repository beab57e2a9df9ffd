import { isWithin } from "./amount.ts";
import { amountOf, countProblem, sayCounted } from "./counted.ts";
import { mountProblem } from "./container-mounts.ts";
import { properties } from "./container-properties.ts";
import { schema, type Parameters } from "./container-schema.ts";
import { selectOfImage } from "./containers-of-image.ts";
import type { ContainerDetails, ContainerSummary } from "./engine-answers.ts";
import { shortReference } from "./image-reference.ts";
import { isEvent, shownAliveMs, type Change, type CheckKind } from "./kind.ts";
import { described } from "./noun-phrase.ts";
import { notYet, passed } from "./outcome.ts";
import { matchesPattern } from "./pattern.ts";
import { differences, wantedWords } from "./property.ts";

/** There is one container with all of these properties, or so many of them (or, with `gone`, none). */
export const container: CheckKind<Parameters> = {
  kind: "container",
  schema,
  problem(wanted) {
    const { gone, name, namePattern, state, exitCode } = wanted;
    if (gone === true && hasAmount(wanted)) return 'With "gone", no container is wanted, so none can be counted.';
    if (name !== undefined && namePattern !== undefined) return 'Only one of "name" and "namePattern" can be asked.';
    if (name !== undefined && hasAmount(wanted))
      return '"name" is that of one container, so there is nothing to count.';
    if (exitCode !== undefined && state !== undefined && state !== "exited") {
      return `"exitCode" is that of a container that has ended, so "state" cannot be "${state}" beside it.`;
    }
    return countProblem(wanted) ?? wanted.mounts?.map(mountProblem).find((problem) => problem !== undefined);
  },
  isAbsence: ({ gone }) => gone === true,
  concerns: ({ image, health, networks, ...names }, change) =>
    (isEvent(change, "container", health === undefined ? lifeActions : lifeAndHealthActions) &&
      mayBeOf(names, change)) ||
    (image !== undefined && isEvent(change, "image", tagActions)) ||
    (networks !== undefined && isEvent(change, "network", networkActions)),
  settleMs: ({ state, gone }) => (gone === true || state === "exited" || state === "dead" ? 0 : shownAliveMs),
  async ask(wanted, context) {
    const all = await context.world.engine.containers(context);
    const candidates = await selectOfImage(
      wanted.image,
      all.filter((summary) => isOfName(wanted, summary)),
      context,
    );
    const wants = `Wanted ${describe(wanted)}.`;
    let count = 0;
    let closest: { label: string; wrong: string[] } | undefined;
    for (const summary of candidates) {
      const details = await context.world.engine.container(summary.Id ?? "", context);
      if (details === undefined) continue; // removed between the two questions
      const wrong = [...differences(properties, wanted, details), ...leaving(wanted, details)];
      if (wrong.length === 0) {
        if (wanted.gone === true) return notYet(`${label(summary)} ${sayStillThere(details)}.`, wants);
        count++;
      } else if (closest === undefined || wrong.length < closest.wrong.length) {
        closest = { label: label(summary), wrong };
      }
    }
    if (wanted.gone === true || isWithin(count, amountOf(wanted))) return passed;
    const near = (closest?.wrong ?? []).map((difference) => `${closest?.label ?? ""} ${difference}.`).join(" ");
    if (count > 0) {
      const tooFew = count < (wanted.count ?? wanted.minCount ?? 1);
      return notYet(
        `There ${count === 1 ? "is one such container" : `are ${count} such containers`}.${tooFew && near ? ` ${near}` : ""}`,
        wants,
      );
    }
    return notYet(near || seenInstead(wanted, all), wants);
  },
  holds: (wanted) => (wanted.gone === true ? `No ${describeGone(wanted)} is left.` : `There ${describe(wanted)}.`),
};

const lifeActions = new Set(
  "create start die stop kill oom pause unpause restart rename destroy update prune".split(" "),
);
const tagActions = new Set(["tag", "untag", "delete", "pull", "load", "import"]);
const lifeAndHealthActions = new Set([...lifeActions, "health_status"]);
const networkActions = new Set(["connect", "disconnect"]);

/** Whether an event can be of a container of this name: a new name tells of the old one as well, and not every event of a name. */
function mayBeOf({ name, namePattern }: Pick<Parameters, "name" | "namePattern">, change: Change): boolean {
  const attributes = change.source === "engine" ? change.event.Actor?.Attributes : undefined;
  const names = [attributes?.name, attributes?.oldName].flatMap((each) => (each ? [each] : []));
  return names.length === 0 || isOfName({ name, namePattern }, { Names: names });
}

function hasAmount({ count, minCount, maxCount }: Parameters): boolean {
  return (count ?? minCount ?? maxCount) !== undefined;
}

function isOfName({ name, namePattern }: Parameters, { Names }: ContainerSummary): boolean {
  const names = (Names ?? []).map((each) => each.replace(/^\//, ""));
  if (namePattern !== undefined) return names.some((each) => matchesPattern(namePattern, each));
  return name === undefined || names.includes(name);
}

/** One that removes itself is there for a moment after its end, and is not what stays. */
function leaving({ gone }: Parameters, { State, HostConfig }: ContainerDetails): string[] {
  if (gone === true) return [];
  if (State?.Status === "removing") return ["is being removed"];
  return State?.Status === "exited" && HostConfig?.AutoRemove === true ? ["has ended and is removed by itself"] : [];
}

function sayStillThere({ State }: ContainerDetails): string {
  if (State?.Status === "running") return "is still running";
  if (State?.Status === "exited") return "has ended, but is still there";
  return State?.Status === "paused" ? "is paused, but still there" : "is still there";
}

/** To follow `Wanted` or `There`. */
function describe(wanted: Parameters): string {
  if (wanted.gone === true) return `is that no ${describeGone(wanted)} is left`;
  return sayCounted(wanted, "container", sayOrigin(wanted), wantedWords(properties, wanted));
}

/** `running container named web` */
function describeGone({ state, ...wanted }: Parameters): string {
  const noun = state === undefined || wanted.exitCode !== undefined ? "container" : `${states[state]} container`;
  return described(`${noun}${sayOrigin(wanted)}`, wantedWords(properties, wanted));
}

const states: Readonly<Record<NonNullable<Parameters["state"]>, string>> = {
  created: "never started",
  running: "running",
  paused: "paused",
  restarting: "restarting",
  exited: "ended",
  dead: "dead",
};

function sayOrigin({ image, name, namePattern }: Parameters): string {
  return [
    image === undefined ? "" : ` from the image ${shortReference(image)}`,
    name === undefined ? "" : ` named ${name}`,
    namePattern === undefined ? "" : " with a name of the form that the step asks for",
  ].join("");
}

function seenInstead({ image, name, namePattern }: Parameters, all: readonly ContainerSummary[]): string {
  if (all.length === 0) return "There are no containers yet.";
  if (name !== undefined) {
    const other = all.find((summary) => isOfName({ name }, summary));
    if (other === undefined) return `There is no container named ${name}.`;
    return `The container ${name} comes from another image, ${other.Image ?? "an unknown one"}.`;
  }
  if (namePattern !== undefined && !all.some((summary) => isOfName({ namePattern }, summary))) {
    return "There is no container with such a name.";
  }
  return image === undefined
    ? "There is no such container."
    : `There is no container from the image ${shortReference(image)}.`;
}

function label({ Names, Id }: ContainerSummary): string {
  return `The container ${Names?.[0]?.replace(/^\//, "") ?? Id?.slice(0, 12) ?? "without a name"}`;
}
