import type { TalkOrder } from "./talk-messages.ts";
import { actOfKey, type KeyAct, type OwnAct } from "./talk-keys.ts";

/** Gives a window the talk's keys until disposed. */
export function listenToKeys(
  target: Document,
  send: (order: TalkOrder) => void,
  doHere: (act: OwnAct) => void,
): Disposable {
  const onKey = (event: KeyboardEvent) => {
    const { target: at } = event;
    const act = actOfKey(event, (selector) => at instanceof Element && at.closest(selector) !== null);
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (isOwn(act)) doHere(act);
    else send({ do: act });
  };
  target.addEventListener("keydown", onKey, { capture: true });
  return { [Symbol.dispose]: () => target.removeEventListener("keydown", onKey, { capture: true }) };
}

const own: readonly KeyAct[] = ["help", "presenter", "fullscreen", "edit", "back"] satisfies OwnAct[];

function isOwn(act: KeyAct): act is OwnAct {
  return own.includes(act);
}
