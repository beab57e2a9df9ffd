import type {
  EventActor as DockerActor,
  EventMessage,
  SystemInfo as DockerInfo,
  SystemVersion,
} from "@docker/node-sdk";
import * as z from "zod/mini";
import { answer, mapOf, validate } from "./answer.ts";
import { type CallOptions, type Client, type Filters, QUICK_MS } from "./client.ts";
import { EngineError } from "./error.ts";
import { readJsonLines } from "./json-lines.ts";

export interface SystemApi {
  /** Resolves with the negotiated API version when the engine answers. */
  ping(options?: CallOptions): Promise<string>;
  version(options?: CallOptions): Promise<EngineVersion>;
  info(options?: CallOptions): Promise<EngineInfo>;
  /**
   * The engine's own clock, what `events` counts by: nanoseconds since 1970, rounded down to a second. It comes from the `Date` header of a
   * ping; `/info` is exact but runs other programs first, three seconds' work on an emulated machine.
   */
  time(options?: CallOptions): Promise<bigint>;
  /**
   * Resolves when the engine has accepted the question. Ends at `until`, rejects when the connection is lost; asking again is the
   * caller's. Docker accepts an instant before it listens, so only with `since` is nothing missed.
   */
  events(options?: EventOptions): Promise<AsyncGenerator<EngineEvent, void, undefined>>;
}

export interface EventOptions extends CallOptions {
  /** Such as `{ type: ["container"], event: ["start", "die"] }`. */
  filters?: Filters | undefined;
  /** Inclusive, in nanoseconds since 1970 by the engine's clock: what happened from then on comes first. */
  since?: bigint | undefined;
  until?: bigint | undefined;
}

export interface EngineVersion extends SystemVersion {
  Version: string;
  ApiVersion: string;
  Os: string;
  Arch: string;
  KernelVersion: string;
}

export interface EngineInfo extends DockerInfo {
  ID: string;
  Containers: number;
  ContainersRunning: number;
  Images: number;
  Driver: string;
  NCPU: number;
  MemTotal: number;
  ServerVersion: string;
  /** RFC 3339, by the engine's clock. */
  SystemTime: string;
}

export interface EngineEvent extends EventMessage {
  Type: NonNullable<EventMessage["Type"]>;
  /** Such as `start`, `die`, `tag`; some carry more after a colon, such as `exec_start: ls -l`. */
  Action: string;
  Actor: EventActor;
  /** Unix seconds. */
  time: number;
  /** Nanoseconds since 1970. A JSON number has lost the last digits; good for order, not for identity. */
  timeNano: number;
}

export interface EventActor extends DockerActor {
  /** Full id; for images it may be the name. */
  ID: string;
  /** The object's name, image and labels. */
  Attributes: Record<string, string>;
}

export function createSystem(client: Client): SystemApi {
  return {
    ping: async (options) => {
      await client.done({ path: "/_ping", unversioned: true, options, deadlineMs: QUICK_MS });
      return client.version(options);
    },
    time: async (options) => {
      const ping = await client.open({ path: "/_ping", unversioned: true, options, deadlineMs: QUICK_MS });
      await ping.body.cancel();
      return readDate(ping.headers.get("date"));
    },
    version: (options) => client.json({ path: "/version", options, deadlineMs: QUICK_MS }, versionAnswer),
    info: (options) => client.json({ path: "/info", options, deadlineMs: QUICK_MS }, infoAnswer),
    events: async ({ filters, since, until, ...options } = {}) => {
      const query = { filters, since: timestamp(since), until: timestamp(until) };
      const response = await client.open({ path: "/events", query, options, deadlineMs: QUICK_MS });
      return readEvents(response.body);
    },
  };
}

async function* readEvents(body: ReadableStream<Uint8Array>) {
  for await (const value of readJsonLines(body)) yield validate(eventAnswer, value, "GET /events");
}

/** Seconds and nanoseconds, as Docker takes a point in time. */
function timestamp(time: bigint | undefined): string | undefined {
  return time === undefined ? undefined : `${String(time / SECOND)}.${String(time % SECOND).padStart(9, "0")}`;
}

function readDate(date: string | null): bigint {
  const milliseconds = Date.parse(date ?? "");
  if (!Number.isNaN(milliseconds)) return BigInt(milliseconds) * MILLISECOND;
  throw new EngineError("unexpected-answer", "The engine's answer has no date.", {
    hint: "Check that a Docker Engine listens there, and not another program.",
  });
}

const MILLISECOND = 1_000_000n;
const SECOND = 1_000_000_000n;

const versionAnswer = answer<EngineVersion>({
  Version: z.string(),
  ApiVersion: z.string(),
  Os: z.string(),
  Arch: z.string(),
  KernelVersion: z.string(),
});

const infoAnswer = answer<EngineInfo>({
  ID: z.string(),
  Containers: z.number(),
  ContainersRunning: z.number(),
  Images: z.number(),
  Driver: z.string(),
  NCPU: z.number(),
  MemTotal: z.number(),
  ServerVersion: z.string(),
  SystemTime: z.string(),
});

const eventAnswer = answer<EngineEvent>({
  // Not an enumeration here: an event of a kind that is new to us is no reason to lose the stream.
  Type: z.string() as unknown as z.ZodMiniType<EngineEvent["Type"]>,
  Action: z.string(),
  Actor: answer<EventActor>({ ID: z.string(), Attributes: mapOf(z.string()) }),
  time: z.number(),
  timeNano: z.number(),
});
