import { stacksWords as words } from "../../words/stacks.ts";
import { amount } from "../kept-words.ts";
import { sayTime } from "../small-machine/figure-words.ts";
import type { ContainerView, SmallView, StacksView } from "./stacks-desk.ts";

/** A layer of a stack. */
export interface Block {
  readonly id: string;
  readonly kind: "computer" | "tab" | "machine" | "engine" | "container" | "emulator" | "vm";
  readonly title: string;
  readonly note?: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** Of the memory of what it stands on, between 0 and 1, where both are known. */
  readonly share?: number;
  /** It is there, or could be, and does not run. */
  readonly isOff?: true;
}

/** From the top down: several stand side by side on what is below them. */
export interface Stack {
  readonly title: string;
  readonly top: readonly Block[];
  /** Of what would stand there too. */
  readonly more: string | undefined;
  readonly layers: readonly Block[];
}

/** What is built up on what, with its figures. */
export function stacksOf(view: StacksView): readonly [containers: Stack, machines: Stack] {
  const { computer, containers } = view;
  const running = containers.filter(({ state }) => state === "running" || state === "paused");
  const ordered = [...running, ...containers.filter((container) => !running.includes(container))];
  const ground = (tabNote: string): readonly Block[] => [
    {
      id: "tab",
      kind: "tab",
      title: words.tab,
      note: tabNote,
      facts: [[words.browser, computer.browser ?? words.unknown]],
    },
    {
      id: "computer",
      kind: "computer",
      title: words.computer,
      facts: [
        [words.cores, computer.cores === undefined ? words.unknown : String(computer.cores)],
        [
          words.memory,
          computer.memoryGigabytes === undefined ? words.notTold : words.gigabytes(computer.memoryGigabytes),
        ],
      ],
    },
  ];
  const rest = ordered.slice(mostShown);
  return [
    {
      title: words.containers,
      top: ordered.slice(0, mostShown).map((container) => containerBlock(container, view)),
      more:
        rest.length > 0
          ? words.more(rest.length, sumOfMemory(rest))
          : containers.length === 0
            ? words.noContainer
            : undefined,
      layers: [engineBlock(view), machineBlock(view, running.length), ...ground(words.tabNote)],
    },
    {
      title: words.machines,
      top: [sandboxBlock(view), smallBlock(view.small)],
      more: undefined,
      layers: [
        { id: "emulator", kind: "emulator", title: words.emulator, note: words.emulatorNote, facts: [] },
        ...ground(words.tabNoteBelow),
      ],
    },
  ];
}

/** Of containers. */
const mostShown = 8;

function containerBlock(container: ContainerView, { machine }: StacksView): Block {
  const { id, name, state, image, imageBytes, writtenBytes, memory, processes, seconds } = container;
  const isRunning = state === "running" || state === "paused";
  return {
    id,
    kind: "container",
    title: name,
    note: isRunning ? words.running(state, seconds === undefined ? undefined : words.duration(seconds)) : state,
    facts: [
      [words.image, imageBytes === undefined ? image : `${image}, ${amount(imageBytes)}`],
      ...(isRunning
        ? ([
            [words.memory, sizeOr(memory)],
            [words.processes, processes === undefined ? words.unknown : String(processes)],
          ] as const)
        : []),
      [words.written, sizeOr(writtenBytes)],
    ],
    ...shareOf(memory, machine.memory),
    ...(!isRunning && { isOff: true }),
  };
}

function engineBlock({ engineVersion, machine }: StacksView): Block {
  return {
    id: "engine",
    kind: "engine",
    title: words.engine(engineVersion),
    note: words.engineNote,
    facts: [
      [words.memory, sizeOr(machine.engineMemory)],
      [words.processes, machine.engineProcesses === undefined ? words.unknown : String(machine.engineProcesses)],
    ],
    ...shareOf(machine.engineMemory, machine.memory),
  };
}

function machineBlock({ machine }: StacksView, containers: number): Block {
  const { kernel, memory, usedMemory, processors, uptimeSeconds } = machine;
  return {
    id: "machine",
    kind: "machine",
    title: words.kernel(kernel ?? words.unknown),
    note: words.shared(containers),
    facts: [
      [
        words.memory,
        memory === undefined || usedMemory === undefined
          ? words.unknown
          : words.usedOf(amount(usedMemory), amount(memory)),
      ],
      [words.processors, processors === undefined ? words.unknown : String(processors)],
      [words.up, uptimeSeconds === undefined ? words.unknown : words.duration(uptimeSeconds)],
    ],
    ...shareOf(usedMemory, memory),
  };
}

/** The machine that the left stack stands in, as what it is: a virtual one. */
function sandboxBlock({ machine, start }: StacksView): Block {
  return {
    id: "sandbox",
    kind: "vm",
    title: words.sandbox,
    note: words.sandboxNote,
    facts: [
      [words.ownKernel, machine.kernel ?? words.unknown],
      [words.processor, machine.processor ?? words.unknown],
      [words.given, sizeOr(machine.memory)],
      [words.loaded, sizeOr(start.loadedBytes)],
      [words.start, start.ready === undefined ? words.unknown : words.startParts(sayTime(start.ready), partsOf(start))],
    ],
    ...shareOf(machine.usedMemory, machine.memory),
  };
}

function partsOf({ downloaded, restored, ready }: StacksView["start"]): string {
  return [
    downloaded !== undefined && words.fetching(sayTime(downloaded)),
    restored !== undefined && downloaded !== undefined && words.restoring(sayTime(restored - downloaded)),
    ready !== undefined && restored !== undefined && words.waking(sayTime(ready - restored)),
  ]
    .filter((part) => part !== false)
    .join(", ");
}

function smallBlock({ phase, kernel, memory, diskBytes, loadedBytes, startMs }: SmallView): Block {
  const isKnown = kernel !== undefined;
  return {
    id: "small",
    kind: "vm",
    title: words.small,
    note: words.smallNote[phase],
    ...(phase !== "running" && { isOff: true }),
    facts: isKnown
      ? [
          [words.ownKernel, kernel],
          [words.given, sizeOr(memory)],
          [words.disk, sizeOr(diskBytes)],
          [words.loaded, sizeOr(loadedBytes)],
          [words.start, startMs === undefined ? words.unknown : sayTime(startMs)],
        ]
      : [],
  };
}

function sizeOr(bytes: number | undefined): string {
  return bytes === undefined ? words.unknown : amount(bytes);
}

function sumOfMemory(containers: readonly ContainerView[]): string | undefined {
  const sum = containers.reduce((total, { memory }) => total + (memory ?? 0), 0);
  return sum === 0 ? undefined : amount(sum);
}

function shareOf(part: number | undefined, whole: number | undefined): { share?: number } {
  return part === undefined || whole === undefined || whole === 0 ? {} : { share: Math.min(1, part / whole) };
}
