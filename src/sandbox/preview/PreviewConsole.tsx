import { previewWords as words } from "../../words/preview.ts";
import type { PreviewDesk } from "./preview-desk.ts";

/** What the previewed page has written to its console. */
export function PreviewConsole({ desk }: { desk: PreviewDesk }) {
  const lines = desk.console.lines.value;
  const left = desk.console.left.value;
  return (
    <details class="preview-console">
      <summary>{lines.length === 0 ? words.console : words.consoleCount(lines.length + left)}</summary>
      {lines.length === 0 ? (
        <p>{desk.isHeard.value ? words.consoleEmpty : words.consoleForbidden}</p>
      ) : (
        <>
          <button type="button" onClick={() => desk.console.clear()}>
            {words.clear}
          </button>
          {/* It scrolls, so the keyboard has to get into it. */}
          <ol tabIndex={0} aria-label={words.console}>
            {left > 0 && <li class="preview-console-cut">{words.consoleCut(left)}</li>}
            {lines.map(({ id, level, text, time }) => (
              <li key={id} data-level={level}>
                <time dateTime={time.toISOString()}>{clockTime.format(time)}</time>
                <span class="preview-console-level">{words.levels[level]}</span>
                <code>{text}</code>
              </li>
            ))}
          </ol>
        </>
      )}
    </details>
  );
}

const clockTime = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
