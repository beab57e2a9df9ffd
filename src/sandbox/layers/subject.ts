import type { ContainerSummary } from "../../engine/container-answers.ts";
import type { ImageSummary } from "../../engine/images.ts";

/** What can be looked at: an image, or a container with its writable layer on top of its image's. */
export interface Subject {
  readonly kind: "image" | "container";
  readonly id: string;
  /** All tags of an image; the one name of a container. */
  readonly names: readonly [string, ...string[]];
}

/** Images that have a name, then all containers. */
export function listSubjects(
  images: readonly Pick<ImageSummary, "Id" | "RepoTags">[],
  containers: readonly Pick<ContainerSummary, "Id" | "Names">[],
): readonly Subject[] {
  return [
    ...images.flatMap(({ Id, RepoTags: [name, ...more] }) =>
      name === undefined ? [] : [{ kind: "image" as const, id: Id, names: [name, ...more] as const }],
    ),
    ...containers.map(({ Id, Names }) => ({
      kind: "container" as const,
      id: Id,
      names: [Names[0]?.slice(1) ?? Id.slice(0, 12)] as const,
    })),
  ];
}

/** By what people write: a name, an image without its `:latest`, a container's id or the first 12 letters of it or more. */
export function findSubject(subjects: readonly Subject[], name: string): Subject | undefined {
  const isId = /^[0-9a-f]{12,64}$/.test(name);
  return (
    subjects.find(({ names }) => names.includes(name)) ??
    subjects.find(({ kind, names }) => kind === "image" && names.includes(`${name}:latest`)) ??
    subjects.find(({ id }) => id === name || (isId && id.replace(/^sha256:/, "").startsWith(name)))
  );
}

/** For people, with all its names. */
export function titleOf({ names }: Subject): string {
  return names.join(", ");
}
