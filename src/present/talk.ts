import { batch, computed, effect, signal, type ReadonlySignal } from "@preact/signals";
import { usualTypeSize, typeSizes } from "../components/page-view.ts";
import type { Lesson } from "../lessons/model.ts";
import type { StepView } from "../sandbox/lesson-run.ts";
import type { Demo } from "./demo.ts";
import { paces, type Pace } from "./human-pace.ts";
import type { Slide } from "./slides.ts";
import type { StepPoints } from "./step-points.ts";
import { stageThemes, views, type TalkOrder, type TalkState } from "./talk-messages.ts";
import type { TalkRecord, TalkStore } from "./talk-record.ts";

export interface TalkOptions {
  lesson: Pick<Lesson, "id" | "steps">;
  slides: readonly Slide[];
  demo: Demo;
  points: StepPoints;
  store: TalkStore;
  /** As the page's lesson shows them. */
  steps: ReadonlySignal<readonly StepView[]>;
  /** In words. */
  machine: ReadonlySignal<string>;
  /** Whether there is a machine that can be used. */
  isReady: ReadonlySignal<boolean>;
  /** The step is shown for the first time, or again. */
  openStep: (step: string) => void;
  /** Scrolls a slide that is longer than the screen; answers whether there was more to be seen. */
  scroll: (direction: 1 | -1) => boolean;
  /** Milliseconds since 1970. */
  now: () => number;
  createId: () => string;
  isDark: boolean;
}

/** A lesson being presented: which slide, how it looks, what is typed, and since when. The stage has it; other windows order. */
export class Talk implements Disposable {
  readonly #options: TalkOptions;
  readonly id: string;
  readonly slide = signal(0);
  readonly view = signal<TalkState["view"]>("both");
  readonly theme = signal<TalkState["theme"]>("light");
  readonly isBlack = signal(false);
  /** A place in `typeSizes`. */
  readonly size = signal(usualTypeSize + 1);
  readonly pace = signal<Pace>("usual");
  readonly #beganAt = signal<number | null>(null);
  readonly #stepMs = signal<Readonly<Record<string, number>>>({});
  #shownSince: number;
  readonly #ends: (() => void)[] = [];
  /** The machine's state is waited for. */
  #isKeeping = false;

  constructor(options: TalkOptions) {
    this.#options = options;
    const { store, createId, now, demo, isDark, slides } = options;
    const known = store.load();
    this.id = known?.talk ?? createId();
    this.theme.value = isDark ? "dark" : "light";
    this.#shownSince = now();
    if (known !== undefined) {
      this.slide.value = Math.min(known.slide, slides.length - 1);
      this.view.value = known.view;
      this.theme.value = known.theme;
      this.size.value = known.size;
      this.pace.value = known.pace;
      this.#beganAt.value = known.beganAt;
      this.#stepMs.value = known.stepMs;
      demo.restore({ acts: known.acts });
    }
    this.#follow();
    this.#ends.push(effect(() => store.save(this.#record())));
  }

  /** All that another window needs to know. */
  readonly state: ReadonlySignal<TalkState> = computed(() => {
    const { lesson, slides, demo, points, steps, machine, isReady } = this.#options;
    const ms = this.#stepMs.value;
    return {
      kind: "state",
      talk: this.id,
      lesson: lesson.id,
      slide: this.slide.value,
      slides: slides.map(({ title, step }) => ({ title, step })),
      view: this.view.value,
      theme: this.theme.value,
      isBlack: this.isBlack.value,
      pace: this.pace.value,
      beganAt: this.#beganAt.value,
      machine: machine.value,
      isReady: isReady.value,
      steps: steps.value.map(({ id, title, state, status }) => ({ id, title, state, status, ms: ms[id] ?? 0 })),
      acts: [...demo.acts.value],
      next: demo.next.value ?? null,
      isPaused: demo.isPaused.value,
      problem: points.problem.value ?? demo.problem.value ?? null,
      points: points.points.value.map(({ step, state, ms: took }) => ({ step, bytes: state.bytes.size, ms: took })),
      pointWork: points.work.value,
    };
  });

