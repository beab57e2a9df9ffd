import type * as containers from "../engine/container-answers.ts";
import type * as images from "../engine/images.ts";
import type * as networks from "../engine/networks.ts";
import type * as nodes from "../engine/nodes.ts";
import type * as services from "../engine/services.ts";
import type * as system from "../engine/system.ts";
import type * as tasks from "../engine/tasks.ts";
import type * as volumes from "../engine/volumes.ts";

/** Docker's answers as checks read them: nothing need be there, and words that a newer engine knows are no surprise. */
export type ContainerSummary = Read<containers.ContainerSummary>;
export type ContainerDetails = Read<containers.ContainerDetails>;
export type ImageSummary = Read<images.ImageSummary>;
export type ImageDetails = Read<images.ImageDetails>;
export type ImageHistoryStep = Read<images.ImageHistoryStep>;
export type Network = Read<networks.Network>;
export type NetworkDetails = Read<networks.NetworkDetails>;
export type Volume = Read<volumes.Volume>;
export type Service = Read<services.Service>;
export type Task = Read<tasks.Task>;
export type Node = Read<nodes.Node>;
/** Its `timeNano` is in nanoseconds since 1970. A JSON number has lost the last digits; good for order, not for identity. */
export type EngineEvent = Read<system.EngineEvent>;

/** What a container wrote, the latest of it if it is much, with `\n` at the ends of lines. A terminal has only `stdout`. */
export interface ContainerLog {
  readonly stdout: string;
  readonly stderr: string;
}

type Read<T> = unknown extends T
  ? unknown
  : T extends string
    ? string
    : T extends number | boolean | null | undefined
      ? T
      : T extends readonly (infer Item)[]
        ? readonly Read<Item>[]
        : { readonly [Key in keyof T]?: Read<T[Key]> | null | undefined };
