import type { Clock } from "../checks/clock.ts";
import { MachineError } from "../machine/error.ts";
import { machineWords } from "../words/machine.ts";

/**
 * Asks something that needs the machine. Should there be no answer for a while, it rejects with code `unresponsive`, and aborts
 * `signal`.
 */
export async function patiently<T>(clock: Clock, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const silence = new AbortController();
  const { promise: silent, reject } = Promise.withResolvers<never>();
  using _timer = clock.after(patienceMs, () => {
    const error = new MachineError("unresponsive", machineWords.machineNotGiveFiles, {
      hint: machineWords.waitUntilAnswersAgain,
    });
    silence.abort(error);
    reject(error);
  });
  return await Promise.race([ask(silence.signal), silent]);
}

const patienceMs = 10_000;
