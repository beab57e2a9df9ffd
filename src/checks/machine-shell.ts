import type { Engine } from "../engine/engine.ts";
import type { Machine } from "../machine/contract.ts";
import type { MachineShell, ShellResult } from "./world.ts";

/** Runs the programs of checks, with limits on their time and output. */
export function createMachineShell(
  machine: Pick<Machine, "run">,
  engine: { readonly exec: Pick<Engine["exec"], "run">; readonly containers: Pick<Engine["containers"], "list"> },
): MachineShell {
  return {
    async run(command, { timeoutMs, signal }) {
      const argv = ["bash", "-c", limited, "check", command, String(maxBytes)];
      try {
        const { exitCode, stdout, stderr } = await machine.run(argv, { timeoutMs, ...(signal && { signal }) });
        return stderr.includes(outputMark) ? { stopped: "output" } : { exitCode, stdout };
      } catch (error) {
        return stoppedBy(error);
      }
    },
    async runIn(container, command, { timeoutMs, signal }) {
      const argv = ["sh", "-c", timed, "check", String(Math.ceil(timeoutMs / 1000)), command];
      // The program is killed inside at its time; the engine is waited for somewhat longer.
      const options = { timeoutMs: timeoutMs + graceMs, maxBytes, ...(signal && { signal }) };
      const id = await findRunning(container, engine.containers, signal);
      if (id === undefined) return undefined;
      try {
        const { exitCode, stdout, stderr } = await engine.exec.run(id, argv, options);
        return stderr.includes(timeMark) ? { stopped: "time" } : { exitCode, stdout };
      } catch (error) {
        const code = codeOf(error);
        return code === "not-found" || code === "conflict" ? undefined : stoppedBy(error);
      }
    },
  };
}

/** The id of the container of this very name: an engine also takes the beginning of an id for one, and `db` can be that. */
async function findRunning(name: string, containers: Pick<Engine["containers"], "list">, signal?: AbortSignal) {
  const filters = { name: [`^/${name.replaceAll(".", "\\.")}$`] };
  const found = await containers.list({ filters, signal });
  return found.find(({ Names }) => Names.includes(`/${name}`))?.Id;
}

const outputMark = "drydock: too much output";
/** Keeps the exit code of the command, but where there is more to read than is looked at: then it is ended by its next write. */
const limited = `
set -o pipefail
sh -c "$1" 2>/dev/null </dev/null | { head -c "$2"; [ "$(head -c 1 | wc -c)" -eq 0 ] || echo "${outputMark}" >&2; }`;
const timeMark = "drydock: out of time";
/**
 * Aborting an exec leaves its program running, so it is ended from inside where the image has `timeout`. Its exit code is then that of
 * the kill, which a program may also have of its own.
 */
const timed = `
command -v timeout >/dev/null 2>&1 || exec sh -c "$2" 2>/dev/null
start=$(date +%s)
timeout -s KILL "$1" sh -c "$2" 2>/dev/null
code=$?
[ $code -ne 137 ] || [ $(($(date +%s) - start)) -lt "$1" ] || echo "${timeMark}" >&2
exit $code`;
const maxBytes = 64 * 1024;
const graceMs = 10_000;

function stoppedBy(error: unknown): ShellResult {
  const code = codeOf(error);
  if (code === "timeout") return { stopped: "time" };
  if (code === "answer-too-large") return { stopped: "output" };
  throw error;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
