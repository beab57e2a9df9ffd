import * as z from "zod/mini";
import type { ContainerSummary } from "../../engine/container-answers.ts";
import type { ImageSummary } from "../../engine/images.ts";
import type { Network } from "../../engine/networks.ts";
import type { Volume } from "../../engine/volumes.ts";

interface Named {
  /** Tells it from all others on the map: its kind and its id. */
  readonly key: string;
  readonly id: string;
  /** As Docker's commands take it. */
  readonly name: string;
}

export interface ContainerThing extends Named {
  readonly kind: "container";
  readonly state: ContainerSummary["State"];
  readonly exitCode?: number;
  /** As Docker says it: `healthy`, `unhealthy`, `health: starting`. */
  readonly health?: string;
  /** The Compose project or the service that it belongs to. */
  readonly group?: string;
  /** The image as it was named. */
  readonly image: string;
  readonly ports: readonly PublishedPort[];
}

export interface ImageThing extends Named {
  readonly kind: "image";
  /** All its names; none of an image that has lost them. */
  readonly tags: readonly string[];
  readonly bytes: number;
}

export interface NetworkThing extends Named {
  readonly kind: "network";
  readonly driver: string;
  /** One of those that every engine has. */
  readonly isDefault: boolean;
}

export interface VolumeThing extends Named {
  readonly kind: "volume";
  readonly driver: string;
}

/** A folder or file of the machine that a container has by a bind mount. */
export interface FolderThing extends Named {
  readonly kind: "folder";
}

export type EngineThing = ContainerThing | ImageThing | NetworkThing | VolumeThing | FolderThing;

export interface PublishedPort {
  readonly outside: number;
  readonly inside: number;
  readonly protocol: string;
}

/** From a container to what it uses. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly kind: "image" | "network" | "volume" | "folder";
  /** The container's address in the network, or where it has the volume; empty where there is none. */
  readonly detail: string;
}

export interface EngineMap {
  readonly images: readonly ImageThing[];
  readonly containers: readonly ContainerThing[];
  readonly networks: readonly NetworkThing[];
  readonly volumes: readonly (VolumeThing | FolderThing)[];
  readonly edges: readonly Edge[];
}

export interface EngineLists {
  readonly images: readonly ImageSummary[];
  readonly containers: readonly ContainerSummary[];
  readonly networks: readonly Network[];
  readonly volumes: readonly Volume[];
}

/** What the engine has, and what uses what. Containers come as Docker lists them, newest first, those of a group together. */
export function drawMap({ images, containers, networks, volumes }: EngineLists): EngineMap {
  const drawn = containers.map(drawContainer);
  const edges = drawn.flatMap(({ edges }) => edges);
  const folders = new Set(edges.flatMap(({ kind, to }) => (kind === "folder" ? [to.slice("folder/".length)] : [])));
  const map: EngineMap = {
    images: images.map(drawImage).toSorted(byName),
    containers: grouped(drawn.map(({ container }) => container)),
    networks: networks.map(drawNetwork).toSorted((a, b) => Number(a.isDefault) - Number(b.isDefault) || byName(a, b)),
    volumes: [
      ...volumes.map(drawVolume).toSorted(byName),
      ...[...folders]
        .sort()
        .map((path): FolderThing => ({ kind: "folder", key: `folder/${path}`, id: path, name: path })),
    ],
    edges: [],
  };
  // An image may have been removed by force while a container still uses it.
  const keys = new Set(thingsOf(map).map(({ key }) => key));
  return { ...map, edges: edges.filter(({ to }) => keys.has(to)) };
}

export function thingsOf({ images, containers, networks, volumes }: EngineMap): readonly EngineThing[] {
  return [...images, ...containers, ...networks, ...volumes];
}

export function portKey(container: string, { outside, protocol }: PublishedPort): string {
  return `port/${outside}/${protocol}/${container}`;
}

