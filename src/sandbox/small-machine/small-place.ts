import { h, render } from "preact";
import { systemClock } from "../../checks/clock.ts";
import { createEngine } from "../../engine/create-engine.ts";
import type { Machine } from "../../machine/contract.ts";
import { TerminalPane } from "../terminal.ts";
import { ContainerMeter } from "./container-meter.ts";
import type { SmallDesk } from "./small-desk.ts";
import { SmallMachineView } from "./SmallMachineView.tsx";
import { smallMachineWords } from "../../words/small-machine.ts";

export interface SmallPlaceOptions {
  desk: SmallDesk;
  /** The sandbox's own machine, while there is one. */
  machine: () => Machine | undefined;
  isForScreenReader: () => boolean;
}

/** Puts the small machine into its place in a lesson's text, until disposed, and measures what containers take meanwhile. */
export function fillSmallPlace(
  place: HTMLElement,
  { desk, machine, isForScreenReader }: SmallPlaceOptions,
): Disposable & { readonly meter: ContainerMeter } {
  const meter = new ContainerMeter({
    clock: systemClock,
    async imageBytes(image) {
      const there = machine();
      return there && (await createEngine(there).images.inspect(image)).Size;
    },
    async memoryBytes(container) {
      const file = `/sys/fs/cgroup/docker/${container}/memory.current`;
      const result = await machine()?.run(["cat", file], { folder: "/", timeoutMs: 5000 });
      return result?.exitCode === 0 ? Number(result.stdout) : undefined;
    },
  });
  const createPane = () =>
    new TerminalPane({
      label: smallMachineWords.terminalSmallMachine,
      isForScreenReader: isForScreenReader(),
      onLeave: () => place.querySelector("button")?.focus(),
      onSearch: () => undefined,
      onInsideLink: () => undefined,
    });
  render(h(SmallMachineView, { desk, figures: meter.figures, createPane }), place);
  return {
    meter,
    [Symbol.dispose]() {
      render(null, place);
      meter[Symbol.dispose]();
    },
  };
}
