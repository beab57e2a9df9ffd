import type { Engine } from "../engine/engine.ts";
import type { Machine } from "../machine/contract.ts";
import type { EngineQuestions } from "./world.ts";

/**
 * The engine's clock is that of its machine, where the shell tells it to the microsecond: the engine itself tells it to the second, or with so
 * much else that an emulated machine works at it for seconds. Rejects where the engine does not answer, as then nothing tells what happens.
 */
export function createEngineTime(
  machine: Pick<Machine, "run">,
  { system }: { readonly system: Pick<Engine["system"], "time"> },
): EngineQuestions["time"] {
  return async (options) => {
    const { stdout } = await machine.run(["bash", "-c", 'echo "$EPOCHREALTIME"'], options);
    // The decimal point is that of the machine's language.
    const [, seconds, micros] = /^(\d+)[.,](\d{6})$/.exec(stdout.trim()) ?? [];
    if (seconds === undefined || micros === undefined) throw new Error("The machine did not tell its time.");
    const time = BigInt(seconds + micros) * 1000n;
    const rounded = await system.time(options);
    // An engine elsewhere has a clock of its own.
    return rounded > time - 1_000_000_000n && rounded < time + longestAnswer ? time : rounded;
  };
}

/** Nanoseconds that the engine may take to tell its time. */
const longestAnswer = 30_000_000_000n;
