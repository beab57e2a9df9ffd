import { spawn } from "node:child_process";
import { ImageError, type Phase } from "./error.ts";

export interface CommandOptions {
  phase: Phase;
  signal: AbortSignal;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  stdin?: string;
  hint?: string;
}

/** Runs a program without a shell and returns its standard output; a non-zero exit is an `ImageError` with the end of stderr. */
export async function command(program: string, args: readonly string[], options: CommandOptions): Promise<string> {
  const { phase, signal, cwd, env, stdin } = options;
  const child = spawn(program, args, { cwd, env, signal, stdio: ["pipe", "pipe", "pipe"] });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  child.stdin.on("error", () => undefined); // a program may end before it has read its input; its exit code tells
  child.stdin.end(stdin);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  }).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw new ImageError(phase, `${program} could not be started.`, {
      hint: options.hint ?? `Install ${program}.`,
      cause,
    });
  });
  if (code === 0) return Buffer.concat(stdout).toString();
  const tail = Buffer.concat(stderr).toString().trim().split("\n").slice(-4).join("\n");
  throw new ImageError(phase, `${program} ended with ${String(code)}: ${tail}`, {
    hint: options.hint ?? "The lines above are the program's own words.",
  });
}
