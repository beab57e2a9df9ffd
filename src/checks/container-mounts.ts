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
  return (
    source === undefined ||
    (found.type === "volume" ? source === found.source : isSamePath(pathOf(source), found.source))
  );
}

function sayFound({ type, source }: FoundMount): string {
  if (type === "tmpfs") return "a temporary file system";
  if (type !== "volume") return source;
  return /^[\da-f]{64}$/.test(source) ? "an unnamed volume" : `the volume ${source}`;
}

function sayWanted({ type, source }: Mount): string {
  if (type === "tmpfs") return "a temporary file system";
  if (source !== undefined) return type === "bind" || source.includes("/") ? pathOf(source) : `the volume ${source}`;
  return type === "volume" ? "a volume" : type === "bind" ? "a folder or file of the machine" : "something";
}

/** A path of the lesson's is below `/workspace`. */
function pathOf(source: string): string {
  return source.startsWith("/") ? source : `/workspace/${source.replace(/^\.\/?/, "")}`;
}

function isSamePath(a: string, b: string): boolean {
  return a.replace(/(.)\/+$/, "$1") === b.replace(/(.)\/+$/, "$1");
}
