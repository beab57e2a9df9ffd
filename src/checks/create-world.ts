import type { Engine } from "../engine/engine.ts";
import { exchange } from "../engine/http/exchange.ts";
import type { Machine } from "../machine/contract.ts";
import { createEngineQuestions } from "./create-engine-questions.ts";
import { createMachineShell } from "./machine-shell.ts";
import { createTerminalLog } from "./terminal-log.ts";
import type { World } from "./world.ts";

/** What checks see of a machine and the engine in it. */
export function createWorld(machine: Pick<Machine, "dial" | "workspace" | "run" | "consoles">, engine: Engine): World {
  return {
    workspace: machine.workspace,
    engine: createEngineQuestions(engine),
    ports: {
      async request(port, { method, path }, { signal = new AbortController().signal } = {}) {
        const connection = await machine.dial(port, { signal });
        const request = { method, target: path, host: `localhost:${port}`, headers: { Accept: "*/*" } };
        const response = await exchange(connection, request, { signal, onReleased: () => undefined });
        const body = await readBeginning(response.body, maxPageBytes);
        return { status: response.status, headers: new Map(response.headers), body };
      },
    },
    shell: createMachineShell(machine, engine),
    terminals: createTerminalLog(machine.consoles),
  };
}

const maxPageBytes = 256 * 1024;

/** The text of a body, as far as `maxBytes` go; the rest is not waited for. */
async function readBeginning(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = "";
  for (let left = maxBytes; left > 0;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value.subarray(0, left), { stream: true });
    left -= value.length;
  }
  await reader.cancel();
  return text;
}
