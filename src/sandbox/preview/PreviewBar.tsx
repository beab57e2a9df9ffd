import { useSignal, type Signal } from "@preact/signals";
import { previewWords as words } from "../../words/preview.ts";
import type { PreviewDesk } from "./preview-desk.ts";

interface PreviewBarProps {
  readonly desk: PreviewDesk;
  readonly show: (path: string) => void;
  readonly reload: () => void;
  /** Absent where a window would show no more. */
  readonly openWindow: (() => void) | undefined;
  readonly note: Signal<string | undefined>;
}

/** Which port, and where in it; what a browser has above a page. */
export function PreviewBar({ desk, show, reload, openWindow, note }: PreviewBarProps) {
  const ports = desk.ports.value;
  const chosen = desk.chosen.value;
  const isGone = chosen !== undefined && !ports.some(({ port }) => port === chosen.port);
  const listed = isGone ? [...ports, chosen] : ports;
  const isUp = desk.isUp.value;
  /** What is being typed, which a page that loads meanwhile must not take away. */
  const typed = useSignal<string | undefined>(undefined);
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const path = desk.pathOf(typed.peek() ?? desk.path.peek());
    typed.value = undefined;
    if (path !== undefined) show(path);
  };
  const goBack = () => {
    const path = desk.back();
    if (path !== undefined) show(path);
  };
  return (
    <div class="preview-bar" role="group" aria-label={words.bar}>
      <label>
        {words.port}
        <select
          value={chosen?.port}
          disabled={listed.length === 0}
          onChange={(event) => desk.choose(Number(event.currentTarget.value))}
        >
          {listed.map(({ container, port, containerPort }) => (
            <option key={port} value={port}>
              {words.portOf(container, port, containerPort)}
            </option>
          ))}
        </select>
      </label>
      <form onSubmit={onSubmit}>
        <button
          type="button"
          aria-label={words.back}
          title={words.back}
          disabled={!isUp || !desk.canGoBack.value}
          onClick={goBack}
        >
          ←
        </button>
        <button
          type="button"
          aria-label={words.reload}
          title={words.reload}
          disabled={chosen === undefined}
          onClick={reload}
        >
          ↻
        </button>
        <input
          name="path"
          aria-label={words.path}
          value={typed.value ?? desk.path.value}
          onInput={(event) => (typed.value = event.currentTarget.value)}
          onBlur={() => (typed.value = undefined)}
          disabled={!isUp}
          autocomplete="off"
          spellcheck={false}
        />
      </form>
      {openWindow !== undefined && (
        <button type="button" disabled={!isUp} onClick={openWindow}>
          {words.openWindow}
        </button>
      )}
      <details class="preview-help">
        <summary aria-label={words.help}>?</summary>
        <ul>
          {words.helpPoints.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      </details>
      <span role="status">{note.value}</span>
    </div>
  );
}
