import { signal, type Signal } from "@preact/signals";
import { presentWords as words } from "../words/present.ts";
import { TalkDialog, type DialogName } from "./dialogs.tsx";
import type { TalkOrder, TalkState } from "./talk-messages.ts";
import type { Talk } from "./talk.ts";

interface StageProps {
  readonly talk: Talk;
  readonly send: (order: TalkOrder) => void;
  readonly dialog: Signal<DialogName | undefined>;
  readonly openPresenter: () => void;
  /** The address of the presenter's window, once the browser has refused to open it. */
  readonly refused: Signal<string | undefined>;
  readonly lessonAddress: string;
}

/** What the stage has beside its slides and its sandbox: a line at the foot, the black screen, and what is asked. */
export function Stage({ talk, send, dialog, openPresenter, refused, lessonAddress }: StageProps) {
  const state: TalkState = talk.state.value;
  const { slide, slides, isBlack, problem, pointWork } = state;
  const title = slides[slide]?.title ?? "";
  return (
    <>
      <nav class="stage-foot" aria-label={words.slides}>
        <button type="button" class="stage-button" aria-label={words.previous} onClick={() => send({ do: "previous" })}>
          ‹
        </button>
        <span class="stage-place" aria-hidden="true">
          {words.slideShort(slide + 1, slides.length)}
        </span>
        <button type="button" class="stage-button" aria-label={words.next} onClick={() => send({ do: "next" })}>
          ›
        </button>
        <p class="stage-said" role="status">
          {pointWork === "going-back" ? words.goingBack : problem}
        </p>
        <button type="button" class="stage-button" onClick={() => (dialog.value = "help")}>
          {words.help}
        </button>
        <button type="button" class="stage-button" onClick={openPresenter}>
          {words.presenterWindow}
        </button>
        <a class="stage-button" href={lessonAddress}>
          {words.leave}
        </a>
      </nav>
      <p class="visually-hidden" aria-live="polite">
        {words.slideOf(slide + 1, slides.length, title)}
      </p>
      {refused.value !== undefined && (
        <p class="stage-refused" role="alert">
          {words.presenterBlocked}{" "}
          <a href={refused.value} target="_blank" rel="noopener">
            {refused.value}
          </a>
        </p>
      )}
      {isBlack && (
        <div class="stage-black" onClick={() => send({ do: "black" })}>
          <p class="visually-hidden" role="status">
            {words.black}
          </p>
        </div>
      )}
      {dialog.value !== undefined && (
        <TalkDialog name={dialog.value} state={state} send={send} onClose={() => (dialog.value = undefined)} />
      )}
    </>
  );
}

export const createDialog = () => signal<DialogName | undefined>(undefined);
