import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { layoutWords } from "../words/layout.ts";
import { panelWords } from "../words/panels.ts";
import { groupOf, isTerminal, panelNames, shortTitleOf, terminalOf, titleOf, type PanelName } from "./panels.ts";
import type { Workbench } from "./workbench.ts";

/**
 * Arrow keys move between the tabs, Tab goes on into what is shown. What does not fit scrolls sideways, which its edges and a
 * button at each end show.
 */
export function PanelTabs({ bench }: { bench: Workbench }) {
  const list = useRef<HTMLDivElement>(null);
  const hidden = useSignal({ before: false, after: false });
  const shown = bench.panel.value;

  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    const look = () => {
      const { scrollLeft, scrollWidth, clientWidth } = element;
      // A fraction of a pixel is no tab.
      const now = { before: scrollLeft > 2, after: scrollLeft + clientWidth < scrollWidth - 2 };
      const last = hidden.peek();
      if (now.before !== last.before || now.after !== last.after) hidden.value = now;
    };
    const sizes = new ResizeObserver(() => {
      showWhole(element);
      look();
    });
    sizes.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [hidden]);
  // After the paint, which has laid out the page: before it, this would do so once more.
  useEffect(() => {
    if (list.current !== null) showWhole(list.current);
  }, [shown]);

  const onKeyDown = (event: KeyboardEvent) => {
    const now = panelNames.indexOf(shown);
    const to = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: panelNames.length - 1 }[event.key];
    const next = to === undefined ? undefined : panelNames[(to + panelNames.length) % panelNames.length];
    if (next === undefined) return;
    event.preventDefault();
    bench.panel.value = next;
    document.getElementById(`tab-${next}`)?.focus();
  };
  const scroll = (way: -1 | 1) => {
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const left = (list.current?.clientWidth ?? 0) * 0.7 * way;
    list.current?.scrollBy({ left, behavior: isCalm ? "instant" : "smooth" });
  };
  // The keyboard has the arrow keys: the buttons are for pointers.
  const edge = (way: -1 | 1) => (
    <button
      type="button"
      class="sandbox-tabs-edge"
      tabIndex={-1}
      aria-hidden="true"
      data-way={way < 0 ? "before" : "after"}
      title={way < 0 ? layoutWords.tabsBefore : layoutWords.tabsAfter}
      hidden={!(way < 0 ? hidden.value.before : hidden.value.after)}
      onClick={() => scroll(way)}
    />
  );
  return (
    <div
      class="sandbox-tabs-frame"
      data-before={hidden.value.before ? "" : undefined}
      data-after={hidden.value.after ? "" : undefined}
    >
      {edge(-1)}
      <div class="sandbox-tabs" role="tablist" aria-label={panelWords.tabs} ref={list} onKeyDown={onKeyDown}>
        <span class="tabs-label" aria-hidden="true">
          <i>&gt;_</i>
          <span>{layoutWords.terminals}</span>
        </span>
        {panelNames.map((name, n) => (
          <PanelTab key={name} bench={bench} name={name} isFirst={startsGroup(n)} />
        ))}
      </div>
      {edge(1)}
    </div>
  );
}

function PanelTab({ bench, name, isFirst }: { bench: Workbench; name: PanelName; isFirst: boolean }) {
  const isShown = bench.panel.value === name;
  const title = titleOf(name);
  const words = isTerminal(name) ? String(terminalOf(name) + 1) : shortTitleOf(name);
  return (
    <button
      type="button"
      role="tab"
      id={`tab-${name}`}
      class={isTerminal(name) ? "terminal-tab" : undefined}
      aria-selected={isShown}
      aria-controls={`panel-${name}`}
      tabIndex={isShown ? 0 : -1}
      aria-label={words === title ? undefined : title}
      title={words === title ? undefined : title}
      data-first={isFirst ? "" : undefined}
      data-below={isTerminal(name) && bench.below.value === terminalOf(name) ? "" : undefined}
      onClick={() => bench.show(name)}
    >
      {words}
    </button>
  );
}

/** Whether the panel is the first of its group, and not of the first group. */
function startsGroup(place: number): boolean {
  const [before, name] = [panelNames[place - 1], panelNames[place]];
  return before !== undefined && name !== undefined && groupOf(before) !== groupOf(name);
}

/** Scrolls the chosen tab into view, and a little more, so that its neighbour is seen too. */
function showWhole(list: HTMLElement): void {
  const tab = list.querySelector<HTMLElement>('[aria-selected="true"]');
  if (tab === null) return;
  const room = 36;
  const left = tab.offsetLeft - room;
  const right = tab.offsetLeft + tab.offsetWidth + room;
  if (left < list.scrollLeft) list.scrollLeft = left;
  else if (right > list.scrollLeft + list.clientWidth) list.scrollLeft = right - list.clientWidth;
}
