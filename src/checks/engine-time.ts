import type { Engine } from "../engine/engine.ts";
import type { Cancellable, Machine } from "../machine/contract.ts";
import type { EngineQuestions } from "./world.ts";

/**
 * The engine's clock is that of its machine, where the shell tells it to the microsecond: the engine itself tells it to the second, or with so
 * much else that an emulated machine works at it for seconds. Rejects where the engine does not answer, as then nothing tells what happens.
 */
export function createEngineTime(
  machine: Pick<Machine, "run" | "capabilities">,
  { system }: { readonly system: Pick<Engine["system"], "time"> },
): EngineQuestions["time"] {
  return async (options) => {
    const rounded = await system.time(options);
    // Read last: the sooner it is known after that, the less of the past counts as present.
    const time = await exactTime(machine, options);
    if (time === undefined) return rounded;
    // An engine elsewhere has a clock of its own.
    return rounded <= time && rounded > time - longestAnswer ? time : rounded;
  };
}

/** `undefined` where the machine does not tell it. */
async function exactTime(
  machine: Pick<Machine, "run" | "capabilities">,
  options: Cancellable = {},
): Promise<bigint | undefined> {
  if (!machine.capabilities.run) return undefined;
  let said = "";
  try {
    said = (await machine.run(["bash", "-c", 'echo "$EPOCHREALTIME"'], options)).stdout;
  } catch {
    options.signal?.throwIfAborted();
  }
  // The decimal point is that of the machine's language.
  const [, seconds, micros] = /^(\d+)[.,](\d{6})$/.exec(said.trim()) ?? [];
  return seconds === undefined || micros === undefined ? undefined : BigInt(seconds + micros) * 1000n;
}

/** Nanoseconds that the engine and the machine may take to tell their times. */
const longestAnswer = 30_000_000_000n;
