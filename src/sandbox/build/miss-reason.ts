import { readSettings } from "./image-config.ts";
import type { Build, BuildStep } from "./build-record.ts";

/** Why a step was taken from the cache, or was not. */
export type StepReason =
  | { readonly kind: "hit" }
  /** BuildKit was told to take nothing from it. */
  | { readonly kind: "no-cache" }
  /** No build before this one is known that had this step or one in its place. */
  | { readonly kind: "first" }
  /** The builds before had no such step. */
  | { readonly kind: "new-step" }
  /** It stands on a step that missed. */
  | { readonly kind: "above"; readonly step: BuildStep }
  | { readonly kind: "instruction"; readonly was: string; readonly now: string }
  /** A build argument; undefined where it was not given. */
  | { readonly kind: "argument"; readonly name: string; readonly was?: string; readonly now?: string }
  /** An instruction above that makes no layer, such as `ENV`. */
  | { readonly kind: "setting"; readonly was?: string; readonly now?: string }
  | { readonly kind: "base"; readonly was: string; readonly now: string }
  /** It is as it was, but stood on another step before. */
  | { readonly kind: "order"; readonly was: string; readonly now: string }
  /** It copies files, and they are others: `earlier` had them as they were. */
  | { readonly kind: "files"; readonly earlier: Build; readonly step: BuildStep }
  /** Nothing that is known of has changed. */
  | { readonly kind: "unknown" };

/**
 * Why a step of `build` was a hit or a miss; undefined of a step that is none, or has not run. `earlier` are builds of the same Dockerfile, as far
 * as they are known, the newest first.
 */
export function explainStep(step: BuildStep, build: Build, earlier: readonly Build[]): StepReason | undefined {
  if (step.kind !== "instruction" || step.state === "waiting" || step.state === "skipped") return undefined;
  if (step.state === "cached") return { kind: "hit" };
  const missed = firstMissAbove(step, build);
  if (missed !== undefined && earlier.length > 0) return { kind: "above", step: missed };
  const noCache = build.attributes["no-cache"];
  if (noCache !== undefined && (noCache === "" || noCache.split(",").includes(step.stage))) return { kind: "no-cache" };
  if (earlier.length === 0) return { kind: "first" };
  for (const before of earlier) {
    const same = before.steps.find(
      ({ words, stage, state }) =>
        words === step.words && stage === step.stage && (state === "done" || state === "cached"),
    );
    if (same !== undefined) return explainSameWords(step, build, same, before);
  }
  return explainOtherWords(step, build, earlier[0]);
}

/** Undefined where all that it stands on came from the cache. Follows the misses up to the one that has a cause of its own. */
function firstMissAbove(step: BuildStep, build: Build): BuildStep | undefined {
  for (const input of step.inputs) {
    const above = build.steps.find(({ digest }) => digest === input);
    if (above?.kind !== "instruction" || above.state === "cached") continue;
    return firstMissAbove(above, build) ?? above;
  }
  return undefined;
}

function explainSameWords(step: BuildStep, build: Build, same: BuildStep, before: Build): StepReason {
  const base = changedBase(step, build, before);
  if (base !== undefined) return base;
  const was = partBelow(same, before)?.words;
  const now = partBelow(step, build)?.words;
  if (was !== undefined && now !== undefined && was !== now) return { kind: "order", was, now };
  const setting = changedSetting(step, build, before);
  const argument = changedArguments(build, before)[0];
  // Only what a command runs with changes it without changing its words.
  if (argument !== undefined && /^RUN\b/.test(step.words)) return { kind: "argument", ...argument };
  if (setting !== undefined) return { kind: "setting", ...setting };
  if (copiesFiles(step)) return { kind: "files", earlier: before, step: same };
  return { kind: "unknown" };
}

function explainOtherWords(step: BuildStep, build: Build, before: Build | undefined): StepReason {
  if (before === undefined) return { kind: "first" };
  const old = before.steps.find(
    ({ kind, stage, number }) => kind === "instruction" && stage === step.stage && number === step.number,
  );
  const isElsewhere =
    old !== undefined && build.steps.some(({ stage, words }) => stage === old.stage && words === old.words);
  if (old === undefined || isElsewhere || verbOf(old) !== verbOf(step)) return { kind: "new-step" };
  const argument = changedArguments(build, before).find((each) => explainsWords(each, old.words, step.words));
  return argument === undefined
    ? { kind: "instruction", was: old.words, now: step.words }
    : { kind: "argument", ...argument };
}

