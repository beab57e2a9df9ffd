import type { ComponentChildren } from "preact";
import { previewWords as words } from "../../words/preview.ts";
import type { PreviewDesk } from "./preview-desk.ts";

/** What is said in place of the page while there is none. */
export function PreviewStatus({ desk }: { desk: PreviewDesk }) {
  const { title, more, act } = describe(desk);
  return (
    <div class="preview-status">
      <div role="status">
        <h3>{title}</h3>
        {more}
      </div>
      {act !== undefined && (
        <button type="button" class="plain-button" onClick={act.do}>
          {act.words}
        </button>
      )}
    </div>
  );
}

interface Status {
  readonly title: string;
  readonly more?: ComponentChildren;
  readonly act?: { readonly words: string; readonly do: () => void };
}

function describe(desk: PreviewDesk): Status {
  const state = desk.state.value;
  const chosen = desk.chosen.value;
  if (chosen === undefined) {
    return {
      title: words.none,
      more: (
        <>
          <p>{words.noneHow}</p>
          <pre>
            <code>{words.noneCommand}</code>
          </pre>
        </>
      ),
    };
  }
  const { container, port, containerPort, isLocal } = chosen;
  const again = { words: words.tryAgain, do: () => desk.tryAgain() };
  const local = isLocal && (
    <p>
      {words.localOnly}
      <code>{words.localOnlyOption(port, containerPort)}</code>
    </p>
  );
  switch (state.phase) {
    case "none":
    case "up":
    case "waiting": {
      const heard = state.phase === "waiting" && state.heard !== undefined ? words.heard[state.heard] : "\u00a0";
      return {
        title: words.waiting(container, port),
        more: (
          <>
            <p>{heard}</p>
            {local}
          </>
        ),
        act: { words: words.stopWaiting, do: () => desk.stopWaiting() },
      };
    }
    case "stopped":
      return { title: words.stopped(container, port), act: again };
    case "absent":
      return {
        title: words.absent(container, port),
        more: (
          <>
            {local}
            <ul>
              {words.absentHow(container, containerPort).map((hint) => (
                <li key={hint}>{hint}</li>
              ))}
            </ul>
          </>
        ),
        act: again,
      };
    case "gone":
      return { title: words.gone(container, port), more: <p>{words.goneHow}</p> };
  }
}