  /** The step that is shown. */
  readonly step = computed(() => this.#options.slides[this.slide.value]?.step);

  async take(order: TalkOrder): Promise<void> {
    const { demo, slides } = this.#options;
    switch (order.do) {
      case "slide":
        this.#show(order.to);
        break;
      case "next":
        if (this.isBlack.peek()) this.isBlack.value = false;
        else if (!this.#options.scroll(1)) this.#show(this.slide.peek() + 1);
        break;
      case "previous":
        if (this.isBlack.peek()) this.isBlack.value = false;
        else if (!this.#options.scroll(-1)) this.#show(this.slide.peek() - 1);
        break;
      case "type":
        this.#showSandbox();
        if (await this.#keepPoint()) await demo.type();
        break;
      case "enter":
        demo.enter();
        break;
      case "pause":
        demo.pause();
        break;
      case "run":
        this.#showSandbox();
        if (await this.#keepPoint()) await demo.run();
        break;
      case "skip":
        demo.skip();
        break;
      case "again":
        demo.again();
        break;
      case "choose": {
        demo.choose(order.at);
        // Its slide is shown, as the next command is always one of the step that is.
        const step = demo.acts.peek()[order.at]?.step;
        if (step !== undefined && step !== this.step.peek()) {
          this.#show(slides.findIndex((slide) => slide.step === step));
          demo.choose(order.at);
        }
        break;
      }
      case "edit":
        demo.edit(order.at, order.text);
        break;
      case "black":
        this.isBlack.value = !this.isBlack.peek();
        break;
      case "view":
        this.view.value = after(views, this.view.peek());
        break;
      case "theme":
        this.theme.value = after(stageThemes, this.theme.peek());
        break;
      case "larger":
        this.size.value = Math.min(this.size.peek() + 1, typeSizes.length - 1);
        break;
      case "smaller":
        this.size.value = Math.max(this.size.peek() - 1, 0);
        break;
      case "pace":
        this.pace.value = after(Object.keys(paces) as Pace[], this.pace.peek());
        break;
      case "clock":
        batch(() => {
          this.#shownSince = this.#options.now();
          this.#beganAt.value = this.#shownSince;
          this.#stepMs.value = {};
        });
        break;
      case "back":
        await this.#goBack(order.step);
    }
  }

  /** Milliseconds that `step` has been shown, the present time included. */
  shownMs(step: string): number {
    const before = this.#stepMs.peek()[step] ?? 0;
    return this.step.peek() === step && this.#beganAt.peek() !== null
      ? before + this.#options.now() - this.#shownSince
      : before;
  }

  [Symbol.dispose](): void {
    for (const end of this.#ends) end();
  }

  #show(to: number): void {
    const slide = Math.min(Math.max(to, 0), this.#options.slides.length - 1);
    if (slide === this.slide.peek()) return;
    batch(() => {
      this.#countTime();
      this.#beganAt.value ??= this.#options.now();
      this.isBlack.value = false;
      this.slide.value = slide;
      this.#follow();
    });
  }

  /** Adds what the step that is shown has had. */
  #countTime(): void {
    const step = this.step.peek();
    const ms = step === undefined ? 0 : this.shownMs(step);
    this.#shownSince = this.#options.now();
    if (step !== undefined) this.#stepMs.value = { ...this.#stepMs.peek(), [step]: ms };
  }

  #follow(): void {
    const step = this.step.peek();
    this.#options.demo.goTo(step);
    if (step !== undefined) this.#options.openStep(step);
  }

  #showSandbox(): void {
    this.isBlack.value = false;
    if (this.view.peek() === "slides") this.view.value = "both";
  }

  /** Whether the machine is as it was before `step`, as far as the talk knows. */
  isUntouched(step: string): boolean {
    const { isReady, steps, demo } = this.#options;
    return (
      isReady.peek() &&
      steps.peek().find(({ id }) => id === step)?.state !== "done" &&
      demo.acts.peek().every((act) => act.step !== step || act.state === "open" || act.state === "skipped")
    );
  }

  /** Before the first command of a step, for one who begins at once. Who asks again does not wait; answers whether it is this call that goes on. */
  async #keepPoint(): Promise<boolean> {
    const { points } = this.#options;
    if (this.#isKeeping) {
      points.giveUp();
      return false;
    }
    const step = this.step.peek();
    if (step !== undefined && this.isUntouched(step)) void points.take(step);
    this.#isKeeping = true;
    await points.settle(longestSaveMs);
    this.#isKeeping = false;
    return true;
  }

  async #goBack(step: string): Promise<void> {
    const { points, demo, slides } = this.#options;
    if (!(await points.goBack(step))) return;
    demo.backTo(step);
    this.#show(slides.findIndex((slide) => slide.step === step));
  }

  #record(): TalkRecord {
    return {
      talk: this.id,
      slide: this.slide.value,
      view: this.view.value,
      theme: this.theme.value,
      size: this.size.value,
      pace: this.pace.value,
      beganAt: this.#beganAt.value,
      stepMs: this.#stepMs.value,
      acts: [...this.#options.demo.record().acts],
    };
  }
}

/** After that the talk goes on without a state to go back to. */
const longestSaveMs = 20_000;

function after<T>(list: readonly T[], at: T): T {
  return list[(list.indexOf(at) + 1) % list.length] ?? at;
}
