import type { Engine } from "../engine/engine.ts";
import type { OutputChunk } from "../engine/docker-stream.ts";
import type { ContainerLog } from "./engine-answers.ts";
import type { EngineQuestions } from "./world.ts";

export function createEngineQuestions(engine: Engine): EngineQuestions {
  return {
    time: (options) => engine.system.time(options),
    events: (options) => engine.system.events(options),
    containers: (options) => engine.containers.list({ ...options, all: true }),
    container: (id, options) => unless("not-found", engine.containers.inspect(id, options)),
    log: async (container, options) => {
      const output = await unless("not-found", engine.containers.logs(container, { ...options, tail: tailLines }));
      return output && readLog(output);
    },
    images: (options) => engine.images.list(options),
    image: (reference, options) => unless("not-found", engine.images.inspect(reference, options)),
    history: (reference, options) => unless("not-found", engine.images.history(reference, options)),
    networks: (options) => engine.networks.list(options),
    network: (name, options) => unless("not-found", engine.networks.inspect(name, options)),
    volumes: (options) => engine.volumes.list(options),
    services: (options) => unless("swarm-state", engine.services.list(options)),
    tasks: (service, options) =>
      unless("swarm-state", engine.tasks.list({ ...options, filters: { service: [service] } })),
    nodes: (options) => unless("swarm-state", engine.nodes.list(options)),
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

/** `undefined` for an error of this code: then there is nothing of the kind, which is an answer. */
async function unless<T>(code: string, asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === code) return undefined;
    throw error;
  }
}
