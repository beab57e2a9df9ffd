import type { Engine } from "../engine/engine.ts";
import { createLogReader } from "./log-reader.ts";
import type { EngineQuestions } from "./world.ts";

/** All but its exact time, which it does not tell by itself. */
export function createEngineQuestions(engine: Engine): Omit<EngineQuestions, "time"> {
  const readLog = createLogReader(engine.containers);
  return {
    events: (options) => engine.system.events(options),
    containers: (options) => engine.containers.list({ ...options, all: true }),
    container: (id, options) => unless(isMissing, engine.containers.inspect(id, options)),
    log: (container, options) => unless(isMissing, readLog(container, options)),
    images: (options) => engine.images.list(options),
    image: (reference, options) => unless(isMissing, engine.images.inspect(reference, options)),
    history: (reference, options) => unless(isMissing, engine.images.history(reference, options)),
    networks: (options) => engine.networks.list(options),
    network: (name, options) => unless(isMissing, engine.networks.inspect(name, options)),
    volumes: (options) => engine.volumes.list(options),
    services: (options) => unless(isOutsideSwarm, engine.services.list(options)),
    tasks: (service, options) =>
      unless(isOutsideSwarm, engine.tasks.list({ ...options, filters: { service: [service] } })),
    nodes: (options) => unless(isOutsideSwarm, engine.nodes.list(options)),
  };
}

/** `undefined` for such an error: then there is nothing of the kind, which is an answer. */
async function unless<T>(
  isAnswer: (error: Error & { code: unknown }) => boolean,
  asked: Promise<T>,
): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && "code" in error && isAnswer(error)) return undefined;
    throw error;
  }
}

function isMissing({ code }: { code: unknown }): boolean {
  return code === "not-found";
}

/** Docker answers alike for a swarm that is locked or has no leader, which says nothing about what is in it. */
function isOutsideSwarm({ code, message }: { code: unknown; message: string }): boolean {
  return code === "swarm-state" && /not a swarm manager|not part of a swarm/i.test(message);
}
