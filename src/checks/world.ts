import type { Cancellable, RunResult, Workspace } from "../machine/contract.ts";

/** All that checks can see. Shapes are the parts of Docker's API answers that some check reads. */
export interface World {
  readonly engine: EngineQuestions;
  readonly workspace: Pick<Workspace, "list" | "read" | "watch">;
  readonly ports: PublishedPorts;
  readonly shell: MachineShell;
  readonly terminals: Terminals;
}

/** Programs run by a check itself, unseen by the learner. */
export interface MachineShell {
  /** One line for `sh -c` on the machine, in `/workspace`. */
  run(command: string, options?: Cancellable & { timeoutMs?: number }): Promise<RunResult>;
  /** One line for `sh -c` in a running container; `undefined` when there is no such container that runs. */
  runIn(
    container: string,
    command: string,
    options?: Cancellable & { timeoutMs?: number },
  ): Promise<RunResult | undefined>;
}

export interface Terminals {
  /** Told of each command when it is entered, and again when it has ended. */
  watch(listener: (command: TypedCommand) => void): Disposable;
}

/** A line that was entered in one of the machine's terminals. */
export interface TypedCommand {
  /** Counts all commands of all terminals; the same when it is told of again at its end. */
  readonly number: number;
  /** Counted from 1. */
  readonly terminal: number;
  /** As it was entered; may have several lines. */
  readonly line: string;
  /** `undefined` while it runs. */
  readonly exitCode: number | undefined;
}

export interface EngineQuestions {
  /** The engine's own clock, nanoseconds since 1970. */
  time(options?: Cancellable): Promise<bigint>;
  /** All containers, also those that have ended. */
  containers(options?: Cancellable): Promise<readonly ContainerSummary[]>;
  /** `undefined` when there is no such container (any more). */
  container(id: string, options?: Cancellable): Promise<ContainerDetails | undefined>;
  images(options?: Cancellable): Promise<readonly ImageSummary[]>;
  /** `undefined` when there is no such image. */
  image(reference: string, options?: Cancellable): Promise<ImageDetails | undefined>;
  /**
   * What happened from `since` on (nanoseconds since 1970, inclusive) and goes on happening, until the connection ends.
   * Resolves when the engine has begun to report: what is asked after that misses nothing.
   */
  events(options: Cancellable & { since: bigint }): Promise<AsyncIterable<EngineEvent>>;
}

export interface PublishedPorts {
  /** One GET. Rejects when nothing listens or the peer does not speak HTTP. */
  get(port: number, path: string, options?: Cancellable): Promise<{ readonly status: number; readonly body: string }>;
}

export interface ContainerSummary {
  readonly Id?: string | undefined;
  readonly Names?: readonly string[] | null | undefined;
  /** The reference that the container was created with, or an image id when the tag has moved on. */
  readonly Image?: string | undefined;
  readonly ImageID?: string | undefined;
  readonly State?: string | undefined;
}

export interface ContainerDetails {
  readonly Path?: string | undefined;
  readonly Args?: readonly string[] | null | undefined;
  readonly State?: { readonly Status?: string | undefined; readonly ExitCode?: number | undefined } | null | undefined;
  readonly Config?:
    { readonly Image?: string | undefined; readonly Cmd?: readonly string[] | null | undefined } | null | undefined;
  readonly HostConfig?: { readonly PortBindings?: PortBindings | undefined } | null | undefined;
  readonly NetworkSettings?: { readonly Ports?: PortBindings | undefined } | null | undefined;
}

export type PortBindings = Readonly<
  Record<string, readonly { readonly HostPort?: string | undefined }[] | null | undefined>
> | null;

export interface ImageSummary {
  readonly Id?: string | undefined;
  readonly RepoTags?: readonly string[] | null | undefined;
}

export interface ImageDetails {
  readonly Id?: string | undefined;
  readonly RootFS?: { readonly Layers?: readonly string[] | null | undefined } | null | undefined;
  readonly Config?:
    | {
        readonly Cmd?: readonly string[] | null | undefined;
        readonly ExposedPorts?: Readonly<Record<string, unknown>> | null | undefined;
        readonly Labels?: Readonly<Record<string, string>> | null | undefined;
      }
    | null
    | undefined;
}

export interface EngineEvent {
  readonly Type?: string | undefined;
  readonly Action?: string | undefined;
  readonly Actor?:
    | { readonly ID?: string | undefined; readonly Attributes?: Readonly<Record<string, string>> | null | undefined }
    | null
    | undefined;
  /** Nanoseconds since 1970. A JSON number has lost the last digits; good for order, not for identity. */
  readonly timeNano?: number | undefined;
}
