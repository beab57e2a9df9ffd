import { effect, type ReadonlySignal } from "@preact/signals";
import { embedWords } from "../words/embed.ts";
import { mayFrame, mayRun, type EmbedHosts } from "./hosts.ts";
import {
  anyEmbedMessage,
  embedVersion,
  formatNews,
  toEmbed,
  type EmbedNews,
  type FromEmbed,
  type MachinePhase,
  type Refusal,
  type ToEmbed,
} from "./messages.ts";
import { RateLimit } from "./rate-limit.ts";
import { RunsUnderWay, type EndedCommand } from "./runs-under-way.ts";

export interface EmbedStep {
  readonly id: string;
  readonly title: string;
  readonly state: "open" | "current" | "done" | "skipped";
}

/** What the frame shows: a lesson, or the playground, which has no id. */
export interface EmbedLesson {
  readonly id: string | null;
  readonly title: string;
  readonly steps: readonly { readonly id: string; readonly title: string }[];
}

/** The workbench, as far as a host has to do with it. */
export interface EmbedSeat {
  readonly lesson: ReadonlySignal<EmbedLesson>;
  readonly steps: ReadonlySignal<readonly EmbedStep[]>;
  readonly phase: ReadonlySignal<MachinePhase>;
  /** Why there is no machine, in a sentence; undefined while nothing failed. */
  readonly failure: ReadonlySignal<string | undefined>;
  /** Types a command and enters it; the terminals are counted from 1. */
  run(command: string, terminal: number): void;
  openStep(id: string): void;
  /** Told of each command in a terminal when it has ended, whoever typed it. */
  onEnd(listener: (command: EndedCommand) => void): Disposable;
}

export interface EmbedDeskOptions {
  hosts: EmbedHosts;
  /** The site's own origin. */
  own: string;
  /** What the page shows, until there is a seat. */
  lesson: EmbedLesson;
  /** Sends a message to the page around, if it is of that origin. */
  post: (message: FromEmbed, origin: string) => void;
  /** In ms. */
  now: () => number;
}

/**
 * Speaks with the page around an embedded one: only when that has said `hello`, to its origin only, and of nothing but the steps, the machine's phase, and the
 * commands that it ran itself.
 */
export class EmbedDesk implements Disposable {
  readonly #options: EmbedDeskOptions;
  readonly #limit: RateLimit;
  readonly #complaints: RateLimit;
  readonly #runs = new RunsUnderWay();
  readonly #told = new Map<string, string>();
  #lesson: EmbedLesson;
  #host: string | undefined;
  #isOver = false;
  #seat: EmbedSeat | undefined;
  #seated: Disposable[] = [];

  constructor(options: EmbedDeskOptions) {
    this.#options = options;
    this.#lesson = options.lesson;
    this.#limit = new RateLimit(mostMessages, 1000, options.now);
    this.#complaints = new RateLimit(1, 1000, options.now);
  }

