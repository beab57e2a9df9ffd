import type {
  ContainerConfig,
  ContainerInspectResponse,
  ContainerState as DockerState,
  ContainerStatsResponse,
  ContainerSummary as DockerSummary,
  FilesystemChange as DockerChange,
  MountPoint,
  NetworkSettings,
  PortBinding,
  PortSummary,
} from "@docker/node-sdk";
import * as z from "zod/mini";
import { answer, listOf, mapOf } from "./answer.ts";

export interface ContainerSummary extends DockerSummary {
  Id: string;
  /** Each with Docker's leading slash: `/web`. */
  Names: string[];
  Image: string;
  ImageID: string;
  Command: string;
  /** Unix seconds. */
  Created: number;
  Ports: PortSummary[];
  Labels: Record<string, string>;
  State: NonNullable<DockerSummary["State"]>;
  /** For people: `Up 3 seconds`. */
  Status: string;
}

export interface ContainerDetails extends ContainerInspectResponse {
  Id: string;
  /** With Docker's leading slash: `/web`. */
  Name: string;
  /** Id of the image. */
  Image: string;
  State: ContainerState;
  Config: ContainerSettings;
  NetworkSettings: ContainerNetworks;
  Mounts: MountPoint[];
}

export interface ContainerState extends DockerState {
  Status: NonNullable<DockerState["Status"]>;
  Running: boolean;
  /** Of the last run; 0 while running. */
  ExitCode: number;
  /** Why it could not be started, else empty. */
  Error: string;
}

export interface ContainerSettings extends ContainerConfig {
  /** The image as it was named. */
  Image: string;
  Tty: boolean;
  Env: string[];
  Cmd: string[];
  Labels: Record<string, string>;
}

export interface ContainerNetworks extends NetworkSettings {
  /** Published ports by container port, such as `80/tcp`; none for one that is only exposed. */
  Ports: Record<string, PortBinding[]>;
  /** By network name. */
  Networks: NonNullable<NetworkSettings["Networks"]>;
}

export interface ContainerProcesses {
  /** Column heads of `ps`, such as `PID` and `CMD`. */
  Titles: string[];
  Processes: string[][];
}

/** One sample; the times are ISO 8601 texts. */
export interface ContainerStats extends Omit<ContainerStatsResponse, "read" | "preread"> {
  read: string;
  preread: string;
}

export interface ContainerExit {
  readonly exitCode: number;
}

export interface FileChange {
  readonly path: string;
  readonly kind: "modified" | "added" | "deleted";
}

export const summariesAnswer = listOf(
  answer<ContainerSummary>({
    Id: z.string(),
    Names: listOf(z.string()),
    Image: z.string(),
    ImageID: z.string(),
    Command: z.string(),
    Created: z.number(),
    Ports: listOf(answer<PortSummary>({ PrivatePort: z.number(), Type: z.enum(["tcp", "udp", "sctp"]) })),
    Labels: mapOf(z.string()),
    State: z.enum(["created", "running", "paused", "restarting", "exited", "removing", "dead"]),
    Status: z.string(),
  }),
);

export const detailsAnswer = answer<ContainerDetails>({
  Id: z.string(),
  Name: z.string(),
  Image: z.string(),
  State: answer<ContainerState>({
    Status: z.enum(["created", "running", "paused", "restarting", "removing", "exited", "dead"]),
    Running: z.boolean(),
    ExitCode: z.number(),
    Error: z.string(),
  }),
  Config: answer<ContainerSettings>({
    Image: z.string(),
    Tty: z.boolean(),
    Env: listOf(z.string()),
    Cmd: listOf(z.string()),
    Labels: mapOf(z.string()),
  }),
  NetworkSettings: answer<ContainerNetworks>({
    Ports: mapOf(listOf(answer<PortBinding>({}))),
    Networks: mapOf(z.looseObject({})),
  }),
  Mounts: listOf(answer<MountPoint>({})),
});

export const createdAnswer = answer<{ Id: string; Warnings: string[] }>({
  Id: z.string(),
  Warnings: listOf(z.string()),
});

export const exitAnswer: z.ZodMiniType<ContainerExit> = z.pipe(
  z.object({ StatusCode: z.number() }),
  z.transform(({ StatusCode }) => ({ exitCode: StatusCode })),
);

export const processesAnswer = answer<ContainerProcesses>({
  Titles: listOf(z.string()),
  Processes: listOf(z.array(z.string())),
});

export const statsAnswer = answer<ContainerStats>({ read: z.string(), preread: z.string() });

const changeKinds = ["modified", "added", "deleted"] as const;

export const changesAnswer: z.ZodMiniType<FileChange[]> = listOf(
  z.pipe(
    answer<DockerChange>({ Path: z.string(), Kind: z.literal([0, 1, 2]) }),
    z.transform(({ Path, Kind }) => ({ path: Path, kind: changeKinds[Kind] })),
  ),
);
