import type { ContainerSummary } from "./engine-answers.ts";
import { findImage } from "./find-image.ts";
import { isSameImage } from "./image-reference.ts";
import type { AskContext } from "./kind.ts";

/** A container counts by the name of its image, or by the image's id if the name has been given to it since. */
export async function selectOfImage(
  image: string | undefined,
  containers: readonly ContainerSummary[],
  context: AskContext,
): Promise<readonly ContainerSummary[]> {
  if (image === undefined || containers.length === 0) return containers;
  const id = (await findImage(image, context))?.Id ?? undefined;
  return containers.filter(
    ({ Image, ImageID }) => isSameImage(Image ?? "", image) || (id !== undefined && ImageID === id),
  );
}
