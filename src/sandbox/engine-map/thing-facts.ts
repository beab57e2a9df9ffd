import * as z from "zod/mini";
import { engineMapWords as words } from "../../words/engine-map.ts";
import { amount, moment } from "../kept-words.ts";
import type { EngineThing } from "./engine-map.ts";
import type { Fixture } from "./inspect-thing.ts";

/** A name and a value, for people. */
export type Fact = readonly [name: string, value: string];

/** The most telling of what was answered; what is missing there is left out. */
export function readFacts(kind: EngineThing["kind"] | Fixture, answer: unknown, now = new Date()): readonly Fact[] {
  const found: readonly (readonly [string, string | undefined])[] = read[kind](answer, now);
  return found.flatMap(([name, value]) => (value === undefined || value === "" ? [] : [[name, value] as const]));
}

type Facts = readonly (readonly [name: string, value: string | undefined])[];
const facts = words.facts;
const text = z.optional(z.nullable(z.string()));
const texts = z.optional(z.nullable(z.array(z.string())));
const number = z.optional(z.nullable(z.number()));
const mapOf = <T extends z.ZodMiniType>(value: T) => z.optional(z.nullable(z.record(z.string(), value)));

const container = z.looseObject({
  Path: text,
  Args: texts,
  Config: z.looseObject({ Image: text }),
  State: z.looseObject({ Status: z.string(), ExitCode: number, Pid: number, StartedAt: text, FinishedAt: text }),
  HostConfig: z.looseObject({ RestartPolicy: z.optional(z.looseObject({ Name: text })) }),
  NetworkSettings: z.looseObject({
    Networks: mapOf(z.looseObject({ IPAddress: text })),
    Ports: mapOf(z.nullable(z.array(z.looseObject({ HostIp: text, HostPort: text })))),
  }),
  Mounts: z.optional(
    z.nullable(
      z.array(z.looseObject({ Name: text, Source: text, Destination: z.string(), RW: z.optional(z.boolean()) })),
    ),
  ),
});

const image = z.looseObject({
  RepoTags: texts,
  Size: number,
  Architecture: text,
  Os: text,
  Created: text,
  Config: z.optional(z.nullable(z.looseObject({ Entrypoint: texts, Cmd: texts }))),
  RootFS: z.optional(z.looseObject({ Layers: texts })),
});

const network = z.looseObject({
  Driver: text,
  Internal: z.optional(z.boolean()),
  IPAM: z.optional(
    z.looseObject({ Config: z.optional(z.nullable(z.array(z.looseObject({ Subnet: text, Gateway: text })))) }),
  ),
  Containers: mapOf(z.looseObject({ Name: text, IPv4Address: text })),
});

const volume = z.looseObject({ Driver: text, Mountpoint: text, CreatedAt: text });

const version = z.looseObject({
  Version: text,
  ApiVersion: text,
  Os: text,
  Arch: text,
  KernelVersion: text,
  Components: z.optional(z.nullable(z.array(z.looseObject({ Name: z.string(), Version: z.string() })))),
});

const contexts = z.array(z.looseObject({ Name: text, Endpoints: mapOf(z.looseObject({ Host: text })) }));

const configuration = z.looseObject({ "registry-mirrors": texts });