/** The step of its own stage that it stands on. */
function partBelow({ inputs, stage }: BuildStep, build: Build): BuildStep | undefined {
  return build.steps.find(
    (step) => step.kind !== "other" && inputs.includes(step.digest) && (step.kind === "base" || step.stage === stage),
  );
}

interface ChangedArgument {
  readonly name: string;
  readonly was?: string;
  readonly now?: string;
}

/** The arguments that were given otherwise on the command line. */
function changedArguments(build: Build, before: Build): ChangedArgument[] {
  const prefix = "build-arg:";
  const names = new Set([...Object.keys(build.attributes), ...Object.keys(before.attributes)]);
  return [...names].flatMap((key) => {
    const was = before.attributes[key];
    const now = build.attributes[key];
    if (!key.startsWith(prefix) || was === now) return [];
    return [{ name: key.slice(prefix.length), ...(was !== undefined && { was }), ...(now !== undefined && { now }) }];
  });
}

/** Where it was not given, it had its default, which may be anything. */
function explainsWords({ was, now }: ChangedArgument, oldWords: string, newWords: string): boolean {
  if (was !== undefined && now !== undefined) return fits(oldWords, was, newWords, now);
  if (now !== undefined) return now !== "" && patternOf(newWords, now).test(oldWords);
  return was !== undefined && was !== "" && patternOf(oldWords, was).test(newWords);
}

/** Some or all places that hold `was` hold `now` instead. */
function fits(oldWords: string, was: string, newWords: string, now: string): boolean {
  if (oldWords.replaceAll(was, () => now) === newWords) return true;
  return was !== "" && now !== "" && patternOf(newWords, now).test(oldWords);
}

function patternOf(words: string, value: string): RegExp {
  const literal = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${words.split(value).map(literal).join(".*")}$`, "s");
}

function changedBase(step: BuildStep, build: Build, before: Build): StepReason | undefined {
  const from = (each: Build) => each.steps.find(({ kind, stage }) => kind === "base" && stage === step.stage);
  const now = from(build);
  const was = from(before);
  if (now === undefined || was === undefined) return undefined;
  if (now.words !== was.words) return { kind: "base", was: was.words, now: now.words };
  const layersNow = readSettings(build.imageConfig)?.baseLayers;
  const layersBefore = readSettings(before.imageConfig)?.baseLayers;
  if (layersNow === undefined || layersBefore === undefined || !isInLastStage(step, build)) return undefined;
  const isSame = layersNow.length === layersBefore.length && layersNow.every((each, n) => each === layersBefore[n]);
  return isSame ? undefined : { kind: "base", was: was.words, now: now.words };
}

/** The first setting that stands above the step in one of the builds and not in the other. */
function changedSetting(step: BuildStep, build: Build, before: Build): { was?: string; now?: string } | undefined {
  if (!isInLastStage(step, build)) return undefined;
  const now = readSettings(build.imageConfig)?.settingsAbove(step.words);
  const was = readSettings(before.imageConfig)?.settingsAbove(step.words);
  if (now === undefined || was === undefined) return undefined;
  for (let n = 0; n < Math.max(now.length, was.length); n++) {
    const one = was[n];
    const other = now[n];
    if (one !== other) return { ...(one !== undefined && { was: one }), ...(other !== undefined && { now: other }) };
  }
  return undefined;
}

/** What is known of the image is known of its stage. */
function isInLastStage(step: BuildStep, build: Build): boolean {
  return build.steps.findLast(({ kind }) => kind === "instruction")?.stage === step.stage;
}

/** From the build context, and not from another stage or image. */
export function copiesFiles({ words }: BuildStep): boolean {
  return /^(?:COPY|ADD)\b/.test(words) && !/^\S+(?: --\S+)* --from=/.test(words);
}

function verbOf({ words }: BuildStep): string {
  return words.split(/\s/, 1)[0] ?? "";
}
