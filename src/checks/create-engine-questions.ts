import type { Engine } from "../engine/engine.ts";
import type { OutputChunk } from "../engine/docker-stream.ts";
import type { ContainerLog } from "./engine-answers.ts";
import type { EngineQuestions } from "./world.ts";

export function createEngineQuestions(engine: Engine): EngineQuestions {
  return {
    time: (options) => engine.system.time(options),
    events: (options) => engine.system.events(options),
    containers: (options) => engine.containers.list({ ...options, all: true }),
    container: (id, options) => unless(isMissing, engine.containers.inspect(id, options)),
    log: async (container, options) => {
      const output = await unless(isMissing, engine.containers.logs(container, { ...options, tail: tailLines }));
      return output && readLog(output);
    },
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

/** What a check looks at of a log; a program may write without end. */
const tailLines = 5000;
const longestLog = 1024 * 1024;

async function readLog(output: AsyncIterable<OutputChunk>): Promise<ContainerLog> {
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  const log = { stdout: "", stderr: "" };
  for await (const { stream, bytes } of output) {
    const text = log[stream] + decoders[stream].decode(bytes, { stream: true });
    log[stream] = text.length > 2 * longestLog ? text.slice(-longestLog) : text;
  }
  return { stdout: lines(log.stdout), stderr: lines(log.stderr) };
}

function lines(text: string): string {
  return text.slice(-longestLog).replaceAll("\r\n", "\n");
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
