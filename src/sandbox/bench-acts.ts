import type { Act } from "../components/acts/act.ts";
import { paletteWords as words, type ActName } from "../words/palette.ts";
import { panelNames, titleOf, type PanelName } from "./panels.ts";
import { showStep } from "./show-step.ts";
import { copyFrom, pasteInto } from "./transfer/terminal-clipboard.ts";
import type { Workbench } from "./workbench.ts";

/** What can be done with the sandbox as it is just now. */
export function benchActs(bench: Workbench): Act[] {
  const acts: Act[] = [];
  const add = (id: ActName, section: Act["section"], run: () => void, more = "") =>
    void acts.push({ id, title: words.acts[id], section, run, words: more });
  const show = (panel: PanelName) => {
    document.dispatchEvent(new CustomEvent("drydock:show-sandbox"));
    bench.show(panel);
  };
  const showTerminal = () => {
    document.dispatchEvent(new CustomEvent("drydock:show-sandbox"));
    bench.showTerminal();
  };
  addSteps(bench, acts, add);
  for (const panel of panelNames) {
    const title = words.panel(titleOf(panel));
    acts.push({ id: `panel:${panel}`, title, section: "panel", run: () => show(panel), words: "open tab" });
  }
  add("focus-terminal", "panel", showTerminal, "shell console");
  add("focus-editor", "panel", () => show("editor"));
  if (bench.split.canBe.value)
    add("terminal-below", "panel", () => bench.split.choose(!bench.split.isOn.peek()), "split both");
  const { phase } = bench.session.state.value;
  const machine = bench.session.machine;
  const canAct = machine !== undefined && phase !== "ending" && bench.acts.busy.value === undefined;
  if (machine !== undefined) {
    const clear = () => {
      bench.panes.peek()[bench.terminal.peek()]?.clear();
      showTerminal();
    };
    const search = () => {
      showTerminal();
      bench.isSearching.value = true;
    };
    const paste = () => {
      showTerminal();
      void pasteInto(bench);
    };
    add("clear-terminal", "terminal", clear, "clean empty");
    add("search-terminal", "terminal", search, "find");
    add("copy-terminal", "terminal", () => void copyFrom(bench), "clipboard");
    add("paste-terminal", "terminal", paste, "clipboard");
    add("upload", "files", () => (bench.transfer.value = { kind: "upload" }), "put copy send import");
    add("download", "files", () => (bench.transfer.value = { kind: "download" }), "get copy save export");
  }
  add("screen-reader", "terminal", () => bench.chooseForScreenReader(!bench.isForScreenReader.peek()), "accessible");
  if (canAct) {
    add("new-shell", "machine", () => void bench.restartShell(bench.terminal.peek()), "hang stuck kill");
    add("restart-engine", "machine", () => void bench.restartEngine(), "daemon engine");
    add("reset-machine", "machine", () => (bench.askReset.value = true), "fresh clean");
    if (machine.capabilities.save && !bench.keeper.isKeeping.value)
      add("keep-machine", "machine", () => void bench.keeper.keepNow(machine), "save");
  }
  if (phase === "unresponsive") add("restart-machine", "machine", () => void bench.session.restart(), "silent dead");
  if (["idle", "waiting", "failed", "elsewhere"].includes(phase)) {
    const takeOver = phase === "elsewhere";
    add("start-machine", "machine", () => void bench.session.start({ takeOver }), "reconnect again");
  }
  return [...acts, ...pictureActs(bench)];
}

function addSteps(
  bench: Workbench,
  acts: Act[],
  add: (id: ActName, section: Act["section"], run: () => void) => void,
): void {
  const steps = bench.steps.value;
  const current = steps.find(({ isCurrent }) => isCurrent);
  if (current !== undefined) {
    if (current.state !== "done") {
      add("check-again", "lesson", () => bench.desk.checkAgain());
      add("skip-step", "lesson", () => {
        bench.desk.skipStep(current.id);
        showStep(bench.steps.peek().find(({ isCurrent }) => isCurrent)?.id ?? current.id);
      });
    }
    add("reset-step", "lesson", () => (bench.resetting.value = { step: current.id }));
  }
  if (steps.length > 0) add("reset-lesson", "lesson", () => (bench.resetting.value = "lesson"));
  for (const [n, { id, title }] of steps.entries()) {
    const run = () => {
      bench.desk.openStep(id);
      showStep(id);
    };
    acts.push({ id: `step:${id}`, title: words.step(n + 1, title), section: "step", run });
  }
}

/** The buttons that the shown panel has for taking its picture away. */
function pictureActs(bench: Workbench): Act[] {
  const panel = bench.panel.value;
  const buttons = document.querySelectorAll<HTMLElement>(`#panel-${panel} .picture-tools button`);
  return [...buttons].map((button, n) => ({
    id: `picture:${n}`,
    title: words.ofPanel(titleOf(panel), button.textContent.trim()),
    section: "picture",
    run: () => button.click(),
  }));
}
