import type { Cancellable, Workspace } from "../machine/contract.ts";
import type {
  ContainerDetails,
  ContainerLog,
  ContainerSummary,
  EngineEvent,
  ImageDetails,
  ImageHistoryStep,
  ImageSummary,
  Network,
  NetworkDetails,
  Node,
  Service,
  Task,
  Volume,
} from "./engine-answers.ts";

export type { EngineEvent } from "./engine-answers.ts";

/** All that checks can see. */
export interface World {
  readonly engine: EngineQuestions;
  readonly workspace: Pick<Workspace, "list" | "read" | "watch">;
  readonly ports: PublishedPorts;
  readonly shell: MachineShell;
  readonly terminals: Terminals;
}

/** Programs run by a check itself, unseen by the learner. What they write is limited; standard error is dropped. */
export interface MachineShell {
  /** One line for `sh -c` on the machine, in `/workspace`. */
  run(command: string, options: ShellOptions): Promise<ShellResult>;
  /** One line for `sh -c` in a running container; `undefined` when there is no such container that runs. */
  runIn(container: string, command: string, options: ShellOptions): Promise<ShellResult | undefined>;
}

export interface ShellOptions extends Cancellable {
  readonly timeoutMs: number;
}

/** `time`: it had not ended by then, and was killed. `output`: it wrote more than is looked at. */
export type ShellResult =
  { readonly exitCode: number; readonly stdout: string } | { readonly stopped: "time" | "output" };

export interface Terminals {
  /** Told of each command when it is entered, and again when it has ended. */
  watch(listener: (command: TypedCommand) => void): Disposable;
}

/** A line that was entered in one of the machine's terminals. */
export interface TypedCommand {
  /** Counts all commands of all terminals; the same when it is told of again at its end. */
  readonly number: number;
  /** Counted from 1; `vm` is that of the small machine in the lesson's text. */
  readonly terminal: number | "vm";
  /** As it was entered; may have several lines. */
  readonly line: string;
  /** `undefined` while it runs. */
  readonly exitCode: number | undefined;
}

export interface EngineQuestions {
  /** The engine's own clock, nanoseconds since 1970, rounded down to a microsecond: what happened just before is not to count as later. */
  time(options?: Cancellable): Promise<bigint>;
  /** All containers, also those that have ended. */
  containers(options?: Cancellable): Promise<readonly ContainerSummary[]>;
  /** `undefined` when there is no such container (any more). */
  container(id: string, options?: Cancellable): Promise<ContainerDetails | undefined>;
  /** `undefined` when there is no such container (any more). */
  log(container: string, options?: Cancellable): Promise<ContainerLog | undefined>;
  images(options?: Cancellable): Promise<readonly ImageSummary[]>;
  /** `undefined` when there is no such image. */
  image(reference: string, options?: Cancellable): Promise<ImageDetails | undefined>;
  /** How it was made, newest step first; `undefined` when there is no such image. */
  history(reference: string, options?: Cancellable): Promise<readonly ImageHistoryStep[] | undefined>;
  networks(options?: Cancellable): Promise<readonly Network[]>;
  /** `undefined` when there is no such network. */
  network(name: string, options?: Cancellable): Promise<NetworkDetails | undefined>;
  volumes(options?: Cancellable): Promise<readonly Volume[]>;
  /** `undefined` when the engine is no manager of a swarm. */
  services(options?: Cancellable): Promise<readonly Service[] | undefined>;
  /** Of one service, by its id; `undefined` when the engine is no manager of a swarm. */
  tasks(service: string, options?: Cancellable): Promise<readonly Task[] | undefined>;
  /** `undefined` when the engine is no manager of a swarm. */
  nodes(options?: Cancellable): Promise<readonly Node[] | undefined>;
  /**
   * What happened from `since` on (nanoseconds since 1970, inclusive) and goes on happening, until the connection ends.
   * Resolves when the engine has begun to report: what is asked after that misses nothing.
   */
  events(options: Cancellable & { since: bigint }): Promise<AsyncIterable<EngineEvent>>;
}

export interface PublishedPorts {
  /** One request; a redirect is an answer like others. Rejects where the machine itself does not answer. */
  request(port: number, request: PageRequest, options?: Cancellable): Promise<PageAnswer | NoPage>;
}

/**
 * `closed`: nothing listens. `silent`: what listens took the connection, but did not answer in time. `not-http`: it hung up, or does not
 * speak HTTP.
 */
export interface NoPage {
  readonly failed: "closed" | "silent" | "not-http";
}

export interface PageRequest {
  readonly method: string;
  /** With its query, encoded. */
  readonly path: string;
  /** From the connection on. */
  readonly timeoutMs: number;
  /** Beside those of every request; `Accept` is any type where it is not given. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface PageAnswer {
  readonly status: number;
  /** By their names in small letters. */
  readonly headers: ReadonlyMap<string, string>;
  /** Its beginning, if it is long. */
  readonly body: string;
}
