import { signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { presentWords as words } from "../words/present.ts";
import { megabytes, TalkDialog, type DialogName } from "./dialogs.tsx";
import type { SlideDeck } from "./slides.ts";
import { clockFace, timeOf } from "./talk-clock.ts";
import type { TalkAct, TalkOrder, TalkState } from "./talk-messages.ts";

export interface PresenterProps {
  /** As the stage told it last; undefined while there is no stage. */
  readonly state: ReadonlySignal<TalkState | undefined>;
  /** When that was, and what time it is, in ms since 1970. */
  readonly toldAt: ReadonlySignal<number>;
  readonly now: ReadonlySignal<number>;
  readonly send: (order: TalkOrder) => void;
  readonly dialog: Signal<DialogName | undefined>;
  readonly deck: SlideDeck;
  readonly plannedMinutes: number;
  readonly openStage: () => void;
}

/** What the presenter sees and the audience does not. */
export function Presenter(props: PresenterProps) {
  const state = props.state.value;
  if (state === undefined) {
    return (
      <div class="presenter-alone">
        <h2>{words.noStage}</h2>
        <p>{words.noStageWhat}</p>
        <button type="button" class="talk-main" onClick={props.openStage}>
          {words.openStage}
        </button>
      </div>
    );
  }
  const { send, dialog } = props;
  return (
    <>
      <Clock {...props} state={state} />
      <Notes deck={props.deck} state={state} send={send} />
      <Commands state={state} send={send} dialog={dialog} />
      <Steps state={state} />
      <Settings state={state} send={send} dialog={dialog} />
      {dialog.value !== undefined && (
        <TalkDialog name={dialog.value} state={state} send={send} onClose={() => (dialog.value = undefined)} />
      )}
    </>
  );
}

type Told<P extends keyof PresenterProps> = Pick<PresenterProps, P> & { readonly state: TalkState };

function Clock({ state, now, toldAt, plannedMinutes, send }: Told<"now" | "toldAt" | "plannedMinutes" | "send">) {
  const { beganAt, slides, slide } = state;
  const ms = beganAt === null ? 0 : now.value - beganAt;
  const shown = state.steps.find(({ id }) => id === slides[slide]?.step);
  const stepMs =
    shown === undefined ? undefined : shown.ms + (beganAt === null ? 0 : Math.max(0, now.value - toldAt.value));
  const time = timeOf(ms, plannedMinutes);
  return (
    <section class="presenter-clock" data-time={time} aria-label={words.clock}>
      <p>
        <span class="clock-time" role="timer">
          {clockFace(ms)}
        </span>{" "}
        {words.talkTime(plannedMinutes)}
        {words.times[time]}
      </p>
      <p>{beganAt === null ? words.notBegun : stepMs !== undefined && `${words.stepTime} ${clockFace(stepMs)}`}</p>
      <button type="button" class="talk-plain" onClick={() => send({ do: "clock" })}>
        {words.keys.clock}
      </button>
    </section>
  );
}

function Notes({ deck, state, send }: Told<"deck" | "send">) {
  const place = useRef<HTMLDivElement>(null);
  const { slide, slides } = state;
  useEffect(() => {
    place.current?.replaceChildren(...deck.notesOf(slide).map((notes) => copyOf(notes)));
  }, [deck, slide]);
  return (
    <section class="presenter-notes-now" aria-label={words.now}>
      <p class="presenter-place">
        <button type="button" class="talk-plain" aria-label={words.previous} onClick={() => send({ do: "previous" })}>
          ‹
        </button>{" "}
        {words.slideShort(slide + 1, slides.length)}{" "}
        <button type="button" class="talk-plain" aria-label={words.next} onClick={() => send({ do: "next" })}>
          ›
        </button>
      </p>
      <h2>{slides[slide]?.title}</h2>
      <div ref={place} class="presenter-notes-text" />
      {deck.notesOf(slide).length === 0 && <p class="presenter-none">{words.noNotes}</p>}
      <label class="presenter-list">
        {words.slideList}{" "}
        <select
          value={String(slide)}
          onChange={({ currentTarget }) => send({ do: "slide", to: Number(currentTarget.value) })}
        >
          {slides.map(({ title }, n) => (
            <option key={n} value={String(n)}>
              {`${n + 1} · ${title}`}
            </option>
          ))}
        </select>
      </label>
    </section>
  );
}

/** What notes say, without the names by which the page's own are found. */
function copyOf(notes: Element): Element {
  const copy = notes.cloneNode(true) as Element;
  copy.removeAttribute("data-off");
  for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
  return copy;
}

function Commands({ state, send, dialog }: Told<"send" | "dialog">) {
  const { acts, next, isPaused, slides, slide, problem, points, pointWork } = state;
  const step = slides[slide]?.step;
  const shown = acts.map((act, at) => ({ act, at })).filter(({ act }) => act.step === step);
  const first = next === null ? undefined : acts[next];
  const bytes = points.reduce((sum, point) => sum + point.bytes, 0);
  return (
    <section class="presenter-commands" aria-label={words.commands}>
      <h2>{words.commands}</h2>
      {shown.length === 0 && <p class="presenter-none">{words.noCommands}</p>}
      <ol>
        {shown.map(({ act, at }) => (
          <li key={at} data-state={act.state} aria-current={at === next ? "true" : undefined}>
            <code>{sayAct(act)}</code>
            <span class="presenter-act-state">
              {at === next && isPaused ? words.paused : words.acts[act.state]}
              {act.kind === "command" && act.terminal !== 1 && ` · ${words.inTerminal(act.terminal)}`}
              {act.exitCode !== undefined && ` · ${words.exitCode(act.exitCode)}`}
            </span>
            {at !== next && (
              <button type="button" class="link-button" onClick={() => send({ do: "choose", at })}>
                {words.doNext}
              </button>
            )}
          </li>
        ))}
      </ol>
      <p role="status" class="presenter-problem">
        {problem}
      </p>
      <p role="status">
        {pointWork === "saving"
          ? words.saving
          : pointWork === "going-back"
            ? words.goingBack
            : words.points(points.length, megabytes(bytes))}
      </p>
      <div class="talk-buttons">
        {first?.state === "typed" ? (
          <button type="button" class="talk-main" onClick={() => send({ do: "enter" })}>
            {words.enter}
          </button>
        ) : (
          <button
            type="button"
            class="talk-main"
            disabled={first === undefined || first.state === "typing"}
            onClick={() => send({ do: "type" })}
          >
            {words.type}
          </button>
        )}
        <button
          type="button"
          class="talk-plain"
          disabled={first?.state !== "typing"}
          onClick={() => send({ do: "pause" })}
        >
          {isPaused ? words.goOn : words.pause}
        </button>
        <button type="button" class="talk-plain" disabled={!first} onClick={() => send({ do: "run" })}>
          {words.run}
        </button>
        <button
          type="button"
          class="talk-plain"
          disabled={first?.kind !== "command"}
          onClick={() => (dialog.value = "edit")}
        >
          {words.edit}
        </button>
        <button type="button" class="talk-plain" disabled={!first} onClick={() => send({ do: "skip" })}>
          {words.skip}
        </button>
        <button type="button" class="talk-plain" onClick={() => send({ do: "again" })}>
          {words.again}
        </button>
        <button type="button" class="talk-plain" disabled={step === undefined} onClick={() => (dialog.value = "back")}>
          {words.back}
        </button>
      </div>
    </section>
  );
}

function sayAct(act: TalkAct): string {
  if (act.kind === "file") return words.writesFile(act.text);
  return act.kind === "answer" ? words.answersQuiz(act.text) : act.text;
}

function Steps({ state }: Pick<Told<never>, "state">) {
  const { steps, machine, slides, slide } = state;
  const shown = slides[slide]?.step;
  return (
    <section class="presenter-steps" aria-label={words.steps}>
      <h2>{words.steps}</h2>
      <p>
        {words.machine}: {machine}
      </p>
      <ol>
        {steps.map(({ id, title, state: its, status, ms }) => (
          <li key={id} data-state={its} aria-current={id === shown ? "step" : undefined}>
            <span>{title}</span>
            <span class="presenter-act-state">
              {words.stepStates[its]}
              {ms > 0 && ` · ${clockFace(ms)}`}
            </span>
            {status !== "" && <span class="presenter-status">{status}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Settings({ state, send, dialog }: Told<"send" | "dialog">) {
  const set = (order: TalkOrder) => () => send(order);
  return (
    <section class="presenter-settings" aria-label={words.settings}>
      <h2>{words.settings}</h2>
      <div class="talk-buttons">
        <button type="button" class="talk-plain" aria-pressed={state.isBlack} onClick={set({ do: "black" })}>
          {words.keys.black}
        </button>
        <button type="button" class="talk-plain" onClick={set({ do: "view" })}>
          {words.views[state.view]}
        </button>
        <button type="button" class="talk-plain" onClick={set({ do: "theme" })}>
          {words.themes[state.theme]}
        </button>
        <button type="button" class="talk-plain" onClick={set({ do: "smaller" })}>
          {words.keys.smaller}
        </button>
        <button type="button" class="talk-plain" onClick={set({ do: "larger" })}>
          {words.keys.larger}
        </button>
        <button type="button" class="talk-plain" onClick={set({ do: "pace" })}>
          {words.typed(words.paces[state.pace])}
        </button>
        <button type="button" class="talk-plain" onClick={() => (dialog.value = "help")}>
          {words.help}
        </button>
      </div>
    </section>
  );
}

export const createSignals = () => ({
  state: signal<TalkState | undefined>(undefined),
  toldAt: signal(Date.now()),
  now: signal(Date.now()),
  dialog: signal<DialogName | undefined>(undefined),
});