  /** A message of the page around, which is of `origin`. One of an origin that is not allowed is not answered. */
  take(data: unknown, origin: string): void {
    const { hosts, own } = this.#options;
    const heard = anyEmbedMessage.safeParse(data);
    if (this.#isOver || origin === "null" || !mayFrame(hosts, origin, own) || !heard.success) return;
    const { version, kind } = heard.data;
    const refuse = (why: Refusal, details?: string) => this.#refuse(origin, kind, why, details);
    if (!this.#limit.take()) {
      if (this.#complaints.take()) refuse("too-many");
      return;
    }
    if (version !== embedVersion) {
      refuse("version");
      return;
    }
    const message = toEmbed.safeParse(data);
    if (!message.success) {
      refuse("malformed", namesOf(message.error));
      return;
    }
    if (message.data.kind === "hello") this.#greet(origin);
    else if (origin === this.#host) this.#carryOut(message.data, refuse);
    else refuse("malformed", "hello");
  }

  /** The workbench has come. */
  sit(seat: EmbedSeat): void {
    this.#leave();
    this.#seat = seat;
    this.#seated = [
      { [Symbol.dispose]: effect(() => this.#tellLesson(seat.lesson.value, seat.steps.value)) },
      { [Symbol.dispose]: effect(() => this.#tellPhase(seat.phase.value)) },
      { [Symbol.dispose]: effect(() => this.#tellFailure(seat.failure.value)) },
      seat.onEnd((command) => {
        for (const ran of this.#runs.end(command)) this.#tell({ kind: "ran", ...ran });
      }),
    ];
  }

  /** The page shows another lesson, and there is no seat yet. */
  show(lesson: EmbedLesson): void {
    if (this.#seat === undefined) this.#tellLesson(lesson, []);
  }

  /** Something of the page itself has failed. */
  fail(message: string): void {
    this.#tell({ kind: "error", message: cut(message) });
  }

  [Symbol.dispose](): void {
    this.#leave();
    this.#host = undefined;
    this.#isOver = true;
  }

  #greet(origin: string): void {
    this.#host = origin;
    this.#told.clear();
    this.#announce();
    const seat = this.#seat;
    this.#tell({ kind: "machine", phase: seat?.phase.peek() ?? "idle" });
    if (seat === undefined) return;
    this.#tellSteps(seat.steps.peek());
    this.#tellFailure(seat.failure.peek());
  }

  #carryOut(message: Exclude<ToEmbed, { kind: "hello" }>, refuse: (why: Refusal) => void): void {
    const { hosts, own } = this.#options;
    const seat = this.#seat;
    if (message.kind === "open") {
      if (seat?.steps.peek().some(({ id }) => id === message.step) !== true) refuse("no-such-step");
      else seat.openStep(message.step);
      return;
    }
    const { command, terminal } = message;
    if (!mayRun(hosts, this.#host ?? "", own)) refuse("not-allowed");
    // Whether a machine is loaded at all is the reader's to say, where it has to be asked.
    else if (seat?.phase.peek() !== "ready") refuse("no-machine");
    else {
      this.#runs.begin({ command, terminal });
      seat.run(command, terminal);
    }
  }

  #tellLesson(lesson: EmbedLesson, steps: readonly EmbedStep[]): void {
    const isOther = lesson.id !== this.#lesson.id;
    this.#lesson = lesson;
    if (isOther) {
      this.#told.clear();
      this.#announce();
    }
    this.#tellSteps(steps);
  }

  #announce(): void {
    const { id, title, steps } = this.#lesson;
    this.#tell({
      kind: "ready",
      lesson: id,
      title: cut(title),
      steps: steps.map((step) => ({ ...step, title: cut(step.title) })),
    });
  }

  #tellSteps(steps: readonly EmbedStep[]): void {
    const lesson = this.#lesson.id;
    if (lesson === null || this.#host === undefined) return;
    for (const { id, title, state } of steps) {
      if (this.#told.get(id) === state) continue;
      this.#told.set(id, state);
      this.#tell({ kind: "step", lesson, id, title: cut(title), state });
    }
  }

  #tellPhase(phase: MachinePhase): void {
    // One that is silent for a while may answer again.
    if (phase !== "ready" && phase !== "unresponsive")
      for (const run of this.#runs.dropAll()) this.#tell({ kind: "ran", ...run });
    this.#tell({ kind: "machine", phase });
  }

  #tellFailure(message: string | undefined): void {
    if (message !== undefined) this.fail(message);
  }

  #refuse(origin: string, of: string, why: Refusal, details = ""): void {
    this.#options.post(
      formatNews({ kind: "refused", of, why, message: cut(embedWords.refusals[why](details)) }),
      origin,
    );
  }

  #tell(news: EmbedNews): void {
    if (this.#host !== undefined) this.#options.post(formatNews(news), this.#host);
  }

  #leave(): void {
    for (const each of this.#seated.splice(0)) each[Symbol.dispose]();
    this.#seat = undefined;
  }
}

/** In a second. */
const mostMessages = 5;

function cut(text: string): string {
  return text.length <= 500 ? text : `${text.slice(0, 499)}…`;
}

function namesOf({ issues }: { readonly issues: readonly { readonly path: readonly PropertyKey[] }[] }): string {
  return [...new Set(issues.map(({ path }) => path.map(String).join(".")))].join(", ");
}
