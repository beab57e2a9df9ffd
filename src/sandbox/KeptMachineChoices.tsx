import type { Machine } from "../machine/contract.ts";
import { describeKept } from "./machine-keeper.ts";
import type { Workbench } from "./workbench.ts";
import { keptMachineWords } from "../words/kept-machine.ts";

/** In the machine's menu: keep it for a later visit, and forget what is kept. */
export function KeptMachineChoices({ bench, machine, cannotAct, choose }: KeptMachineChoicesProps) {
  const { keeper } = bench;
  const last = keeper.last.value;
  const isKeeping = keeper.isKeeping.value;
  const canKeep = machine?.capabilities.save === true && !cannotAct && !isKeeping;
  return (
    <>
      <button
        type="button"
        disabled={!canKeep}
        onClick={choose(() => machine !== undefined && void keeper.keepNow(machine))}
      >
        {isKeeping ? keptMachineWords.keepingMachine : keptMachineWords.keepMachine}
      </button>
      {last !== undefined && (
        <>
          <p>{describeKept(last, new Date())}</p>
          <button type="button" disabled={isKeeping} onClick={choose(() => void keeper.forget())}>
            {keptMachineWords.forgetKeptMachine}
          </button>
        </>
      )}
    </>
  );
}

interface KeptMachineChoicesProps {
  bench: Workbench;
  machine: Machine | undefined;
  /** Nothing can be done with the machine just now. */
  cannotAct: boolean;
  /** Closes the menu, then acts. */
  choose: (act: () => void) => () => void;
}
