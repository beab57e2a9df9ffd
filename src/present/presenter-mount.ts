import { effect } from "@preact/signals";
import { h, render } from "preact";
import { stageAddress } from "./addresses.ts";
import { listenToKeys } from "./own-keys.ts";
import { createSignals, Presenter } from "./Presenter.tsx";
import { SlideDeck } from "./slides.ts";
import { openTalkChannel } from "./talk-channel.ts";
import type { TalkOrder } from "./talk-messages.ts";

/** Makes the presenter's window of the page. It knows nothing by itself: the stage tells it. */
let shown: DisposableStack | undefined;

document.addEventListener("astro:page-load", () => {
  const place = document.querySelector<HTMLElement>("[data-presenter]");
  const article = place?.querySelector<HTMLElement>("article[data-lesson]");
  const tools = place?.querySelector<HTMLElement>("[data-presenter-tools]");
  if (!place || !article || !tools || shown !== undefined) return;
  shown = setUp(place, article, tools);
  document.addEventListener(
    "astro:before-swap",
    () => {
      shown?.dispose();
      shown = undefined;
    },
    { once: true },
  );
});

function setUp(place: HTMLElement, article: HTMLElement, tools: HTMLElement): DisposableStack {
  const held = new DisposableStack();
  const lesson = article.dataset.lesson ?? "";
  const deck = new SlideDeck(article);
  const { state, toldAt, now, dialog } = createSignals();
  const channel = held.use(
    openTalkChannel(lesson, (message) => {
      // The first stage that answers is followed until it goes.
      const talk = state.peek()?.talk;
      if (message.kind === "state" && (talk === undefined || talk === message.talk)) {
        toldAt.value = now.value = Date.now();
        state.value = message;
      }
      if (message.kind === "bye" && message.talk === talk) state.value = undefined;
    }),
  );
  const hello = () => channel.send({ kind: "hello", lesson });
  const send = (order: TalkOrder) => {
    const talk = state.peek()?.talk;
    if (talk !== undefined) channel.send({ kind: "order", talk, order });
  };
  hello();
  const tick = setInterval(() => {
    now.value = Date.now();
    if (state.peek() === undefined) hello();
  }, 1000);
  held.defer(() => clearInterval(tick));
  held.defer(
    effect(() => {
      const next = (state.value?.slide ?? -1) + 1;
      deck.show(next);
      place.toggleAttribute("data-alone", state.value === undefined);
      place.toggleAttribute("data-last", next >= deck.slides.length);
    }),
  );
  held.use(
    listenToKeys(document, send, (act) => {
      if (act !== "presenter" && act !== "fullscreen" && state.peek() !== undefined) dialog.value = act;
    }),
  );
  const plannedMinutes = Number(article.dataset.minutes ?? "15");
  const openStage = () => window.open(stageAddress(lesson), "_blank");
  render(h(Presenter, { state, toldAt, now, send, dialog, deck, plannedMinutes, openStage }), tools);
  held.defer(() => render(null, tools));
  return held;
}
