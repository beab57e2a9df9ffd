import { computed, effect, untracked } from "@preact/signals";
import type { EmbedSeat } from "../../embed/embed-desk.ts";
import type { TerminalNumber, Workbench } from "../../sandbox/workbench.ts";
import { embedWords } from "../../words/embed.ts";

/** The workbench as a page around it may use it. */
export function createEmbedSeat(bench: Workbench): EmbedSeat {
  const { state } = bench.session;
  return {
    lesson: computed(() => bench.lesson.value ?? { id: null, title: embedWords.playground, steps: [] }),
    steps: bench.steps,
    phase: computed(() => {
      if (bench.isResetting.value) return "resetting";
      const { phase } = state.value;
      // What is typed before the terminals are joined would wait.
      return phase === "ready" && !bench.isJoined.value ? "booting" : phase;
    }),
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
    onEnd: (listener) => {
      const end = effect(() => {
        const command = bench.lastCommand.value;
        if (command === undefined || command.terminal === "vm" || command.exitCode === undefined) return;
        const { terminal, line, exitCode } = command;
        untracked(() => listener({ terminal, line, exitCode }));
      });
      return { [Symbol.dispose]: end };
    },
  };
}

/** As `showStep`, but leaves the keyboard where it is, and the page around as it is: `scrollIntoView` would scroll that, too. */
function bringUp(id: string): void {
  const section = document.getElementById(`step-${id}`);
  if (section === null) return;
  document.dispatchEvent(new CustomEvent("drydock:show-text"));
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const { scrollMarginTop } = getComputedStyle(section);
  const top = section.getBoundingClientRect().top + scrollY - Number.parseFloat(scrollMarginTop);
  scrollTo({ top, behavior: isCalm ? "instant" : "smooth" });
}
