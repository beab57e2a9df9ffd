import type { ContainerCreateRequest } from "@docker/node-sdk";
import { type CallOptions, type Client, type Filters, path, QUICK_MS, WORK_MS } from "./client.ts";
import * as answers from "./container-answers.ts";
import { demultiplex, type OutputChunk, readRaw } from "./docker-stream.ts";
import { type AttachedStream, attachedStream } from "./hijack.ts";
import type { HttpRequest } from "./http/request.ts";

/** Containers by name or id. All but `list` and `create` reject with `not-found` where there is none of that name. */
export interface ContainersApi {
  /** Running ones, or `all`. */
  list(options?: CallOptions & { all?: boolean; filters?: Filters | undefined }): Promise<answers.ContainerSummary[]>;
  inspect(container: string, options?: CallOptions): Promise<answers.ContainerDetails>;
  /** Rejects with `not-found` when the image is missing and with `conflict` when the name is taken. */
  create(
    config: ContainerConfig,
    options?: CallOptions & { name?: string | undefined },
  ): Promise<{ Id: string; Warnings: string[] }>;
  /** Starting one that runs, and stopping one that does not, does nothing. */
  start(container: string, options?: CallOptions): Promise<void>;
  /** Asks it to end, and kills it `graceSeconds` (Docker's default: 10) later. */
  stop(container: string, options?: CallOptions & { graceSeconds?: number }): Promise<void>;
  /** `signalName` is such as `SIGHUP`; default `SIGKILL`. Rejects with `conflict` when it does not run. */
  kill(container: string, options?: CallOptions & { signalName?: string }): Promise<void>;
  remove(container: string, options?: CallOptions & { force?: boolean; volumes?: boolean }): Promise<void>;
  /** Resolves when it has ended (`next-exit`: ends for the next time). Has no deadline of its own. */
  wait(
    container: string,
    options?: CallOptions & { condition?: "not-running" | "next-exit" | "removed" },
  ): Promise<answers.ContainerExit>;
  /** What it wrote so far; with `follow`, also what comes, until it ends. */
  logs(container: string, options?: LogOptions): Promise<AsyncGenerator<OutputChunk, void, undefined>>;
  top(container: string, options?: CallOptions): Promise<answers.ContainerProcesses>;
  /** One sample, without the second that Docker otherwise waits for a rate. */
  stats(container: string, options?: CallOptions): Promise<answers.ContainerStats>;
  /** Files that differ from the image. */
  changes(container: string, options?: CallOptions): Promise<answers.FileChange[]>;
  /** Its terminal or its three streams. Attach before starting to miss nothing. */
  attach(container: string, options?: CallOptions & { stdin?: boolean }): Promise<AttachedStream>;
  /** The file or folder at `path` as a tar stream, whose entries begin with its name. */
  getArchive(
    container: string,
    options: CallOptions & { path: string },
  ): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;
  /** Unpacks a tar stream into the folder at `path`, which must exist. */
  putArchive(
    container: string,
    archive: NonNullable<HttpRequest["body"]>,
    options: CallOptions & { path: string },
  ): Promise<void>;
}

/** Docker's own words for what a container is made of; `HostConfig` holds ports, mounts and limits. */
export type ContainerConfig = ContainerCreateRequest & { Image: string };

export interface LogOptions extends CallOptions {
  follow?: boolean;
  timestamps?: boolean;
  /** The last so many lines. */
  tail?: number;
  /** Unix seconds. */
  since?: number;
  /** Whether it has a terminal, for who knows; else the container is asked. */
  terminal?: boolean;
}

export function createContainers(client: Client): ContainersApi {
  const inspect: ContainersApi["inspect"] = (container, options) =>
    client.json({ path: path`/containers/${container}/json`, options, deadlineMs: QUICK_MS }, answers.detailsAnswer);
  const act = async (
    action: string,
    container: string,
    query: Record<string, string | number | undefined>,
    options: CallOptions,
  ) => {
    const target = `${path`/containers/${container}`}/${action}`;
    await client.done({ method: "POST", path: target, query, options, deadlineMs: WORK_MS });
  };

  /** A terminal's output is not framed. The answer's Content-Type tells only since API 1.42. */
  const hasTerminal = async (container: string, options: CallOptions) => (await inspect(container, options)).Config.Tty;

  return {
    inspect,
    list: ({ all, filters, ...options } = {}) =>
      client.json(
        { path: "/containers/json", query: { all, filters }, options, deadlineMs: QUICK_MS },
        answers.summariesAnswer,
      ),
    create: (config, { name, ...options } = {}) =>
      client.json(
        { method: "POST", path: "/containers/create", query: { name }, json: config, options, deadlineMs: WORK_MS },
        answers.createdAnswer,
      ),
    start: (container, options = {}) => act("start", container, {}, options),
    stop: (container, { graceSeconds, ...options } = {}) => act("stop", container, { t: graceSeconds }, options),
    kill: (container, { signalName, ...options } = {}) => act("kill", container, { signal: signalName }, options),
    remove: async (container, { force, volumes, ...options } = {}) => {
      const query = { force, v: volumes };
      const target = path`/containers/${container}`;
      await client.done({ method: "DELETE", path: target, query, options, deadlineMs: WORK_MS });
    },
    wait: (container, { condition, ...options } = {}) =>
      client.json(
        {
          method: "POST",
          path: path`/containers/${container}/wait`,
          query: { condition },
          options,
          deadlineMs: undefined,
        },
        answers.exitAnswer,
      ),
    logs: async (container, { follow, timestamps, tail, since, terminal, ...options } = {}) => {
      const query = { stdout: true, stderr: true, follow, timestamps, tail, since };
      const target = path`/containers/${container}/logs`;
      // With `follow`, Docker sends its head only with the first output.
      const deadlineMs = follow ? undefined : QUICK_MS;
      const isTerminal = terminal ?? (await hasTerminal(container, options));
      const { body } = await client.open({ path: target, query, options, deadlineMs });
      return isTerminal ? readRaw(body) : demultiplex(body);
    },
    top: (container, options) =>
      client.json({ path: path`/containers/${container}/top`, options, deadlineMs: QUICK_MS }, answers.processesAnswer),
    stats: (container, options) =>
      client.json(
        {
          path: path`/containers/${container}/stats`,
          query: { stream: false, "one-shot": true },
          options,
          deadlineMs: QUICK_MS,
        },
        answers.statsAnswer,
      ),
    changes: (container, options) =>
      client.json(
        { path: path`/containers/${container}/changes`, options, deadlineMs: QUICK_MS },
        answers.changesAnswer,
      ),
    attach: async (container, { stdin = false, ...options } = {}) => {
      const query = { stream: true, stdin, stdout: true, stderr: true };
      const target = path`/containers/${container}/attach`;
      const terminal = await hasTerminal(container, options);
      const call = { method: "POST", path: target, query, upgrade: "tcp", options, deadlineMs: QUICK_MS } as const;
      return attachedStream(await client.open(call), terminal);
    },
    getArchive: async (container, { path: from, ...options }) => {
      const target = path`/containers/${container}/archive`;
      const call = { path: target, query: { path: from }, options, deadlineMs: WORK_MS };
      return (await client.open(call)).body;
    },
    putArchive: async (container, archive, { path: to, ...options }) => {
      const target = path`/containers/${container}/archive`;
      const headers = { "Content-Type": "application/x-tar" };
      const query = { path: to };
      await client.done({ method: "PUT", path: target, query, headers, body: archive, options, deadlineMs: WORK_MS });
    },
  };
}
