import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { keyNames } from "../components/shortcuts/key-names.ts";
import { presentWords as words } from "../words/present.ts";
import { talkKeys, type TalkKey } from "./talk-keys.ts";
import type { TalkOrder, TalkState } from "./talk-messages.ts";

/** What either window asks, over its page. */
export type DialogName = "help" | "edit" | "back";

interface DialogProps {
  readonly state: TalkState;
  readonly send: (order: TalkOrder) => void;
  readonly onClose: () => void;
}

export function TalkDialog({ name, ...props }: DialogProps & { readonly name: DialogName }) {
  switch (name) {
    case "help":
      return <HelpDialog onClose={props.onClose} />;
    case "edit":
      return <EditDialog {...props} />;
    case "back":
      return <BackDialog {...props} />;
  }
}

export function HelpDialog({ onClose }: Pick<DialogProps, "onClose">) {
  return (
    <Dialog title={words.help} onClose={onClose}>
      <p>{words.inTerminalHint}</p>
      <div class="talk-help">
        {(["slides", "typing", "stage"] as const).map((group) => (
          <section key={group}>
            <h3>{words.groups[group]}</h3>
            <dl class="talk-keys">
              {actsOf(group).map(([act, keys]) => (
                <div key={act}>
                  <dt>{words.keys[act]}</dt>
                  <dd>
                    {keys.map(({ name, isClicker }) => (
                      <kbd key={name} title={isClicker ? words.clicker : undefined}>
                        {name}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <form method="dialog" class="talk-buttons">
        <button type="submit" class="talk-main">
          {words.close}
        </button>
      </form>
    </Dialog>
  );
}

function EditDialog({ state, send, onClose }: DialogProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const at = state.next;
  const act = at === null ? undefined : state.acts[at];
  const onSubmit = ({ submitter }: SubmitEvent) => {
    const choice = submitter instanceof HTMLButtonElement ? submitter.value : "";
    if (at === null || choice === "") return;
    send({ do: "edit", at, text: choice === "own" ? "" : (field.current?.value ?? "") });
  };
  return (
    <Dialog title={words.editTitle} onClose={onClose}>
      <form method="dialog" onSubmit={onSubmit}>
        {act?.kind === "command" ? (
          <label>
            {words.editLabel}
            <textarea ref={field} rows={4} spellcheck={false} autocapitalize="off" autofocus defaultValue={act.text} />
          </label>
        ) : (
          <p>{words.noneLeft}</p>
        )}
        <div class="talk-buttons">
          <button type="submit" value="keep" class="talk-main" disabled={act?.kind !== "command"}>
            {words.editDone}
          </button>
          <button type="submit" value="own" class="talk-plain" disabled={act?.kind !== "command"}>
            {words.editOwn}
          </button>
          <button type="submit" value="" class="talk-plain" formNoValidate>
            {words.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function BackDialog({ state, send, onClose }: DialogProps) {
  const id = state.slides[state.slide]?.step;
  const step = state.steps.find((each) => each.id === id);
  const point = state.points.find((each) => each.step === id);
  const onSubmit = ({ submitter }: SubmitEvent) => {
    if (submitter instanceof HTMLButtonElement && submitter.value === "back" && id !== undefined)
      send({ do: "back", step: id });
  };
  return (
    <Dialog title={step === undefined ? words.back : words.backTo(step.title)} onClose={onClose}>
      <form method="dialog" onSubmit={onSubmit}>
        <p>{point === undefined ? words.pointNone : words.backWhat(megabytes(point.bytes), seconds(point.ms))}</p>
        <div class="talk-buttons">
          <button type="submit" value="back" class="talk-main" disabled={point === undefined}>
            {words.backAsk}
          </button>
          <button type="submit" value="" class="talk-plain">
            {words.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function Dialog(props: { title: string; onClose: () => void; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="talk-dialog" aria-labelledby="talk-dialog-title" onClose={props.onClose}>
      <h2 id="talk-dialog-title" tabIndex={-1} autofocus>
        {props.title}
      </h2>
      {props.children}
    </dialog>
  );
}

/** The keys of each act of a group, once. */
function actsOf(group: TalkKey["group"]): [TalkKey["act"], { name: string; isClicker: boolean }[]][] {
  const acts = new Map<TalkKey["act"], { name: string; isClicker: boolean }[]>();
  for (const { act, keys, isClicker = false, group: its } of talkKeys) {
    if (its !== group) continue;
    const names = keys.map((key) => ({
      name: words.keyNames[key] ?? keyNames(key, false)[0] ?? key,
      isClicker,
    }));
    acts.set(act, [...(acts.get(act) ?? []), ...names]);
  }
  return [...acts];
}

export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

export function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
