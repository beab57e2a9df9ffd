import type { Swarm as DockerSwarm, SwarmInitRequest } from "@docker/node-sdk";
import * as z from "zod/mini";
import { answer } from "./answer.ts";
import { type CallOptions, type Client, QUICK_MS, WORK_MS } from "./client.ts";

/** The swarm that the engine is part of. */
export interface SwarmApi {
  /** Rejects with `swarm-state` where the engine is no manager of a swarm. */
  inspect(options?: CallOptions): Promise<Swarm>;
  /** Makes a swarm of this one node; resolves with the node's id. Rejects with `swarm-state` in a swarm. */
  init(request: SwarmInitRequest, options?: CallOptions): Promise<string>;
  /** The last manager must be forced, and takes the swarm with it. Rejects with `swarm-state` outside of one. */
  leave(options?: CallOptions & { force?: boolean }): Promise<void>;
}

export interface Swarm extends DockerSwarm {
  ID: string;
}

export function createSwarm(client: Client): SwarmApi {
  return {
    inspect: (options) => client.json({ path: "/swarm", options, deadlineMs: QUICK_MS }, swarmAnswer),
    init: (request, options) =>
      client.json({ method: "POST", path: "/swarm/init", json: request, options, deadlineMs: WORK_MS }, z.string()),
    leave: async ({ force, ...options } = {}) => {
      await client.done({ method: "POST", path: "/swarm/leave", query: { force }, options, deadlineMs: WORK_MS });
    },
  };
}

const swarmAnswer = answer<Swarm>({ ID: z.string() });
