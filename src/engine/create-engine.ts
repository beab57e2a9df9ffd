import { createBuild } from "./build.ts";
import { createClient } from "./client.ts";
import { createContainers } from "./containers.ts";
import type { Dialer } from "./dialer.ts";
import type { Engine } from "./engine.ts";
import { createExec } from "./exec.ts";
import { createImages } from "./images.ts";
import { createNetworks } from "./networks.ts";
import { createNodes } from "./nodes.ts";
import { createServices } from "./services.ts";
import { createSwarm } from "./swarm.ts";
import { createSystem } from "./system.ts";
import { createTasks } from "./tasks.ts";
import { createVolumes } from "./volumes.ts";

export interface EngineOptions {
  /** Where the engine listens on the machine. Default 2375. */
  port?: number;
}

/** Nothing is dialled before the first call; the API version is negotiated with it. */
export function createEngine(dialer: Dialer, { port = 2375 }: EngineOptions = {}): Engine {
  const client = createClient(dialer, port);
  return {
    system: createSystem(client),
    images: createImages(client),
    containers: createContainers(client),
    exec: createExec(client),
    networks: createNetworks(client),
    volumes: createVolumes(client),
    build: createBuild(client),
    swarm: createSwarm(client),
    nodes: createNodes(client),
    services: createServices(client),
    tasks: createTasks(client),
  };
}
