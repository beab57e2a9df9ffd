import type { BuildApi } from "./build.ts";
import type { ContainersApi } from "./containers.ts";
import type { ExecApi } from "./exec.ts";
import type { ImagesApi } from "./images.ts";
import type { NetworksApi } from "./networks.ts";
import type { NodesApi } from "./nodes.ts";
import type { ServicesApi } from "./services.ts";
import type { SwarmApi } from "./swarm.ts";
import type { SystemApi } from "./system.ts";
import type { TasksApi } from "./tasks.ts";
import type { VolumesApi } from "./volumes.ts";

/**
 * A Docker Engine, by its API. Every call takes `CallOptions` and rejects with an `EngineError`; aborting its signal frees
 * its connection. A container or command that exits non-zero is a result.
 */
export interface Engine {
  readonly system: SystemApi;
  readonly images: ImagesApi;
  readonly containers: ContainersApi;
  readonly exec: ExecApi;
  readonly networks: NetworksApi;
  readonly volumes: VolumesApi;
  readonly build: BuildApi;
  readonly swarm: SwarmApi;
  readonly nodes: NodesApi;
  readonly services: ServicesApi;
  readonly tasks: TasksApi;
}
