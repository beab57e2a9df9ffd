import { afterAll, beforeAll, describe, test } from "vitest";
import type { Machine } from "../../src/machine/contract.ts";
import { onOneMachine, onTheirOwn, type StartMachine } from "./scenarios.ts";

/** What holds for every machine. `start` starts one of the kind; each of `own` needs machines of its own. */
export function describeMachine(name: string, start: StartMachine, own = onTheirOwn): void {
  describe(name, () => {
    describe("one machine", () => {
      let machine: Machine | undefined;
      beforeAll(async () => {
        machine = await start();
      }, START_MS);
      afterAll(async () => {
        await machine?.[Symbol.asyncDispose]();
      });
      for (const scenario of onOneMachine) {
        test(
          scenario.name,
          async () => {
            if (!machine) throw new Error("the machine did not start");
            await scenario.run(machine, start);
          },
          SCENARIO_MS,
        );
      }
    });
    for (const scenario of own) test(scenario.name, () => scenario.run(start), SCENARIO_MS);
  });
}

const START_MS = 180_000;
const SCENARIO_MS = 300_000;
