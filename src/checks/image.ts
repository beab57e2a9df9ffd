import * as z from "zod/mini";
import { amountProblem, sayAmount, sayCount } from "./amount.ts";
import { readBytes } from "./byte-size.ts";
import type { ImageDetails, ImageHistoryStep, ImageSummary } from "./engine-answers.ts";
import { findImage } from "./find-image.ts";
import { properties, shape } from "./image-properties.ts";
import { repositoryOf, shortReference, shortRepository, tagOf } from "./image-reference.ts";
import { isEvent, type AskContext, type CheckKind } from "./kind.ts";
import { listedAs } from "./listed.ts";
import { described } from "./noun-phrase.ts";
import { notYet, passed, type Outcome } from "./outcome.ts";
import { differences, goneProblem, wantedWords } from "./property.ts";
import { readText, workspacePath } from "./workspace-text.ts";

const reference = z
  .string()
  .check(z.minLength(1), z.regex(/^\S+$/, "an image's name without spaces, such as hello:1.0"));

const schema = z.strictObject({
  reference,
  ...shape,
  /** Path below `/workspace` of the Dockerfile that it was built from, as that file is now: see `dockerfileDifference`. */
  builtFrom: z.optional(workspacePath()),
  /** The stage that was built; default the last. */
  target: z.optional(z.string().check(z.minLength(1))),
  /** Another image, whose layers this one begins with: all of them, or at least `sharedLayers`. */
  sharesLayersWith: z.optional(reference),
  sharedLayers: z.optional(z.int().check(z.gte(1))),
  /** Asks for the opposite: that there is no image of this name. */
  gone: z.optional(z.literal(true)),
});

type Parameters = z.infer<typeof schema>;

/** The engine has an image of this name and tag, made like this (or, with `gone`, has none). */
export const image: CheckKind<Parameters> = {
  kind: "image",
  schema,
  problem(wanted) {
    const { target, builtFrom, sharedLayers, sharesLayersWith, layers, minLayers, maxLayers, minSize, maxSize } =
      wanted;
    if (target !== undefined && builtFrom === undefined)
      return '"target" needs "builtFrom", the Dockerfile with that stage.';
    if (sharedLayers !== undefined && sharesLayersWith === undefined) {
      return '"sharedLayers" needs "sharesLayersWith", the image that they are shared with.';
    }
    const names = { exactly: "layers", min: "minLayers", max: "maxLayers" };
    if (
      minSize !== undefined &&
      maxSize !== undefined &&
      (readBytes(minSize, 1000) ?? 0) > (readBytes(maxSize, 1000) ?? 0)
    ) {
      return '"minSize" must not be more than "maxSize".';
    }
    return (
      goneProblem(wanted, ["reference"]) ?? amountProblem({ exactly: layers, min: minLayers, max: maxLayers }, names)
    );
  },
  isAbsence: ({ gone }) => gone === true,
  concerns: ({ builtFrom }, change) =>
    isEvent(change, "image", imageActions) ||
    (builtFrom !== undefined &&
      change.source === "workspace" &&
      (change.path === builtFrom || builtFrom.startsWith(`${change.path}/`))),
  async ask(wanted, context) {
    const name = shortReference(wanted.reference);
    const details = await findImage(wanted.reference, context);
    if (wanted.gone === true) {
      if (details === undefined) return passed;
      return notYet(`The image ${name} is still there.`, `Wanted is that no image called ${name} is left.`);
    }
    const wants = `Wanted is ${describe(wanted)}.`;
    if (details === undefined) {
      return notYet(seenInstead(wanted.reference, await context.world.engine.images(context)), wants);
    }
    const wrong = differences(properties, wanted, details);
    if (wrong.length === 0) return askOrigin(wanted, details, context, wants);
    return notYet(wrong.map((difference) => `The image ${name} ${difference}.`).join(" "), wants);
  },
  holds: (wanted) =>
    wanted.gone === true
      ? `There is no image called ${shortReference(wanted.reference)}.`
      : `There is ${describe(wanted)}.`,
};

const imageActions = new Set("tag untag delete pull load import build create prune".split(" "));

/** What needs further questions, so it is asked last. */
async function askOrigin(
  wanted: Parameters,
  details: ImageDetails,
  context: AskContext,
  wants: string,
): Promise<Outcome> {
  const { sharesLayersWith, builtFrom } = wanted;
  let seen: string | undefined;
  if (sharesLayersWith !== undefined) seen = await askShared(wanted, sharesLayersWith, details, context);
  if (builtFrom !== undefined) seen ??= await askBuilt(wanted, builtFrom, details, context);
  return seen === undefined ? passed : notYet(seen, wants);
}

async function askShared(
  { reference, sharedLayers }: Parameters,
  other: string,
  details: ImageDetails,
  context: AskContext,
) {
  const theirs = (await findImage(other, context))?.RootFS?.Layers;
  if (!theirs) return `There is no image called ${shortReference(other)} to compare with.`;
  const ours = details.RootFS?.Layers ?? [];
  const different = theirs.findIndex((layer, n) => layer !== ours[n]);
  const shared = different < 0 ? theirs.length : different;
  if (shared >= (sharedLayers ?? theirs.length)) return undefined;
  return `The images ${shortReference(reference)} and ${shortReference(other)} share ${sayCount(shared, "layer")}.`;
}

async function askBuilt(
  { reference, target }: Parameters,
  path: string,
  { RootFS }: ImageDetails,
  context: AskContext,
) {
  const file = await readText(path, context);
  if ("problem" in file) return file.problem;
  const { dockerfileDifference } = await import("./built-from.ts");
  const { engine } = context.world;
  const difference = await dockerfileDifference(file.text, {
    target,
    layers: RootFS?.Layers ?? [],
    history: oldestFirst(await engine.history(reference, context)),
    base: async (name) => {
      const layers = (await engine.image(name, context))?.RootFS?.Layers;
      return layers ? { layers, history: oldestFirst(await engine.history(name, context)) } : undefined;
    },
  });
  return difference && `The image ${shortReference(reference)} was not built from ${path} as it is now: ${difference}.`;
}

function oldestFirst(history: readonly ImageHistoryStep[] = []): string[] {
  return history.map(({ CreatedBy }) => CreatedBy ?? "").reverse();
}

function describe(wanted: Parameters): string {
  const { reference, builtFrom, target, sharesLayersWith, sharedLayers } = wanted;
  const which = [
    ...wantedWords(properties, wanted),
    sharesLayersWith === undefined
      ? ""
      : `that shares ${sharedLayers === undefined ? "all layers of" : `${sayAmount({ min: sharedLayers }, "layer")} with`} ${shortReference(sharesLayersWith)}`,
    builtFrom === undefined ? "" : `built from ${builtFrom}${target === undefined ? "" : ` up to the stage ${target}`}`,
  ].filter((words) => words !== "");
  return described(`an image called ${shortReference(reference)}`, which);
}

function seenInstead(wanted: string, all: readonly ImageSummary[]): string {
  const names = all.flatMap(({ RepoTags }) => RepoTags ?? []).filter((name) => name !== "<none>:<none>");
  const related = names.filter((name) => repositoryOf(name) === repositoryOf(wanted));
  const repository = shortRepository(wanted);
  if (related.length > 0) {
    const tags = related.flatMap((name) => tagOf(name) ?? []);
    return `There is an image ${repository}, but only with ${listedAs("tag", tags)}.`;
  }
  if (all.some(({ RepoTags }) => (RepoTags ?? []).every((name) => name === "<none>:<none>"))) {
    return `There is no image called ${repository}, but there is one without a name.`;
  }
  return `There is no image called ${repository}.`;
}
