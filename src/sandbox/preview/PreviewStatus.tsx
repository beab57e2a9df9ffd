import { previewWords as words } from "../../words/preview.ts";
import type { PreviewDesk } from "./preview-desk.ts";

/** What is said in place of the page while there is none. */
export function PreviewStatus({ desk }: { desk: PreviewDesk }) {
  const state = desk.state.value;
  const chosen = desk.chosen.value;
  if (chosen === undefined || state.phase === "none") {
    return (
      <div class="preview-status">
        <h3>{words.none}</h3>
        <p>{words.noneHow}</p>
        <pre>
          <code>{words.noneCommand}</code>
        </pre>
      </div>
    );
  }
  const { container, port, containerPort, isLocal } = chosen;
  const again = (
    <button type="button" class="plain-button" onClick={() => desk.tryAgain()}>
      {words.tryAgain}
    </button>
  );
  const local = isLocal && <p>{words.localOnly(port, containerPort)}</p>;
  switch (state.phase) {
    case "waiting":
      return (
        <div class="preview-status">
          <h3 role="status">{words.waiting(container, port)}</h3>
          <p>{state.heard === undefined ? "\u00a0" : words.heard[state.heard]}</p>
          {local}
          <button type="button" class="plain-button" onClick={() => desk.stopWaiting()}>
            {words.stopWaiting}
          </button>
        </div>
      );
    case "stopped":
      return (
        <div class="preview-status">
          <h3 role="status">{words.stopped(container, port)}</h3>
          {again}
        </div>
      );
    case "absent":
      return (
        <div class="preview-status">
          <h3 role="status">{words.absent(container, port)}</h3>
          {local}
          <ul>
            {words.absentHow(container, containerPort).map((hint) => (
              <li key={hint}>{hint}</li>
            ))}
          </ul>
          {again}
        </div>
      );
    case "gone":
      return (
        <div class="preview-status">
          <h3 role="status">{words.gone(container, port)}</h3>
          <p>{words.goneHow}</p>
        </div>
      );
    case "up":
      return null;
  }
}
