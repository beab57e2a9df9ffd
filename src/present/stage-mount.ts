import { computed, effect, signal } from "@preact/signals";
import { h, render } from "preact";
import { systemClock } from "../checks/clock.ts";
import { link } from "../components/link.ts";
import { currentBench } from "../sandbox/current-bench.ts";
import type { Workbench } from "../sandbox/workbench.ts";
import { presentWords as words } from "../words/present.ts";
import { presenterAddress } from "./addresses.ts";
import { takeSeat } from "./bench-seat.ts";
import { Demo } from "./demo.ts";
import { listenToKeys } from "./own-keys.ts";
import { SlideDeck } from "./slides.ts";
import { createDialog, Stage } from "./Stage.tsx";
import { StepPoints } from "./step-points.ts";
import { openTalkChannel } from "./talk-channel.ts";
import type { TalkOrder } from "./talk-messages.ts";
import { sessionTalkStore, type TalkStore } from "./talk-record.ts";
import { Talk } from "./talk.ts";

/** Makes a stage of the page, once the sandbox is there; the text is there before. */
let shown: DisposableStack | undefined;

document.addEventListener("astro:page-load", () => {
  const place = document.querySelector<HTMLElement>("[data-stage]");
  const article = place?.querySelector<HTMLElement>("article[data-lesson]");
  if (!place || !article || shown !== undefined) return;
  const held = new DisposableStack();
  shown = held;
  dressRoot();
  const deck = new SlideDeck(article);
  const store = sessionTalkStore(article.dataset.lesson ?? "");
  deck.show(Math.min(store.load()?.slide ?? 0, deck.slides.length - 1));
  // The terminal takes the keyboard only where nobody has it, and the stage's keys would be gone.
  document.getElementById("content")?.focus({ preventScroll: true });
  const wait = effect(() => {
    const bench = currentBench.value;
    // The sandbox reads the page's lesson as it is drawn.
    if (bench !== undefined)
      setTimeout(
        () => shown === held && held.adopt(setUp(place, deck, store, bench), (stage) => stage[Symbol.dispose]()),
      );
  });
  held.defer(wait);
  document.addEventListener(
    "astro:before-swap",
    () => {
      held.dispose();
      shown = undefined;
    },
    { once: true },
  );
});

/** Before there is anything to be seen on it: what it looks like is not the reader's own layout. */
function dressRoot(): void {
  document.documentElement.dataset.layout = "present";
  document.dispatchEvent(new CustomEvent("drydock:view"));
}

