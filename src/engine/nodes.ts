import type {
  Node as DockerNode,
  NodeDescription as DockerDescription,
  NodeSpec as DockerSpec,
  NodeState,
  NodeStatus as DockerStatus,
} from "@docker/node-sdk";
import * as z from "zod/mini";
import { answer, listOf, mapOf } from "./answer.ts";
import { type CallOptions, type Client, type Filters, path, QUICK_MS, WORK_MS } from "./client.ts";

/** Machines of the swarm, by host name or id. All reject with `swarm-state` where the engine is no manager of a swarm. */
export interface NodesApi {
  list(options?: CallOptions & { filters?: Filters | undefined }): Promise<Node[]>;
  /** Rejects with `not-found`. */
  inspect(node: string, options?: CallOptions): Promise<Node>;
  /** Replaces role, availability and labels of a node as `inspect` gave it. */
  update(node: Node, spec: Pick<NodeSpec, "Role" | "Availability" | "Labels">, options?: CallOptions): Promise<void>;
}

export interface Node extends DockerNode {
  ID: string;
  /** Counts the changes; `update` needs the latest. */
  Version: { Index: number };
  Spec: NodeSpec;
  Description: NodeDescription;
  Status: NodeStatus;
}

export interface NodeSpec extends DockerSpec {
  Role: NonNullable<DockerSpec["Role"]>;
  Availability: NonNullable<DockerSpec["Availability"]>;
  Labels: Record<string, string>;
}

export interface NodeDescription extends DockerDescription {
  Hostname: string;
}

export interface NodeStatus extends DockerStatus {
  State: NodeState;
}

export function createNodes(client: Client): NodesApi {
  return {
    list: ({ filters, ...options } = {}) =>
      client.json({ path: "/nodes", query: { filters }, options, deadlineMs: QUICK_MS }, listOf(nodeAnswer)),
    inspect: (node, options) => client.json({ path: path`/nodes/${node}`, options, deadlineMs: QUICK_MS }, nodeAnswer),
    update: async ({ ID, Version }, spec, options) => {
      const target = `${path`/nodes/${ID}`}/update`;
      const query = { version: Version.Index };
      await client.done({ method: "POST", path: target, query, json: spec, options, deadlineMs: WORK_MS });
    },
  };
}

const nodeAnswer = answer<Node>({
  ID: z.string(),
  Version: answer<{ Index: number }>({ Index: z.number() }),
  Spec: answer<NodeSpec>({
    Role: z.enum(["worker", "manager"]),
    Availability: z.enum(["active", "pause", "drain"]),
    Labels: mapOf(z.string()),
  }),
  Description: answer<NodeDescription>({ Hostname: z._default(z.string(), "") }),
  Status: answer<NodeStatus>({ State: z.enum(["unknown", "down", "ready", "disconnected"]) }),
});
