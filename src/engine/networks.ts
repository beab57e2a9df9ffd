import type {
  EndpointSettings,
  Network as DockerNetwork,
  NetworkCreateRequest,
  NetworkInspect,
} from "@docker/node-sdk";
import * as z from "zod/mini";
import { answer, listOf, mapOf } from "./answer.ts";
import { type CallOptions, type Client, type Filters, path, QUICK_MS, WORK_MS } from "./client.ts";

/** Networks by name or id. */
export interface NetworksApi {
  list(options?: CallOptions & { filters?: Filters | undefined }): Promise<Network[]>;
  inspect(network: string, options?: CallOptions): Promise<NetworkDetails>;
  /** Resolves with its id. Rejects with `conflict` when the name is taken. */
  create(config: NetworkCreateRequest, options?: CallOptions): Promise<string>;
  /** Rejects with `forbidden` while containers use it. */
  remove(network: string, options?: CallOptions): Promise<void>;
  connect(
    network: string,
    container: string,
    options?: CallOptions & { endpoint?: EndpointSettings | undefined },
  ): Promise<void>;
  disconnect(network: string, container: string, options?: CallOptions & { force?: boolean }): Promise<void>;
}

export interface Network extends DockerNetwork {
  Id: string;
  Name: string;
  Driver: string;
  Labels: Record<string, string>;
}

export interface NetworkDetails extends NetworkInspect {
  Id: string;
  Name: string;
  Driver: string;
  Labels: Record<string, string>;
  /** Running containers in it, by container id. */
  Containers: NonNullable<NetworkInspect["Containers"]>;
}

export function createNetworks(client: Client): NetworksApi {
  return {
    list: ({ filters, ...options } = {}) =>
      client.json({ path: "/networks", query: { filters }, options, deadlineMs: QUICK_MS }, listAnswer),
    inspect: (network, options) =>
      client.json({ path: path`/networks/${network}`, options, deadlineMs: QUICK_MS }, detailsAnswer),
    create: async (config, options) => {
      // Older engines allow two networks of one name unless told to look.
      const json = { CheckDuplicate: true, ...config };
      const call = { method: "POST", path: "/networks/create", json, options, deadlineMs: WORK_MS } as const;
      return (await client.json(call, createdAnswer)).Id;
    },
    remove: async (network, options) => {
      await client.done({ method: "DELETE", path: path`/networks/${network}`, options, deadlineMs: WORK_MS });
    },
    connect: async (network, container, { endpoint, ...options } = {}) => {
      const json = { Container: container, EndpointConfig: endpoint };
      const target = path`/networks/${network}/connect`;
      await client.done({ method: "POST", path: target, json, options, deadlineMs: WORK_MS });
    },
    disconnect: async (network, container, { force, ...options } = {}) => {
      const json = { Container: container, Force: force };
      const target = path`/networks/${network}/disconnect`;
      await client.done({ method: "POST", path: target, json, options, deadlineMs: WORK_MS });
    },
  };
}

const shape = { Id: z.string(), Name: z.string(), Driver: z.string(), Labels: mapOf(z.string()) };

const listAnswer = listOf(answer<Network>(shape));

const detailsAnswer = answer<NetworkDetails>({ ...shape, Containers: mapOf(z.looseObject({})) });

const createdAnswer = answer<{ Id: string }>({ Id: z.string() });
