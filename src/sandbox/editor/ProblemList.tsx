import { editorWords } from "../../words/editor.ts";
import type { EditorDesk } from "./editor-desk.ts";

const words = editorWords.problems;

/** What is wrong in the file that is shown; each leads to its place. */
export function ProblemList({ desk }: { desk: EditorDesk }) {
  const problems = desk.shownProblems.value;
  return (
    <section class="problem-list" id="editor-problems" aria-label={words.label}>
      <ul>
        {problems.slice(0, most).map(({ line, column, severity, message }, n) => (
          <li key={n}>
            <button type="button" data-severity={severity} onClick={() => desk.editor.goTo(line, column)}>
              <span class="problem-kind">{words.severity[severity]}</span>
              <span class="problem-line">{words.line(line)}</span>
              <span>{message}</span>
            </button>
          </li>
        ))}
      </ul>
      {problems.length > most && <p>{words.more(problems.length - most)}</p>}
    </section>
  );
}

const most = 50;
