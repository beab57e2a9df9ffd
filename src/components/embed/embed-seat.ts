import { computed } from "@preact/signals";
import type { EmbedSeat } from "../../embed/embed-desk.ts";
import type { TerminalNumber, Workbench } from "../../sandbox/workbench.ts";
import { embedWords } from "../../words/embed.ts";

/** The workbench as a page around it may use it. */
export function createEmbedSeat(bench: Workbench): EmbedSeat {
  const { state } = bench.session;
  return {
    lesson: computed(() => bench.lesson.value ?? { id: null, title: embedWords.playground, steps: [] }),
    steps: bench.steps,
    phase: computed(() => (bench.isResetting.value ? "resetting" : state.value.phase)),
    failure: computed(() => (state.value.phase === "failed" ? state.value.message : undefined)),
    run(command, terminal) {
      const number = (terminal - 1) as TerminalNumber;
      document.dispatchEvent(new CustomEvent("drydock:show-sandbox"));
      // Without the keyboard: that is in the page around, where the reader is.
      if (bench.below.peek() === undefined) bench.panel.value = `terminal-${number}`;
      else bench.terminal.value = number;
      bench.queue.run({ command, terminal: number });
    },
    openStep(id) {
      bench.desk.openStep(id);
      bringUp(id);
    },
    onEnd: (listener) =>
      bench.onCommand(({ terminal, line, exitCode }) => {
        if (terminal !== "vm" && exitCode !== undefined) listener({ terminal, line, exitCode });
      }),
  };
}

/** Scrolls to a step of the text, in this frame alone, and without the keyboard. */
function bringUp(id: string): void {
  const section = document.getElementById(`step-${id}`);
  if (section === null) return;
  // On a narrow window the sandbox may cover the text.
  document.dispatchEvent(new CustomEvent("drydock:show-text"));
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const top = section.getBoundingClientRect().top + scrollY - Number.parseFloat(getComputedStyle(section).scrollMarginTop);
  scrollTo({ top, behavior: isCalm ? "instant" : "smooth" });
}
