import type * as z from "zod/mini";
import { validate } from "./answer.ts";
import { orAborted, startDeadline } from "./deadline.ts";
import type { Dialer } from "./dialer.ts";
import { EngineError, type EngineErrorCode } from "./error.ts";
import { exchange, type HttpResponse } from "./http/exchange.ts";
import { readAll } from "./http/read-all.ts";
import type { HttpRequest } from "./http/request.ts";
import { parseJson } from "./json-lines.ts";
import { negotiateVersion } from "./version.ts";

/** What every call takes. */
export interface CallOptions {
  signal?: AbortSignal | undefined;
  /** Rejects with `timeout` when there is no answer by then; for streams, when none has begun. Each call has its own default. */
  timeoutMs?: number | undefined;
}

/** Requests to the engine: version prefix, deadlines, and Docker's errors as `EngineError`. */
export interface Client {
  /** The negotiated API version, such as `1.45`. */
  version(options?: CallOptions): Promise<string>;
  /** The answer's JSON, checked against `schema`. */
  json<T>(call: Call, schema: z.ZodMiniType<T>): Promise<T>;
  /** Waits for the answer to end; gives its status. */
  done(call: Call): Promise<number>;
  /** The answer as soon as its head is there. The deadline ends with the head; the signal holds until the body ends. */
  open(call: Call): Promise<HttpResponse>;
}

export interface Call {
  method?: "GET" | "HEAD" | "POST" | "PUT" | "DELETE";
  /** Without version; made with `path` so that names are encoded. */
  path: string;
  query?: Query | undefined;
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  json?: unknown;
  body?: HttpRequest["body"];
  upgrade?: string;
  /** `/_ping` has no version. */
  unversioned?: boolean;
  options: CallOptions | undefined;
  /** Default deadline; `undefined` for answers that may take as long as they like. */
  deadlineMs: number | undefined;
}

export type Query = Readonly<Record<string, string | number | boolean | Filters | undefined>>;
/** Docker's filters: each name with the values of which one must match. */
export type Filters = Readonly<Record<string, readonly string[]>>;

/** Answers that need no work. An emulated machine takes up to 3 s for its first after a restore. */
export const QUICK_MS = 20_000;
/** Starting, stopping and removing. An emulated machine takes up to 15 s for its first run after a restore. */
export const WORK_MS = 90_000;

/** An encoded path: path`/containers/${name}/json`. */
export function path(parts: TemplateStringsArray, ...names: readonly string[]): string {
  return String.raw({ raw: parts }, ...names.map((name) => encodeURIComponent(name)));
}

export function createClient(dialer: Dialer, port: number): Client {
  let negotiated: Promise<string> | undefined;

  const negotiate = async (): Promise<string> => {
    const call: Call = { path: "/_ping", unversioned: true, options: {}, deadlineMs: QUICK_MS };
    const response = await send(call, "/_ping");
    await readAll(response.body, MAX_ERROR_BYTES);
    return negotiateVersion(response.headers.get("api-version"));
  };

  const version = (options?: CallOptions): Promise<string> => {
    const asked = (negotiated ??= negotiate());
    asked.catch(() => {
      // A later call asks again: the engine may only have been starting.
      if (negotiated === asked) negotiated = undefined;
    });
    // The question is shared by all callers, so one caller's signal ends only that caller's waiting.
    const wait = startDeadline("Asking the engine for its version", options?.signal, undefined);
    return orAborted(asked, wait.signal).finally(() => {
      wait.release();
    });
  };

  const open = async (call: Call): Promise<HttpResponse> => {
    const target = call.path + encodeQuery(call.query);
    return send(call, call.unversioned ? target : `/v${await version(call.options)}${target}`);
  };

  const send = async (call: Call, target: string): Promise<HttpResponse> => {
    const { method = "GET", options } = call;
    const deadline = startDeadline(`${method} ${call.path}`, options?.signal, options?.timeoutMs ?? call.deadlineMs);
    try {
      const connection = await dial(dialer, port, deadline.signal);
      const response = await exchange(connection, requestOf(call, target), {
        signal: deadline.signal,
        onReleased: deadline.release,
      });
      if (response.status >= 400) throw await refusal(call, response);
      deadline.lift();
      return response;
    } catch (error) {
      deadline.release();
      throw error;
    }
  };

  /** Opens a call and reads its whole answer within the same deadline. */
  const whole = async <T>(call: Call, read: (response: HttpResponse) => Promise<T>): Promise<T> => {
    const { method = "GET", options } = call;
    const deadline = startDeadline(`${method} ${call.path}`, options?.signal, options?.timeoutMs ?? call.deadlineMs);
    try {
      return await read(await open({ ...call, options: { signal: deadline.signal }, deadlineMs: undefined }));
    } catch (error) {
      throw deadline.signal.aborted ? deadline.signal.reason : error;
    } finally {
      deadline.release();
    }
  };

  return {
    version,
    open,
    json: (call, schema) =>
      whole(call, async (response) => {
        const text = new TextDecoder().decode(await readAll(response.body, MAX_JSON_BYTES));
        return validate(schema, parseJson(text), `${call.method ?? "GET"} ${call.path}`);
      }),
    done: (call) =>
      whole(call, async (response) => {
        await readAll(response.body, MAX_JSON_BYTES);
        return response.status;
      }),
  };
}

