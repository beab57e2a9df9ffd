import { startMachine, type Machine } from "../../../src/machine/index.ts";
import { onOneMachine, onTheirOwn, type StartMachine } from "../scenarios.ts";

declare global {
  interface Window {
    /** Rejects with what was wrong. */
    runScenario?: (name: string) => Promise<void>;
  }
}

const start: StartMachine = (options = {}) => startMachine({ manifestUrl: "/machine/manifest.json", ...options });
let shared: Promise<Machine> | undefined;

window.runScenario = async (name) => {
  const own = onTheirOwn.find((scenario) => scenario.name === name);
  if (own) {
    await (await shared)?.[Symbol.asyncDispose]();
    shared = undefined;
    await own.run(start);
    return;
  }
  const scenario = onOneMachine.find((candidate) => candidate.name === name);
  if (!scenario) throw new Error(`there is no scenario "${name}"`);
  shared ??= start();
  await scenario.run(await shared, start);
};
