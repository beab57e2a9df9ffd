import type { ExecConfig, ExecInspectResponse } from "@docker/node-sdk";
import * as z from "zod/mini";
import { answer } from "./answer.ts";
import { type CallOptions, type Client, path, QUICK_MS, WORK_MS } from "./client.ts";
import { startDeadline } from "./deadline.ts";
import { type AttachedStream, attachedStream } from "./hijack.ts";
import { EngineError } from "./error.ts";

/** Commands in a running container. */
export interface ExecApi {
  /** Prepares a command; rejects with `conflict` when the container does not run. Resolves with the exec's id. */
  create(container: string, config: ExecRequest, options?: CallOptions): Promise<string>;
  /** Starts a prepared command and hands over its streams. `terminal` must be as in `create`. */
  start(exec: string, options?: CallOptions & { terminal?: boolean }): Promise<AttachedStream>;
  inspect(exec: string, options?: CallOptions): Promise<ExecDetails>;
  /** Runs a command to its end. The deadline (default 90 s) stops the waiting, not the command. */
  run(container: string, command: readonly string[], options?: RunOptions): Promise<CommandResult>;
}

export interface ExecRequest {
  readonly command: readonly string[];
  readonly terminal?: boolean | undefined;
  readonly stdin?: boolean | undefined;
  /** `NAME=value`. */
  readonly env?: readonly string[] | undefined;
  readonly user?: string | undefined;
  readonly folder?: string | undefined;
}

export interface ExecDetails extends Omit<ExecInspectResponse, "ExitCode"> {
  ID: string;
  Running: boolean;
  /** `null` until it has ended. */
  ExitCode: number | null;
}

export interface RunOptions extends CallOptions, Omit<ExecRequest, "command" | "terminal" | "stdin"> {
  /** Of both streams together. Default 1 MiB. */
  readonly maxBytes?: number | undefined;
}

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export function createExec(client: Client): ExecApi {
  const create: ExecApi["create"] = async (container, request, options) => {
    const call = { method: "POST", path: path`/containers/${container}/exec`, options, deadlineMs: QUICK_MS } as const;
    return (await client.json({ ...call, json: configOf(request) }, createdAnswer)).Id;
  };
  const start: ExecApi["start"] = async (exec, { terminal = false, ...options } = {}) => {
    const call = { method: "POST", path: path`/exec/${exec}/start`, upgrade: "tcp", options } as const;
    const response = await client.open({ ...call, json: { Detach: false, Tty: terminal }, deadlineMs: WORK_MS });
    return attachedStream(response, terminal);
  };
  const inspect: ExecApi["inspect"] = (exec, options) =>
    client.json({ path: path`/exec/${exec}/json`, options, deadlineMs: QUICK_MS }, detailsAnswer);

  return {
    create,
    start,
    inspect,
    async run(container, command, { signal, timeoutMs = WORK_MS, maxBytes = 1_048_576, env, user, folder } = {}) {
      const what = `The command “${command.join(" ")}”`;
      const deadline = startDeadline(what, signal, timeoutMs);
      try {
        const options = { signal: deadline.signal };
        const exec = await create(container, { command, env, user, folder }, options);
        const { stdout, stderr } = await collect(await start(exec, options), maxBytes);
        const { ExitCode } = await inspect(exec, options);
        if (ExitCode === null) throw lostExit(what);
        return { exitCode: ExitCode, stdout, stderr };
      } catch (error) {
        throw deadline.signal.aborted ? deadline.signal.reason : error;
      } finally {
        deadline.release();
      }
    },
  };
}

async function collect({ output }: AttachedStream, maxBytes: number) {
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  const texts = { stdout: "", stderr: "" };
  let length = 0;
  for await (const { stream, bytes } of output) {
    length += bytes.length;
    if (length > maxBytes) {
      throw new EngineError("answer-too-large", `The command wrote more than ${String(maxBytes)} bytes.`, {
        hint: "Ask for less of it.",
      });
    }
    texts[stream] += decoders[stream].decode(bytes, { stream: true });
  }
  return { stdout: texts.stdout + decoders.stdout.decode(), stderr: texts.stderr + decoders.stderr.decode() };
}

function configOf({ command, terminal = false, stdin = false, env, user, folder }: ExecRequest): ExecConfig {
  return {
    AttachStdin: stdin,
    AttachStdout: true,
    AttachStderr: true,
    Tty: terminal,
    Cmd: [...command],
    ...(env && { Env: [...env] }),
    ...(user !== undefined && { User: user }),
    ...(folder !== undefined && { WorkingDir: folder }),
  };
}

function lostExit(what: string): EngineError {
  return new EngineError("connection-lost", `${what} still runs, but its output ended.`, {
    hint: "The command may have left a program behind in the background. Run it so that it waits for that.",
  });
}

const createdAnswer = answer<{ Id: string }>({ Id: z.string() });

const detailsAnswer = answer<ExecDetails>({ ID: z.string(), Running: z.boolean(), ExitCode: z.nullable(z.number()) });
