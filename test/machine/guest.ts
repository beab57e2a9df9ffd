import type { Machine, RunOptions } from "../../src/machine/contract.ts";

/** Standard output of a shell command in the workspace; throws on a non-zero exit. */
export async function runShell(machine: Machine, command: string, options?: RunOptions): Promise<string> {
  const { exitCode, stdout, stderr } = await machine.run(["/bin/sh", "-c", command], options);
  if (exitCode !== 0) throw new Error(`${command} ended with ${String(exitCode)}: ${stderr}`);
  return stdout;
}

export interface ConsoleText {
  type(text: string): void;
  /** What came since the start or the last `clear`. */
  read(): string;
  clear(): void;
  /** Resolves when the output contains `text`. */
  shows(text: string, deadlineMs?: number): Promise<void>;
}

export function consoleText(machine: Machine, index: number): ConsoleText {
  const console = machine.consoles[index];
  if (!console) throw new RangeError(`there is no console ${String(index)}`);
  const decoder = new TextDecoder();
  let output = "";
  const waiting = new Set<() => void>();
  console.onOutput((bytes) => {
    output = (output + decoder.decode(bytes, { stream: true })).slice(-LONGEST);
    for (const look of waiting) look();
  });
  return {
    type: (text) => {
      console.write(new TextEncoder().encode(text));
    },
    read: () => output,
    clear: () => {
      output = "";
    },
    shows: (text, deadlineMs = 10_000) =>
      new Promise((resolve, reject) => {
        const end = (settle: () => void) => {
          clearTimeout(timer);
          waiting.delete(look);
          settle();
        };
        const look = () => {
          if (output.includes(text)) end(resolve);
        };
        const timer = setTimeout(() => {
          end(() => {
            reject(
              new Error(
                `console ${String(index)} did not show ${JSON.stringify(text)} but ${JSON.stringify(output.slice(-300))}`,
              ),
            );
          });
        }, deadlineMs);
        waiting.add(look);
        look();
      }),
  };
}

const LONGEST = 1 << 20;

/** Asks until the answer is yes, for things that have no event. */
export async function until(what: string, condition: () => Promise<boolean>, deadlineMs = 90_000): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited ${String(deadlineMs)} ms in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
