import type { ContainerDetails } from "./engine-answers.ts";
import type { Mount, Parameters } from "./container-schema.ts";
import type { Property } from "./property.ts";

export const mounts: Property<readonly Mount[], ContainerDetails, Parameters> = {
  wrong: (wanted, details) =>
    wanted.flatMap((mount) => {
      const found = findMount(mount.target, details);
      if (found === undefined) return [`has nothing mounted at ${mount.target}`];
      if (!isWanted(mount, found)) return [`has ${sayFound(found)} mounted at ${mount.target}`];
      if (mount.readOnly === undefined || mount.readOnly === found.readOnly) return [];
      return [`has ${mount.target} mounted ${found.readOnly ? "read-only" : "writable"}`];
    }),
  wants: (wanted) =>
    wanted.map((mount) => {
      const how = mount.readOnly === undefined ? "" : mount.readOnly ? " read-only" : " writable";
      return `with ${sayWanted(mount)} mounted${how} at ${mount.target}`;
    }),
};

/** For `problem`: a mount that there cannot be. */
export function mountProblem({ type, source }: Mount): string | undefined {
  if (source === undefined) return undefined;
  if (type === "tmpfs") return `A mount of the type "tmpfs" comes from nowhere, so it has no "source".`;
  if (type !== "volume" || !source.includes("/")) return undefined;
  return `The name of a volume has no / in it, so "source" cannot be "${source}" beside the type "volume".`;
}

interface FoundMount {
  readonly type: string;
  /** Empty for a tmpfs. */
  readonly source: string;
  readonly readOnly: boolean;
}

/** What `--tmpfs` mounts is not among an engine's mounts. */
function findMount(target: string, { Mounts, HostConfig }: ContainerDetails): FoundMount | undefined {
  const mount = Mounts?.find(({ Destination }) => isSamePath(Destination ?? "", target));
  if (mount !== undefined) {
    const source = (mount.Type === "volume" ? mount.Name : mount.Source) ?? "";
    return { type: mount.Type ?? "", source, readOnly: mount.RW === false };
  }
  const [, options] = Object.entries(HostConfig?.Tmpfs ?? {}).find(([path]) => isSamePath(path, target)) ?? [];
  return options === undefined
    ? undefined
    : { type: "tmpfs", source: "", readOnly: /(^|,)ro(,|$)/.test(options ?? "") };
}

function isWanted({ type, source }: Mount, found: FoundMount): boolean {
  if (type !== undefined && type !== found.type) return false;
  if (source === undefined) return true;
  if (isVolume({ type, source })) return found.type === "volume" && source === found.source;
  return found.type === "bind" && isSamePath(pathOf(source), found.source);
}

/** As in `docker run -v`, only what has a slash in it is a path, unless it is said to be one. */
function isVolume({ type, source }: { type: Mount["type"]; source: string }): boolean {
  return type === undefined ? source !== "." && !source.includes("/") : type === "volume";
}

function sayFound({ type, source }: FoundMount): string {
  if (type === "tmpfs") return "a temporary file system";
  if (type !== "volume") return source;
  return /^[\da-f]{64}$/.test(source) ? "an unnamed volume" : `the volume ${source}`;
}

function sayWanted({ type, source }: Mount): string {
  if (type === "tmpfs") return "a temporary file system";
  if (source !== undefined) return isVolume({ type, source }) ? `the volume ${source}` : pathOf(source);
  return type === "volume" ? "a volume" : type === "bind" ? "a folder or file of the machine" : "something";
}

/** A path of the lesson's is below `/workspace`. */
function pathOf(source: string): string {
  return source.startsWith("/") ? source : `/workspace/${source.replace(/^\.(\/|$)/, "")}`;
}

function isSamePath(a: string, b: string): boolean {
  return a.replace(/(.)\/+$/, "$1") === b.replace(/(.)\/+$/, "$1");
}
