import { buildWords as words } from "../../words/build.ts";
import { amount } from "../kept-words.ts";
import type { Build, BuildStep } from "./build-record.ts";
import type { BuildDesk } from "./build-desk.ts";
import type { ChangedFile } from "./changed-files.ts";
import type { StepReason } from "./miss-reason.ts";

/** A build as it is shown, drawn and copied. */
export interface BuildView {
  readonly ref: string;
  readonly name: string;
  readonly state: Build["state"];
  readonly summary: string;
  /** How much of the build context went to BuildKit. */
  readonly sent?: string;
  readonly error?: string;
  readonly groups: readonly StepGroup[];
  /** From its beginning to its end, or until now. */
  readonly durationMs: number;
}

/** The steps of a stage, or what BuildKit does before or after them. */
export interface StepGroup {
  readonly key: string;
  readonly title?: string;
  readonly steps: readonly StepRow[];
}

export interface StepRow {
  readonly step: BuildStep;
  /** Why it was run or not, or what else is to be said of it. */
  readonly sentence?: string;
  /** The words of an instruction that has changed. */
  readonly was?: string;
  /** Since the build began; missing where it has not run. */
  readonly fromMs?: number;
  readonly toMs?: number;
}

export function nameOf({ imageName, folder, ref }: Build): string {
  return imageName ?? folder?.split("/").findLast((part) => part !== "") ?? words.unnamed(ref);
}

/** `now` is the time by the machine's clock. */
export function describeBuild(desk: Pick<BuildDesk, "explain" | "filesOf">, build: Build, now: number): BuildView {
  const reasons = desk.explain(build);
  const files = desk.filesOf(build);
  const end = build.completedAt ?? Math.max(now, build.createdAt);
  const sent = build.steps.find(({ words: what }) => what === "load build context")?.transferred;
  const row = (step: BuildStep): StepRow => {
    const reason = reasons.get(step.digest);
    const sentence = sentenceOf(step, reason, files.get(step.digest), build);
    return {
      step,
      ...(sentence !== undefined && { sentence }),
      ...(reason?.kind === "instruction" && { was: reason.was }),
      ...(step.started !== undefined && {
        fromMs: Math.max(0, step.started - build.createdAt),
        toMs: Math.max(0, (step.completed ?? end) - build.createdAt),
      }),
    };
  };
  return {
    ref: build.ref,
    name: nameOf(build),
    state: build.state,
    summary: summaryOf(build, end),
    ...(sent !== undefined && { sent: words.context(amount(sent)) }),
    // A step that failed says so itself.
    ...(build.error !== undefined &&
      !build.steps.some(({ state }) => state === "failed") && { error: words.buildFailed(build.error) }),
    groups: groupsOf(build.steps).map(({ steps, ...group }) => ({ ...group, steps: steps.map(row) })),
    durationMs: end - build.createdAt,
  };
}

/** "4 steps after FROM, 3 from the cache, 1.2 s". */
export function summaryOf(build: Build, end = build.completedAt): string {
  const steps = build.steps.filter(({ kind }) => kind === "instruction");
  const cached = steps.filter(({ state }) => state === "cached").length;
  return [
    ...(steps.length > 0 ? [words.summary(steps.length, cached)] : []),
    ...(end === undefined ? [] : [words.seconds(end - build.createdAt)]),
  ].join(", ");
}

function groupsOf(steps: readonly BuildStep[]): (Omit<StepGroup, "steps"> & { steps: BuildStep[] })[] {
  const groups: (Omit<StepGroup, "steps"> & { steps: BuildStep[] })[] = [];
  const stages = new Set(steps.filter(({ kind }) => kind !== "other").map(({ stage }) => stage));
  let hasBegun = false;
  for (const step of steps) {
    hasBegun ||= step.kind !== "other";
    const key = step.kind === "other" ? (hasBegun ? "after" : "before") : `stage ${step.stage}`;
    let group = groups.find((each) => each.key === key);
    if (group === undefined) {
      const title =
        step.kind === "other"
          ? hasBegun
            ? words.after
            : words.before
          : stages.size > 1 && step.stage !== ""
            ? words.stage(step.stage)
            : undefined;
      group = { key, ...(title !== undefined && { title }), steps: [] };
      groups.push(group);
    }
    group.steps.push(step);
  }
  return groups;
}

function sentenceOf(
  step: BuildStep,
  reason: StepReason | undefined,
  files: readonly ChangedFile[] | undefined,
  build: Build,
): string | undefined {
  switch (reason?.kind) {
    case undefined:
      return undefined;
    case "hit":
      return words.hit;
    case "no-cache":
      return words.noCache;
    case "first":
      return words.first;
    case "new-step":
      return words.newStep;
    case "above":
      return words.above(numbered(reason.step));
    case "instruction":
      return words.instruction;
    case "argument":
      return words.argument(reason.name, reason.was, reason.now);
    case "setting":
      return words.setting(reason.was, reason.now);
    case "base":
      return words.base(reason.was, reason.now);
    case "order":
      return words.order(reason.was, reason.now);
    case "files":
      if (files === undefined) return build.state === "running" ? words.filesChanged : words.filesReading;
      return files.length === 0
        ? words.filesChanged
        : words.files(files.slice(0, mostFiles), Math.max(0, files.length - mostFiles));
    case "unknown":
      return step.state === "running" ? undefined : words.unknown;
  }
}

/** How many files a sentence names. */
const mostFiles = 6;

/** A step's state in a word. Neither what BuildKit does by itself nor FROM is run or taken from the cache as an instruction is. */
export function labelOf({ kind, state }: BuildStep): string {
  if (kind === "instruction" || (state !== "done" && state !== "cached")) return words.states[state];
  return kind === "base" ? words.baseState : "";
}

/** "2/4 COPY a.txt /a", with its stage where there are several. */
export function numbered({ stage, number, of, words: what }: BuildStep): string {
  return `${stage === "" ? "" : `${stage} `}${number}/${of} ${what}`;
}
