import { stacksWords as words } from "../../words/stacks.ts";
import { amount } from "../kept-words.ts";
import { sayTime } from "../small-machine/figure-words.ts";
import type { StacksView } from "./stacks-desk.ts";

export interface Comparison {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly [name: string, ...values: string[]])[];
}

/** The newest container that runs, beside the two virtual machines. */
export function compareStacks({ containers, machine, small, start }: StacksView): Comparison {
  const container = containers.find(({ state }) => state === "running");
  const none = words.noneRuns;
  const size = (bytes: number | undefined) => (bytes === undefined ? words.unknown : amount(bytes));
  const time = (ms: number | undefined) => (ms === undefined ? words.unknown : sayTime(ms));
  const isSmallKnown = small.kernel !== undefined;
  return {
    heads: [container === undefined ? words.aContainer : words.container(container.name), words.small, words.sandbox],
    rows: [
      [
        words.whatStarts,
        container === undefined ? none : words.aProcess(container.command),
        isSmallKnown ? words.wholeSystem : none,
        words.wholeSystemWithEngine,
      ],
      [
        words.itsKernel,
        machine.kernel === undefined ? words.unknown : words.sharedKernel(machine.kernel),
        small.kernel === undefined ? none : words.own(small.kernel),
        machine.kernel === undefined ? words.unknown : words.own(machine.kernel),
      ],
      [
        words.memory,
        container === undefined ? none : words.held(size(container.memory)),
        isSmallKnown ? words.givenSize(size(small.memory)) : none,
        words.givenSize(size(machine.memory)),
      ],
      [
        words.startTime,
        container === undefined ? none : words.createdToStarted(time(container.startMs)),
        isSmallKnown ? time(small.startMs) : none,
        time(start.ready),
      ],
      [
        words.disk,
        container === undefined ? none : words.imageAndOwn(size(container.imageBytes), size(container.writtenBytes)),
        isSmallKnown ? size(small.diskBytes) : none,
        words.loadedSoFar(size(start.loadedBytes)),
      ],
    ],
  };
}
