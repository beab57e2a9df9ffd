import type { ContainersApi } from "../engine/containers.ts";
import type { OutputChunk } from "../engine/docker-stream.ts";
import type { Cancellable } from "../machine/contract.ts";
import type { ContainerLog } from "./engine-answers.ts";

/** Reads the logs of containers. That of one which has ended is read once, as nothing is added to it unless it runs again. */
export function createLogReader(containers: Pick<ContainersApi, "inspect" | "logs">) {
  const ended = new Map<string, { readonly end: string; readonly log: ContainerLog }>();
  return async (container: string, options: Cancellable = {}): Promise<ContainerLog> => {
    const { Id, Config, State } = await containers.inspect(container, options);
    const end = ["exited", "dead"].includes(State.Status) ? `${State.StartedAt ?? ""} ${State.FinishedAt ?? ""}` : "";
    const kept = ended.get(Id);
    if (kept?.end === end) return kept.log;
    ended.delete(Id);
    const log = await read(await containers.logs(Id, { ...options, tail: tailLines, terminal: Config.Tty }));
    if (end !== "") ended.set(Id, { end, log });
    for (const oldest of [...ended.keys()].slice(0, -keptLogs)) ended.delete(oldest);
    return log;
  };
}

/** More ended containers than a lesson leaves behind. */
const keptLogs = 20;
/** What a check looks at of a log; a program may write without end. */
const tailLines = 5000;
const longestLog = 1024 * 1024;

async function read(output: AsyncIterable<OutputChunk>): Promise<ContainerLog> {
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