/** A machine with thousands of images answers in a few MB. */
const MAX_JSON_BYTES = 64 * 1024 * 1024;
const MAX_ERROR_BYTES = 1024 * 1024;

/** Dials within the signal's time. Rejects with `unreachable` when nothing answers there. */
export async function dial(dialer: Dialer, port: number, signal: AbortSignal) {
  const dialling = dialer.dial(port, { signal });
  try {
    return await orAborted(dialling, signal, (late) => {
      late.abort();
    });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw new EngineError("unreachable", `Nothing answers on port ${String(port)} of the machine.`, {
      hint: "The program that should listen there may be starting or stopped. Wait a moment, then start it again.",
      cause: error,
    });
  }
}

function requestOf(call: Call, target: string): HttpRequest {
  const { method = "GET", headers, json, body, upgrade } = call;
  return {
    method,
    target,
    host: "docker",
    headers: { ...(json !== undefined && { "Content-Type": "application/json" }), ...headers },
    body: json === undefined ? body : new TextEncoder().encode(JSON.stringify(json)),
    upgrade,
  };
}

function encodeQuery(query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    parameters.set(name, typeof value === "object" ? JSON.stringify(value) : String(value));
  }
  return parameters.size === 0 ? "" : `?${parameters.toString()}`;
}

/** Docker says what is wrong as `{"message": "…"}`. */
async function refusal(call: Call, response: HttpResponse): Promise<EngineError> {
  const { status, reason } = response;
  const text = new TextDecoder().decode(await readAll(response.body, MAX_ERROR_BYTES));
  let message = text.trim();
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && "message" in value) message = String(value.message);
  } catch {
    // Not JSON: a proxy's or another program's words, which are all there is.
  }
  const { code, hint } = meaningOf(status, call);
  return new EngineError(code, message || reason || `The engine answered with status ${String(status)}.`, {
    hint,
    status,
  });
}

function meaningOf(status: number, { path: asked }: Call): { code: EngineErrorCode; hint: string } {
  switch (status) {
    case 401:
    case 403:
      return { code: "forbidden", hint: "The engine does not allow this." };
    case 404:
      return { code: "not-found", hint: "Check the name; `docker ps -a` and `docker images` list what there is." };
    case 409:
      return { code: "conflict", hint: "The present state does not allow this. The message says what is in the way." };
    default:
      // Docker has this status for what an engine cannot do outside of a swarm; elsewhere it is a failure like others.
      if (status === 503 && /^\/(swarm|nodes|services|tasks|secrets|configs)\b/.test(asked)) {
        return {
          code: "swarm-state",
          hint: "The message says what the engine is to the swarm; `docker info` shows it too.",
        };
      }
      return status < 500
        ? { code: "invalid-request", hint: "The message says what is wrong with the request." }
        : {
            code: "engine-failed",
            hint: "The message says what went wrong in the engine; restart the engine if it stays so.",
          };
  }
}
