import type {
  EndpointPortConfig,
  Service as DockerService,
  ServiceEndpoint,
  ServiceSpec as DockerSpec,
  TaskSpec,
  TaskSpecContainerSpec,
} from "@docker/node-sdk";
import * as z from "zod/mini";
import { answer, listOf, mapOf } from "./answer.ts";
import { type CallOptions, type Client, type Filters, path, QUICK_MS, WORK_MS } from "./client.ts";

/** Services of the swarm, by name or id. All reject with `swarm-state` where the engine is no manager of a swarm. */
export interface ServicesApi {
  list(options?: CallOptions & { filters?: Filters | undefined }): Promise<Service[]>;
  /** Rejects with `not-found`. */
  inspect(service: string, options?: CallOptions): Promise<Service>;
  /** Resolves with its id, before any of its tasks runs. Rejects with `conflict` when the name is taken. */
  create(spec: ServiceSpec, options?: CallOptions): Promise<string>;
  /** Replaces the whole specification of a service as `inspect` gave it. */
  update(service: Service, spec: ServiceSpec, options?: CallOptions): Promise<void>;
  remove(service: string, options?: CallOptions): Promise<void>;
}

/** Docker's own words for what a service is made of. */
export type ServiceSpec = DockerSpec & { Name: string };

export interface Service extends DockerService {
  ID: string;
  /** Counts the changes; `update` needs the latest. */
  Version: { Index: number };
  Spec: ServiceSettings;
  Endpoint: ServicePorts;
}

export interface ServiceSettings extends DockerSpec {
  Name: string;
  Labels: Record<string, string>;
  TaskTemplate: ServiceTask;
  /** Has the one key `Replicated`, `Global`, `ReplicatedJob` or `GlobalJob`. */
  Mode: NonNullable<DockerSpec["Mode"]>;
}

export interface ServiceTask extends TaskSpec {
  ContainerSpec: ServiceContainer;
}

export interface ServiceContainer extends TaskSpecContainerSpec {
  /** With the digest that the registry gave for it, if one was asked. */
  Image: string;
  Env: string[];
}

export interface ServicePorts extends ServiceEndpoint {
  Ports: EndpointPortConfig[];
}

export function createServices(client: Client): ServicesApi {
  return {
    list: ({ filters, ...options } = {}) =>
      client.json({ path: "/services", query: { filters }, options, deadlineMs: QUICK_MS }, listOf(serviceAnswer)),
    inspect: (service, options) =>
      client.json({ path: path`/services/${service}`, options, deadlineMs: QUICK_MS }, serviceAnswer),
    create: async (spec, options) => {
      const call = { method: "POST", path: "/services/create", json: spec, options, deadlineMs: WORK_MS } as const;
      return (await client.json(call, createdAnswer)).ID;
    },
    update: async ({ ID, Version }, spec, options) => {
      const target = `${path`/services/${ID}`}/update`;
      const query = { version: Version.Index };
      await client.done({ method: "POST", path: target, query, json: spec, options, deadlineMs: WORK_MS });
    },
    remove: async (service, options) => {
      await client.done({ method: "DELETE", path: path`/services/${service}`, options, deadlineMs: WORK_MS });
    },
  };
}

const serviceAnswer = answer<Service>({
  ID: z.string(),
  Version: answer<{ Index: number }>({ Index: z.number() }),
  Spec: answer<ServiceSettings>({
    Name: z.string(),
    Labels: mapOf(z.string()),
    TaskTemplate: answer<ServiceTask>({
      ContainerSpec: answer<ServiceContainer>({ Image: z.string(), Env: listOf(z.string()) }),
    }),
    Mode: z.looseObject({}),
  }),
  Endpoint: answer<ServicePorts>({ Ports: listOf(answer<EndpointPortConfig>({})) }),
});

const createdAnswer = answer<{ ID: string }>({ ID: z.string() });
