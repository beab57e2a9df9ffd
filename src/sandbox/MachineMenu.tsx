import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { phaseWords as words } from "../words/phases.ts";
import { LoadedPart } from "./LoadedPart.tsx";
import type { Workbench } from "./workbench.ts";

/** The machine's state in a word, and behind it what can be done with it. */
export function MachineMenu({ bench }: { bench: Workbench }) {
  const details = useRef<HTMLDetailsElement>(null);
  const state = bench.session.state.value;
  const phase = bench.isResetting.value ? "resetting" : state.phase;
  const isOpened = useSignal(false);

  useEffect(() => {
    const stop = new AbortController();
    const close = (event: Event) => {
      const menu = details.current;
      if (menu?.open !== true || (event.target instanceof Node && menu.contains(event.target))) return;
      menu.open = false;
    };
    document.addEventListener("pointerdown", close, { signal: stop.signal });
    document.addEventListener("focusin", close, { signal: stop.signal });
    return () => stop.abort();
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || details.current === null) return;
    details.current.open = false;
    details.current.querySelector("summary")?.focus();
  };

  return (
    <>
      <details class="machine-menu" ref={details} onKeyDown={onKeyDown} onToggle={() => (isOpened.value = true)}>
        <summary data-phase={phase} title={words[phase]}>
          <span class="machine-word">{words[phase]}</span>
        </summary>
        <LoadedPart bench={bench} isWanted={isOpened.value} load={loadBody} />
      </details>
      <LoadedPart bench={bench} isWanted={bench.askReset.value} load={loadReset} />
    </>
  );
}

const loadBody = async () => (await import("./MachineMenuBody.tsx")).MachineMenuBody;
const loadReset = async () => (await import("./ResetMachineDialog.tsx")).ResetMachineDialog;
