import { useEffect, useMemo, useRef } from "preact/hooks";
import { compareFiles } from "../../components/file-diff.ts";
import { editorWords } from "../../words/editor.ts";
import type { Comparison, EditorDesk } from "./editor-desk.ts";
import { Icon } from "./Icon.tsx";

const words = editorWords.compare;

/** The file that is shown beside another text of it. Escape goes back. */
export function ComparisonView({ desk, comparison }: { desk: EditorDesk; comparison: Comparison }) {
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => close.current?.focus(), []);
  const leave = () => {
    desk.endComparison();
    desk.files.focus();
  };
  const canDraw = desk.editor.compare !== undefined;
  return (
    <section
      class="solution-view"
      aria-label={words.label(comparison.path, comparison.label)}
      onKeyDown={(event) => {
        if (event.key === "Escape" && event.target === close.current) leave();
      }}
    >
      <div class="solution-bar">
        <span>{words.mine}</span>
        <span>{comparison.label}</span>
        <button type="button" class="icon-button" aria-label={words.close} ref={close} onClick={leave}>
          <Icon name="close" />
        </button>
      </div>
      {canDraw ? (
        <DrawnComparison desk={desk} comparison={comparison} />
      ) : (
        <WrittenComparison desk={desk} comparison={comparison} />
      )}
    </section>
  );
}

interface ComparisonProps {
  desk: EditorDesk;
  comparison: Comparison;
}

function DrawnComparison({ desk: { editor }, comparison: { path, other, label } }: ComparisonProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current === null) return;
    const drawn = editor.compare?.(place.current, path, other, { mine: words.mine, other: label });
    return () => drawn?.[Symbol.dispose]();
  }, [editor, path, other, label]);
  return <div class="comparison-text" ref={place} />;
}

function WrittenComparison({ desk, comparison: { other, label } }: ComparisonProps) {
  const mine = desk.files.open.value?.text ?? "";
  const lines = useMemo(() => compareFiles(mine, other), [mine, other]);
  if (lines.length === 0) return <p class="comparison-note">{words.same}</p>;
  return (
    // A region that scrolls has to be reachable by keyboard.
    <pre class="comparison-lines" tabIndex={0} aria-label={label}>
      {lines.map(({ kind, text }, n) => {
        const Line = kind === "added" ? "ins" : kind === "removed" ? "del" : "span";
        return (
          <Line key={n} data-kind={kind}>
            <span class="sign">{{ added: "+ ", removed: "- ", same: "  ", gap: "" }[kind]}</span>
            {text}
            {"\n"}
          </Line>
        );
      })}
    </pre>
  );
}
