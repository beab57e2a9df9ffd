// Over 250 lines because it is the one place that joins the parts of the sandbox to each other.
import { computed, effect, signal, untracked, type ReadonlySignal } from "@preact/signals";
import { systemClock } from "../checks/clock.ts";
import type { TypedCommand } from "../checks/world.ts";
import type { Lesson } from "../lessons/model.ts";
import type { Machine } from "../machine/contract.ts";
import { createBootGuard } from "./boot-guard.ts";
import { readBrowser } from "./capability.ts";
import { CommandQueue, type PageWork } from "./command-queue.ts";
import { pageKeptWork } from "./kept-work.ts";
import { createLessonDesk } from "./create-lesson-desk.ts";
import type { LessonDesk } from "./lesson-desk.ts";
import type { StepView } from "./lesson-run.ts";
import { LoadedOnce } from "./loaded-once.ts";
import { MachineKeeper } from "./machine-keeper.ts";
import { MachineActs, type ActOutcome } from "./machine-acts.ts";
import { NoticeBoard } from "./notice-board.ts";
import { offeringAgain } from "./offering-again.ts";
import { recall, remember } from "./remembered-choice.ts";
import { Session, type SessionState } from "./session.ts";
import type { ContainerMeter } from "./small-machine/container-meter.ts";
import { SmallDesk } from "./small-machine/small-desk.ts";
import { pageSingleTab } from "./single-tab.ts";
import { StartTimes } from "./start-times.ts";
import type { PanelLink } from "./panel-link.ts";
import { isTerminal, terminalOf, type PanelName } from "./panels.ts";
import { TerminalBelow } from "./terminal-below.ts";
import type { TransferRequest } from "./transfer/transfer-request.ts";
import type { TerminalPane, TerminalPaneOptions } from "./terminal.ts";
import { workbenchWords } from "../words/workbench.ts";

export type TerminalNumber = 0 | 1 | 2;

export interface WorkbenchAddresses {
  readonly manifestUrl: string;
  readonly catalogueUrl: string;
  /** The page that lists what the catalogue has. */
  readonly imagesPage: string;
}

/**
 * What the sandbox is made of, behind its view: the machine's session, the lesson's run, the terminals, and the commands
 * on their way into them. One for the life of the page, whichever lesson is shown.
 */
export class Workbench {
  readonly session: Session;
  readonly keeper: MachineKeeper;
  readonly queue = new CommandQueue();
  readonly board = new NoticeBoard();
  readonly desk: LessonDesk;
  /** What is asked before something is forgotten: a step's id, or the whole lesson. */
  readonly resetting = signal<{ readonly step: string } | "lesson" | undefined>(undefined);
  /** Whether the machine's reset is asked about. */
  readonly askReset = signal(false);
  /** What of files or text is on its way to or from the machine, from the request on. */
  readonly transfer = signal<TransferRequest | undefined>(undefined);
  readonly panel = signal<PanelName>("terminal-0");
  /** The terminal that was shown last. */
  readonly terminal = signal<TerminalNumber>(0);
  readonly split = new TerminalBelow();
  /** The terminal that is shown below another panel. */
  readonly below = computed(() =>
    this.split.isOn.value && !isTerminal(this.panel.value) ? this.terminal.value : undefined,
  );
  /** What a link asked a panel to show, the last time; a new object each time. */
  readonly asked = signal<PanelLink | undefined>(undefined);
  readonly panes = signal<readonly TerminalPane[]>([]);
  /** The shown terminal is to have the keyboard as soon as it is on the page. */
  readonly wantsFocus = signal(false);
  /** The same for the terminal below another panel. */
  readonly wantsFocusBelow = signal(false);
  readonly isSearching = signal(false);
  readonly isForScreenReader = signal(recall(screenReaderKey) === "1");
  readonly engineAnswers = signal(true);
  /** Counts what happened to the engine's images and containers. */
  readonly engineChanges = signal(0);
  /** Counts what happened to its networks and volumes. */
  readonly surroundingChanges = signal(0);
  /** What the start of the machine took, as far as it has come. */
  readonly startTimes: StartTimes;
  readonly isDiskShort = signal(false);
  /** Whether there is a machine with the terminals, the checks and the lesson's files joined to it. */
  readonly isJoined = signal(false);
  /** What a shell told last: a command was entered in one of the terminals, or ended there. */
  readonly lastCommand = signal<TypedCommand | undefined>(undefined);
  readonly acts = new MachineActs({
    machine: () => this.session.machine,
    say: (words) => (this.notice.value = words),
  });
  /** From the request until the machine is as it was: what is typed or clicked meanwhile would be lost. */
  readonly isResetting = computed(() => this.acts.isResetting.value || this.session.state.value.phase === "resetting");
  /** The files that were last open in the editor, and the one that was shown. */
  readonly openFiles = signal<{ readonly paths: readonly string[]; readonly shown: string | undefined }>(noFiles);
  /** Writes what is unsaved in the editor, while there is one. */
  saveFiles: (() => Promise<void>) | undefined;
  /** Also closes the files that are open. */
  closeFile: (() => Promise<void>) | undefined;
  /** The small machine of the lesson, where it has one. */
  readonly small: SmallDesk;
  /** Address of what was recorded of the lesson that is open. */
  readonly recording = signal<string | undefined>(undefined);
  /** Somebody chose to watch it, where no machine is to be had. */
  readonly wantsRecording = signal(false);
  readonly isWatching = computed(
    () => this.wantsRecording.value && this.recording.value !== undefined && standsStill(this.session.state.value),
  );
  /** Something the person should know, until they close it. */
  readonly notice = signal<string | undefined>(undefined);
  readonly #terminals = new LoadedOnce(() => this.#loadTerminals());
  #smallPlace: { readonly element: HTMLElement; filled?: Disposable & { readonly meter: ContainerMeter } } | undefined;
  #machine: Machine | undefined;
  #connected: Disposable[] = [];

