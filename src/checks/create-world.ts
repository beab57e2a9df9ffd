import type { Engine } from "../engine/engine.ts";
import { exchange } from "../engine/http/exchange.ts";
import { readAll } from "../engine/http/read-all.ts";
import type { Machine } from "../machine/contract.ts";
import type { World } from "./world.ts";

/** What checks see of a machine and the engine in it. */
export function createWorld(machine: Pick<Machine, "dial" | "workspace">, engine: Engine): World {
  return {
    workspace: machine.workspace,
    engine: {
      time: (options) => engine.system.time(options),
      containers: (options) => engine.containers.list({ ...options, all: true }),
      container: (id, options) => orMissing(engine.containers.inspect(id, options)),
      images: (options) => engine.images.list(options),
      image: (reference, options) => orMissing(engine.images.inspect(reference, options)),
      events: (options) => engine.system.events(options),
    },
    ports: {
      async get(port, path, { signal = new AbortController().signal } = {}) {
        const connection = await machine.dial(port, { signal });
        const request = { method: "GET", target: path, host: `localhost:${port}`, headers: { Accept: "*/*" } };
        const response = await exchange(connection, request, { signal, onReleased: () => undefined });
        const body = await readAll(response.body, maxPageBytes);
        return { status: response.status, body: new TextDecoder().decode(body) };
      },
    },
  };
}

const maxPageBytes = 1024 * 1024;

async function orMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "not-found") return undefined;
    throw error;
  }
}
