import * as z from "zod/mini";
import { descriptor, type Descriptor } from "./catalogue.ts";
import { CatalogueError } from "./error.ts";

/** OCI image manifest, or Docker's schema 2, which has the same parts. */
const imageManifest = z.object({ schemaVersion: z.literal(2), config: descriptor, layers: z.array(descriptor) });

/** The blobs that an image consists of: its configuration, then its layers. Throws a `CatalogueError`. */
export function blobsOf(digest: string, bytes: Uint8Array): readonly Descriptor[] {
  try {
    const { config, layers } = imageManifest.parse(JSON.parse(new TextDecoder().decode(bytes)));
    return [config, ...layers];
  } catch (cause) {
    throw new CatalogueError("invalid-manifest", `The image manifest ${digest} of the catalogue is not valid.`, {
      hint: "The catalogue was not built or uploaded completely. Build it again, or tell the operator of this site.",
      cause,
    });
  }
}
