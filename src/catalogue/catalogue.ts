import * as z from "zod/mini";
import { CatalogueError } from "./error.ts";
import { DIGEST, REPOSITORY, TAG } from "./names.ts";

export const MANIFEST_TYPES = [
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
] as const;

/** OCI image specification, descriptor.md. */
export const descriptor = z.object({
  mediaType: z.string().check(z.regex(/^[\w.+/-]{1,255}$/, "is not a media type")),
  digest: z.string().check(z.regex(DIGEST, "is not a SHA-256 digest")),
  size: z.int().check(z.nonnegative()),
});
export type Descriptor = z.infer<typeof descriptor>;

const tagged = z.extend(descriptor, {
  mediaType: z.enum(MANIFEST_TYPES),
  /** Registries take no larger manifest either. */
  size: z.int().check(z.positive(), z.maximum(4 << 20)),
  annotations: z.object({
    "io.containerd.image.name": z
      .string()
      .check(z.regex(/^docker\.io\/[^:@]+:[^:@]+$/, "is not of the form docker.io/library/name:tag")),
  }),
});

const index = z.object({ schemaVersion: z.literal(2), manifests: z.array(tagged) });

/** One tag of the catalogue. */
export interface CatalogueImage {
  /** Docker Hub's full name, such as `library/nginx`. */
  readonly repository: string;
  readonly tag: string;
  readonly manifest: Descriptor;
}

/** The image catalogue of a site: what its `index.json`, the OCI image index of an image layout, says. */
export interface Catalogue {
  readonly images: readonly CatalogueImage[];
}

/** Throws a `CatalogueError` that says what is wrong with `json`. */
export function parseCatalogue(json: string): Catalogue {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw invalid("is not JSON.", cause);
  }
  const result = index.safeParse(value);
  if (!result.success) throw invalid(`is not valid:\n${z.prettifyError(result.error)}`, result.error);
  const seen = new Set<string>();
  const images = result.data.manifests.map(({ annotations, ...manifest }) => {
    const name = annotations["io.containerd.image.name"];
    const [repository = "", tag = ""] = name.slice("docker.io/".length).split(":");
    if (!REPOSITORY.test(repository) || !TAG.test(tag)) throw invalid(`names an image “${name}”, which is no name.`);
    if (seen.has(name)) throw invalid(`names ${name} twice.`);
    seen.add(name);
    return { repository, tag, manifest };
  });
  return { images };
}

/** Which tags there are of each repository, in the catalogue's order. */
export function tagsByRepository({ images }: Catalogue): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...Map.groupBy(images, ({ repository }) => repository)].map(([repository, tagged]) => [
      repository,
      tagged.map(({ tag }) => tag),
    ]),
  );
}

function invalid(what: string, cause?: unknown): CatalogueError {
  return new CatalogueError("invalid-index", `The image catalogue's index.json ${what}`, {
    hint: "The catalogue was not built or uploaded completely. Build it again, or tell the operator of this site.",
    cause,
  });
}
