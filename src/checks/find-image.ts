import type { ImageDetails } from "./engine-answers.ts";
import { normaliseReference } from "./image-reference.ts";
import type { AskContext } from "./kind.ts";

/** The image of this very name. By itself an engine also takes the beginning of an id for one, and words such as `cafe` can be that. */
export async function findImage(reference: string, context: AskContext): Promise<ImageDetails | undefined> {
  const details = await context.world.engine.image(reference, context);
  const wanted = normaliseReference(reference);
  const names = [...(details?.RepoTags ?? []), ...(details?.RepoDigests ?? [])];
  return names.some((name) => normaliseReference(name) === wanted) ? details : undefined;
}