function setUp(place: HTMLElement, deck: SlideDeck, store: TalkStore, bench: Workbench): Disposable {
  const held = new DisposableStack();
  const main = place.querySelector<HTMLElement>("main");
  const lesson = bench.lesson.peek();
  if (main === null || lesson === null) return held;
  const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const scroll = createScroll(main, isCalm);
  const seat = held.use(takeSeat(bench));
  const demo = held.use(
    new Demo({
      lesson,
      seat,
      clock: systemClock,
      random: Math.random,
      pace: () => talk.pace.peek(),
      isCalm,
    }),
  );
  const points = held.use(new StepPoints({ save: seat.save, goBack: seat.goBack, clock: systemClock }));
  const talk: Talk = held.use(
    new Talk({
      lesson,
      slides: deck.slides,
      demo,
      points,
      store,
      steps: bench.steps,
      machine: computed(() => words.phases[bench.isJoined.value ? "ready" : bench.session.state.value.phase]),
      isReady: bench.isJoined,
      openStep: (step) => bench.desk.openStep(step),
      scroll: (direction) => scroll.by(direction),
      now: () => Date.now(),
      createId: () => crypto.randomUUID(),
      isDark: isDark(),
    }),
  );
  const send = (order: TalkOrder) => void talk.take(order);
  const channel = held.use(
    openTalkChannel(lesson.id, (message) => {
      if (message.kind === "hello") channel.send(talk.state.peek());
      if (message.kind === "order" && message.talk === talk.id) send(message.order);
    }),
  );
  const follow = (act: Parameters<typeof effect>[0]) => held.defer(effect(act));
  follow(() => channel.send(talk.state.value));
  const bye = () => channel.send({ kind: "bye", talk: talk.id });
  addEventListener("pagehide", bye);
  held.defer(() => removeEventListener("pagehide", bye));
  held.defer(bye);
  follow(() => {
    deck.show(talk.slide.value);
    scroll.toTop();
  });
  follow(() => {
    const root = document.documentElement;
    root.dataset.stageView = talk.view.value;
    root.dataset.stageTheme = talk.theme.value;
    root.dataset.theme = talk.theme.value === "dark" ? "dark" : "light";
    root.dataset.typeSize = String(talk.size.value);
    document.dispatchEvent(new CustomEvent("drydock:view"));
    document.dispatchEvent(new CustomEvent("drydock:theme"));
  });
  // A machine that goes takes with it what ran.
  follow(() => {
    if (!bench.isJoined.value) demo.forget();
  });
  follow(() => savePoint(talk, points, bench, seat.busy.value));

  const dialog = createDialog();
  const refused = signal<string | undefined>(undefined);
  const openPresenter = () => {
    const address = presenterAddress(lesson.id);
    const opened = window.open(address, "drydock-presenter", "popup,width=1100,height=820");
    refused.value = opened === null ? new URL(address, location.href).href : undefined;
  };
  held.use(
    listenToKeys(document, send, (act) => {
      if (act === "presenter") openPresenter();
      else if (act === "fullscreen") void toggleFullScreen();
      else dialog.value = act;
    }),
  );
  const tools = place.querySelector<HTMLElement>("[data-stage-tools]");
  if (tools !== null) {
    const lessonAddress = link(`learn/${lesson.id}/`);
    render(h(Stage, { talk, send, dialog, openPresenter, refused, lessonAddress }), tools);
    held.defer(() => render(null, tools));
  }
  return held;
}

/** A browser that refuses has a key of its own for it. */
async function toggleFullScreen(): Promise<void> {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen();
  } catch {
    // Nothing has changed, which is to be seen.
  }
}

function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme === undefined ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
}

/** The state before a step is saved when the step has been shown for a while, nothing runs, and nothing of it was done yet. */
function savePoint(
  talk: Talk,
  points: StepPoints,
  bench: Workbench,
  busy: ReadonlySet<number>,
): (() => void) | undefined {
  const step = talk.step.value;
  if (step === undefined || !bench.isJoined.value || busy.size > 0 || points.work.value !== "none") return undefined;
  if (points.find(step) !== undefined) return undefined;
  const timer = systemClock.after(quietMs, () => {
    if (talk.isUntouched(step)) void points.take(step);
  });
  return () => timer[Symbol.dispose]();
}

/** The step's own files are written by then. */
const quietMs = 1500;

/**
 * Scrolls a screenful less a line or two. Answers whether there was more in that direction. What is still on its way counts as there: a
 * presenter in a hurry presses again.
 */
function createScroll(main: HTMLElement, isCalm: () => boolean): { by(direction: 1 | -1): boolean; toTop(): void } {
  let goal: number | undefined;
  main.addEventListener("scrollend", () => (goal = undefined));
  return {
    by(direction) {
      if (main.clientHeight === 0) return false;
      const at = goal ?? main.scrollTop;
      const most = main.scrollHeight - main.clientHeight;
      const left = direction === 1 ? most - at : at;
      // Less is a margin, not text.
      if (left < leastScroll) return false;
      goal = Math.min(Math.max(at + direction * main.clientHeight * 0.8, 0), most);
      main.scrollTo({ top: goal, behavior: isCalm() ? "instant" : "smooth" });
      return true;
    },
    toTop() {
      goal = undefined;
      main.scrollTo({ top: 0, behavior: "instant" });
    },
  };
}

const leastScroll = 40;