const read: Readonly<Record<EngineThing["kind"] | Fixture, (answer: unknown, now: Date) => Facts>> = {
  container: (answer, now) => {
    const found = container.safeParse(answer).data;
    if (found === undefined) return [];
    const { State, Config, Path, Args, HostConfig, NetworkSettings, Mounts } = found;
    const isRunning = State.Status === "running" || State.Status === "paused";
    const restart = HostConfig.RestartPolicy?.Name;
    const ports = Object.entries(NetworkSettings.Ports ?? {}).flatMap(([inside, bindings]) =>
      (bindings ?? []).map(({ HostIp, HostPort }) => `${HostIp ?? ""}:${HostPort ?? ""} → ${inside}`),
    );
    return [
      [facts.state, words.state(State.Status, isRunning ? undefined : (State.ExitCode ?? undefined), undefined)],
      [facts.image, Config.Image ?? undefined],
      [facts.program, [Path ?? "", ...(Args ?? [])].join(" ").trim()],
      [facts.pid, isRunning && State.Pid ? String(State.Pid) : undefined],
      [facts.started, timeOf(State.StartedAt, now)],
      [facts.ended, isRunning ? undefined : timeOf(State.FinishedAt, now)],
      [
        facts.networks,
        listed(
          Object.entries(NetworkSettings.Networks ?? {}).map(([name, { IPAddress }]) =>
            IPAddress ? `${name}: ${IPAddress}` : name,
          ),
        ),
      ],
      [facts.ports, listed(ports)],
      [
        facts.mounts,
        listed((Mounts ?? []).map(({ Name, Source, Destination }) => `${Name ?? Source ?? "tmpfs"} → ${Destination}`)),
      ],
      [facts.restart, restart && restart !== "no" ? restart : words.never],
    ];
  },
  image: (answer, now) => {
    const found = image.safeParse(answer).data;
    const layers = found?.RootFS?.Layers?.length;
    return [
      [facts.names, listed(found?.RepoTags ?? [])],
      [facts.size, found?.Size === undefined || found.Size === null ? undefined : amount(found.Size)],
      [facts.layers, layers === undefined ? undefined : words.layers(layers)],
      [facts.program, [...(found?.Config?.Entrypoint ?? []), ...(found?.Config?.Cmd ?? [])].join(" ")],
      [facts.platform, [found?.Os, found?.Architecture].filter(Boolean).join("/")],
      [facts.created, timeOf(found?.Created, now)],
    ];
  },
  network: (answer) => {
    const found = network.safeParse(answer).data;
    const ranges = found?.IPAM?.Config ?? [];
    return [
      [facts.driver, found?.Driver ?? undefined],
      [facts.subnet, listed(ranges.map(({ Subnet }) => Subnet ?? ""))],
      [facts.gateway, listed(ranges.map(({ Gateway }) => Gateway ?? ""))],
      [facts.internal, found?.Internal === undefined ? undefined : found.Internal ? words.yes : words.no],
      [
        facts.members,
        listed(
          Object.values(found?.Containers ?? {}).map(
            ({ Name, IPv4Address }) => `${Name ?? ""}: ${(IPv4Address ?? "").replace(/\/\d+$/, "")}`,
          ),
        ),
      ],
    ];
  },
  volume: (answer, now) => {
    const found = volume.safeParse(answer).data;
    return [
      [facts.driver, found?.Driver ?? undefined],
      [facts.place, found?.Mountpoint ?? undefined],
      [facts.created, timeOf(found?.CreatedAt, now)],
    ];
  },
  folder: (thing) => [[facts.folder, z.looseObject({ name: z.string() }).safeParse(thing).data?.name]],
  daemon: (answer) => {
    const found = version.safeParse(answer).data;
    const parts = (found?.Components ?? []).filter(({ Name }) => Name !== "Engine");
    return [
      [facts.version, found?.Version ?? undefined],
      [facts.api, found?.ApiVersion ?? undefined],
      [facts.platform, [found?.Os, found?.Arch].filter(Boolean).join("/")],
      [facts.kernel, found?.KernelVersion ?? undefined],
      [facts.parts, listed(parts.map(({ Name, Version }) => `${Name} ${Version}`))],
    ];
  },
  client: (answer) => {
    const current = contexts.safeParse(answer).data?.[0];
    return [
      [facts.context, current?.Name ?? undefined],
      [facts.endpoint, current?.Endpoints?.docker?.Host ?? undefined],
    ];
  },
  registry: (answer) => [
    [facts.mirror, listed(configuration.safeParse(answer).data?.["registry-mirrors"] ?? []) || words.noMirror],
  ],
};

/** Docker's time of what has not been is in the year 1. */
function timeOf(time: string | null | undefined, now: Date): string | undefined {
  return !time || time.startsWith("0001-") || Number.isNaN(Date.parse(time)) ? undefined : moment(time, now);
}

function listed(some: readonly string[]): string {
  return some.filter((one) => one !== "").join(", ");
}
