import type { Volume as DockerVolume, VolumeCreateOptions } from "@docker/node-sdk";
import * as z from "zod/mini";
import { answer, listOf, mapOf } from "./answer.ts";
import { type CallOptions, type Client, type Filters, path, QUICK_MS, WORK_MS } from "./client.ts";

/** Volumes by name. */
export interface VolumesApi {
  list(options?: CallOptions & { filters?: Filters | undefined }): Promise<Volume[]>;
  inspect(volume: string, options?: CallOptions): Promise<Volume>;
  /** Creating one that exists gives that one. */
  create(config: VolumeCreateOptions, options?: CallOptions): Promise<Volume>;
  /** Rejects with `conflict` while a container uses it. */
  remove(volume: string, options?: CallOptions & { force?: boolean }): Promise<void>;
  /** Removes unused ones: since API 1.42 the unnamed only, or `all`. */
  prune(options?: CallOptions & { all?: boolean }): Promise<PrunedVolumes>;
}

export interface Volume extends DockerVolume {
  Labels: Record<string, string>;
  Options: Record<string, string>;
}

export interface PrunedVolumes {
  VolumesDeleted: string[];
  /** Bytes. */
  SpaceReclaimed: number;
}

export function createVolumes(client: Client): VolumesApi {
  return {
    list: async ({ filters, ...options } = {}) => {
      const call = { path: "/volumes", query: { filters }, options, deadlineMs: QUICK_MS };
      return (await client.json(call, listAnswer)).Volumes;
    },
    inspect: (volume, options) =>
      client.json({ path: path`/volumes/${volume}`, options, deadlineMs: QUICK_MS }, volumeAnswer),
    create: (config, options) =>
      client.json(
        { method: "POST", path: "/volumes/create", json: config, options, deadlineMs: WORK_MS },
        volumeAnswer,
      ),
    remove: async (volume, { force, ...options } = {}) => {
      const target = path`/volumes/${volume}`;
      await client.done({ method: "DELETE", path: target, query: { force }, options, deadlineMs: WORK_MS });
    },
    prune: ({ all, ...options } = {}) => {
      const query = { filters: all ? { all: ["true"] } : undefined };
      return client.json({ method: "POST", path: "/volumes/prune", query, options, deadlineMs: WORK_MS }, prunedAnswer);
    },
  };
}

const volumeAnswer = answer<Volume>({
  Name: z.string(),
  Driver: z.string(),
  Mountpoint: z.string(),
  Labels: mapOf(z.string()),
  Options: mapOf(z.string()),
  Scope: z.enum(["local", "global"]),
});

const listAnswer = answer<{ Volumes: Volume[] }>({ Volumes: listOf(volumeAnswer) });

const prunedAnswer = answer<PrunedVolumes>({ VolumesDeleted: listOf(z.string()), SpaceReclaimed: z.number() });