const details = z.looseObject({
  NetworkSettings: z.optional(
    z.nullable(
      z.looseObject({
        Networks: z.optional(
          z.nullable(
            z.record(
              z.string(),
              z.looseObject({ NetworkID: z.optional(z.string()), IPAddress: z.optional(z.string()) }),
            ),
          ),
        ),
      }),
    ),
  ),
  Mounts: z.optional(
    z.nullable(
      z.array(
        z.looseObject({
          Type: z.string(),
          Name: z.optional(z.string()),
          Source: z.optional(z.string()),
          Destination: z.string(),
        }),
      ),
    ),
  ),
});

function drawContainer(summary: ContainerSummary): { container: ContainerThing; edges: readonly Edge[] } {
  const key = `container/${summary.Id}`;
  const exit = /^Exited \((\d+)\)/.exec(summary.Status)?.[1];
  const health = /\((healthy|unhealthy|health: starting)\)/.exec(summary.Status)?.[1];
  const group = summary.Labels["com.docker.compose.project"] ?? summary.Labels["com.docker.swarm.service.name"];
  const container: ContainerThing = {
    kind: "container",
    key,
    id: summary.Id,
    name: (summary.Names[0] ?? summary.Id.slice(0, 12)).replace(/^\//, ""),
    state: summary.State,
    image: summary.Image,
    ports: portsOf(summary),
    ...(exit !== undefined && { exitCode: Number(exit) }),
    ...(health !== undefined && { health }),
    ...(group !== undefined && { group }),
  };
  const found = details.safeParse(summary).data;
  const edges: Edge[] = [{ from: key, to: `image/${summary.ImageID}`, kind: "image", detail: "" }];
  for (const { NetworkID, IPAddress } of Object.values(found?.NetworkSettings?.Networks ?? {})) {
    if (NetworkID) edges.push({ from: key, to: `network/${NetworkID}`, kind: "network", detail: IPAddress ?? "" });
  }
  for (const { Type, Name, Source, Destination } of found?.Mounts ?? []) {
    if (Type === "volume" && Name) edges.push({ from: key, to: `volume/${Name}`, kind: "volume", detail: Destination });
    if (Type === "bind" && Source)
      edges.push({ from: key, to: `folder/${Source}`, kind: "folder", detail: Destination });
  }
  return { container, edges };
}

/** Docker names a port once for each family of addresses. */
function portsOf({ Ports }: ContainerSummary): PublishedPort[] {
  const ports = new Map<string, PublishedPort>();
  for (const { PublicPort, PrivatePort, Type } of Ports) {
    if (PublicPort === undefined || PublicPort === 0) continue;
    ports.set(`${PublicPort}/${PrivatePort}/${Type}`, { outside: PublicPort, inside: PrivatePort, protocol: Type });
  }
  return [...ports.values()].sort((a, b) => a.outside - b.outside);
}

function drawImage({ Id, RepoTags, Size }: ImageSummary): ImageThing {
  const name = RepoTags[0] ?? Id.replace(/^sha256:/, "").slice(0, 12);
  return { kind: "image", key: `image/${Id}`, id: Id, name, tags: RepoTags, bytes: Size };
}

function drawNetwork({ Id, Name, Driver }: Network): NetworkThing {
  const isDefault = ["bridge", "host", "none"].includes(Name);
  return { kind: "network", key: `network/${Id}`, id: Id, name: Name, driver: Driver, isDefault };
}

function drawVolume({ Name, Driver }: Volume): VolumeThing {
  return { kind: "volume", key: `volume/${Name}`, id: Name, name: Name, driver: Driver };
}

/** Those of a group stand where its newest stands; the others keep their places. */
function grouped(containers: readonly ContainerThing[]): ContainerThing[] {
  const groups = Map.groupBy(containers, ({ key, group }) => group ?? key);
  return [...groups.values()].flat();
}

function byName(a: Named, b: Named): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