  readonly #addresses: WorkbenchAddresses;

  constructor(addresses: WorkbenchAddresses) {
    this.#addresses = addresses;
    const { manifestUrl, catalogueUrl } = addresses;
    const browser = readBrowser();
    this.desk = createLessonDesk(this);
    this.keeper = new MachineKeeper({
      kept: pageKeptWork(),
      place: computed(() => ({
        id: this.lesson.value?.id ?? "playground",
        title: this.lesson.value?.title ?? workbenchWords.playground,
        done: this.steps.value.flatMap(({ id, state }) => (state === "done" ? [id] : [])),
      })),
      browser,
      page: document,
      now: () => new Date(),
      say: (words) => (this.notice.value = words),
    });
    this.session = new Session({
      browser,
      guard: createBootGuard(() => sessionStorage, window),
      tab: pageSingleTab(),
      beforeEnd: async () => {
        await Promise.all([this.desk.flush(), this.keeper.leave()]);
      },
      start: (options) =>
        this.keeper.start(options, async (settings) => {
          const { startMachine } = await import("../machine/index.ts");
          return startMachine({ manifestUrl, catalogueUrl, fetchAhead: !browser.savesData, ...settings });
        }),
    });
    this.startTimes = new StartTimes(this.session.state, () => performance.now());
    this.small = new SmallDesk({
      now: () => performance.now(),
      start: async (settings) => {
        const { startSmallMachine } = await import("../machine/index.ts");
        return startSmallMachine({ manifestUrl, ...settings });
      },
    });
    effect(() => this.#follow());
    effect(() => {
      const panel = this.panel.value;
      if (isTerminal(panel)) this.terminal.value = terminalOf(panel);
    });
    // As far as a page that goes is still let do anything.
    const flush = () => document.visibilityState === "hidden" && void this.desk.flush();
    document.addEventListener("visibilitychange", flush);
    addEventListener("pagehide", () => void this.desk.flush());
    effect(() => {
      const isForScreenReader = this.isForScreenReader.value;
      for (const pane of this.panes.value) pane.setForScreenReader(isForScreenReader);
    });
  }

  get lesson(): ReadonlySignal<Lesson | null> {
    return this.desk.lesson;
  }

  get steps(): ReadonlySignal<readonly StepView[]> {
    return this.desk.steps;
  }

  /** Types a command or writes a file, now or as soon as there is a machine, and starts one if need be. */
  run(work: PageWork): void {
    if ("command" in work) this.showTerminal(Math.min(work.terminal, 2) as TerminalNumber);
    this.queue.run(work);
    const { phase } = this.session.state.peek();
    if (phase === "idle" || phase === "waiting" || phase === "failed") void this.session.start();
  }

  /** Gives the small machine its place in the text, or takes it away with its machine. */
  placeSmall(element: HTMLElement | undefined): void {
    if (this.#smallPlace?.element === element) return;
    this.#smallPlace?.filled?.[Symbol.dispose]();
    const place = (this.#smallPlace = element && { element });
    if (place === undefined) return;
    const words = workbenchWords.smallMachineCouldNot;
    void offeringAgain(this.board, "small", words, async () => {
      const { fillSmallPlace } = await import("./small-machine/small-place.ts");
      if (this.#smallPlace !== place) return;
      this.#smallPlace.filled = fillSmallPlace(place.element, {
        desk: this.small,
        machine: () => this.session.machine,
        isForScreenReader: () => this.isForScreenReader.peek(),
      });
    });
  }

  /** Types a command into the small machine, starting it if need be. */
  runSmall(command: string): void {
    this.#smallPlace?.element.scrollIntoView({ block: "nearest" });
    this.small.run(command);
  }

  /** Shows a panel, with the keyboard in it. */
  show(panel: PanelName): void {
    this.panel.value = panel;
    this.wantsFocus.value = true;
  }

  /** Shows a terminal, with the keyboard in it: below the panel that is shown, where the reader has one there. */
  showTerminal(number = this.terminal.peek()): void {
    if (this.below.peek() === undefined) this.show(`terminal-${number}`);
    else {
      this.terminal.value = number;
      this.wantsFocusBelow.value = true;
    }
  }

  /** Goes where a link leads: to a panel, and to what it is to show there. */
  follow(link: PanelLink): void {
    this.asked.value = { ...link };
    this.show(link.panel);
  }

  chooseForScreenReader(isForScreenReader: boolean): void {
    this.isForScreenReader.value = isForScreenReader;
    remember(screenReaderKey, isForScreenReader ? "1" : "0");
  }

  restartShell(console: number): Promise<ActOutcome> {
    return this.acts.do("new-shell", async (machine, signal) => {
      this.panes.peek()[console]?.reset();
      await machine.restartShell(console, { signal });
    });
  }

  restartEngine(): Promise<ActOutcome> {
    return this.acts.do("restart-engine", (machine, signal) => machine.restartEngine({ signal }));
  }

  /** `whenReset` is awaited before anything goes on. Without it, `clear` forgets the files of the lesson that is open. */
  async resetMachine(workspace: "keep" | "clear", whenReset?: () => Promise<void>): Promise<ActOutcome> {
    using _held = this.queue.hold();
    const outcome = await this.acts.do("reset", async (machine) => {
      const place = this.lesson.peek()?.id ?? "playground";
      const reset = () => machine.reset({ workspace });
      await this.desk.aroundReset(workspace, reset, async () => {
        this.engineAnswers.value = true;
        this.isDiskShort.value = false;
        await this.keeper.noteReset(place);
        if (whenReset !== undefined) await whenReset();
        else if (workspace === "clear") await this.desk.forgetFiles(place);
      });
    });
    // A terminal that takes no typing has lost the focus.
    const isLost = document.activeElement === document.body && isTerminal(this.panel.peek());
    if (isLost && outcome !== "none") this.wantsFocus.value = true;
    return outcome;
  }

  /** Ends the machine that runs, and goes on with the one that is kept for the lesson that is open. */
  async goOnWithKept(): Promise<void> {
    if (this.keeper.other.peek() !== undefined) await this.session.restart();
  }

  /** Keeps everything that hangs on the machine joined to the one there is. */
  #follow(): void {
    const state = this.session.state.value;
    const machine = "machine" in state ? state.machine : undefined;
    untracked(() => {
      // What cannot be loaded is said when the machine is there.
      if (state.phase === "booting" && state.status === undefined) this.#terminals.get().catch(() => undefined);
      // What is asked for now is for the next machine.
      if (state.phase === "ending") this.queue.connect(undefined);
      if (state.phase === "resetting") for (const pane of this.panes.value) pane.reset();
      if (machine !== this.#machine) this.#exchange(machine);
      if (state.phase === "waiting" && state.reason === "deleted") void this.desk.forgetUnkept();
    });
  }

  #exchange(machine: Machine | undefined): void {
    this.#disconnect();
    this.#machine = machine;
    if (machine === undefined) return;
    const words = workbenchWords.partPageCouldNot;
    void offeringAgain(this.board, "parts", words, () => this.#connect(machine));
  }

  async #connect(machine: Machine): Promise<void> {
    const [panes, parts] = await Promise.all([this.#terminals.get(), import("./machine-parts.ts")]);
    if (this.#machine !== machine) return;
    const disk = new parts.DiskSpace(machine, systemClock);
    const decoder = new TextDecoder();
    // Terminals first: what a console said at its start goes to whoever listens first.
    const shown = machine.consoles.flatMap((console, n) => panes[n]?.connect(console) ?? []);
    const { runner, typist } = parts.createMachineChecks(machine, {
      keyboard: {
        run: (terminal, command) => panes[terminal]?.run(command),
        interrupt: (terminal) => panes[terminal]?.interrupt(),
      },
      small: this.small.console,
      onCommand: (command) => {
        if (command.exitCode === undefined && command.terminal !== "vm") this.desk.noteUse();
        this.#smallPlace?.filled?.meter.noteCommand(command);
        this.lastCommand.value = command;
      },
      onOutcomes: (outcomes) => this.desk.take(outcomes),
      onAnswering: (answers) => (this.engineAnswers.value = answers),
      onEvent: (event) => {
        const { Type, Action } = event;
        this.#smallPlace?.filled?.meter.noteEvent(event);
        if (Type === "image" || (Type === "container" && Action === "die")) disk.look();
        if (Type === "image" || (Type === "container" && !Action?.startsWith("exec_"))) this.engineChanges.value++;
        if (Type === "network" || Type === "volume") this.surroundingChanges.value++;
      },
    });
    this.#connected = [
      ...shown,
      runner,
      typist,
      disk,
      parts.warmUp(machine),
      this.keeper.follow(machine),
      machine.onOutOfReach((wanted) => this.#tell(parts.explainOutOfReach(wanted))),
      { [Symbol.dispose]: effect(() => void (this.isDiskShort.value = disk.isShort.value)) },
      ...machine.consoles.map((console) => console.onOutput((bytes) => disk.readOutput(decoder.decode(bytes)))),
    ];
    await this.desk.connect({ machine, runner, typist }, this.keeper.goesOn.peek()?.lesson);
    if (this.#machine !== machine) return;
    this.queue.connect((work) => void ("command" in work ? typist.type(work) : this.desk.write(work)));
    this.isJoined.value = true;
    // In a frame, the keyboard may be in the page around, and would come with the reader's place in it.
    const isHere = window.parent === window || document.hasFocus();
    if (isHere && document.activeElement === document.body) this.wantsFocus.value = true;
  }

  #tell({ words, isImage }: { readonly words: string; readonly isImage: boolean }): void {
    const images = { label: workbenchWords.allImagesCatalogue, address: this.#addresses.imagesPage };
    // Back to where the person was: the button that they closed it with is gone.
    const choices = { Close: () => this.show(this.panel.peek()) };
    this.board.show("out-of-reach", words, choices, isImage ? images : undefined);
  }

  #disconnect(): void {
    this.board.close("parts", "out-of-reach");
    this.isJoined.value = false;
    this.queue.connect(undefined);
    void this.desk.connect(undefined);
    for (const each of this.#connected.splice(0)) each[Symbol.dispose]();
    for (const pane of this.panes.peek()) pane.reset();
    this.engineAnswers.value = true;
    this.isDiskShort.value = false;
  }

  async #loadTerminals(): Promise<readonly TerminalPane[]> {
    const { TerminalPane } = await import("./terminal.ts");
    const options: Omit<TerminalPaneOptions, "label"> = {
      isForScreenReader: this.isForScreenReader.peek(),
      onLeave: () => document.querySelector<HTMLElement>("#sandbox [role=tab][aria-selected=true]")?.focus(),
      onSearch: () => (this.isSearching.value = true),
      onInsideLink: (address) => {
        this.notice.value = workbenchWords.addressInsideMachineFetch(address, address);
      },
    };
    const panes = [1, 2, 3].map((n) => new TerminalPane({ ...options, label: workbenchWords.terminal(n) }));
    this.panes.value = panes;
    return panes;
  }
}

/** Whether there is no machine, and there may never be one on this device. */
export function standsStill(state: SessionState): boolean {
  if (state.phase === "waiting") return ["killed", "little-memory", "phone"].includes(state.reason);
  return state.phase === "unsupported" || state.phase === "failed";
}

const noFiles = { paths: [], shown: undefined };
const screenReaderKey = "drydock:screen-reader";
