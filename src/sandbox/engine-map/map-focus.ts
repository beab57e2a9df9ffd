import { useLayoutEffect } from "preact/hooks";
import type { EngineDesk } from "./engine-desk.ts";
import { nearest } from "./nearest.ts";

/** Keeps one of the map's buttons, the one that last had the focus, where Tab stops. */
export function useTabStop(host: { readonly current: HTMLDivElement | null }): void {
  useLayoutEffect(() => {
    const map = host.current;
    if (map === null) return;
    const stops = [...map.querySelectorAll<HTMLElement>("[data-stop]")];
    const now =
      stops.find((stop) => stop === document.activeElement) ??
      stops.find((stop) => stop.tabIndex === 0 && stop.dataset.at !== undefined);
    for (const stop of stops) {
      delete stop.dataset.at;
      stop.tabIndex = -1;
    }
    const next = now ?? stops.find(({ dataset }) => dataset.kind === "container") ?? stops[0];
    if (next === undefined) return;
    next.tabIndex = 0;
    next.dataset.at = "";
  });
}

/** Carries the focus where the keyboard leads it. */
export function moveFocus(event: KeyboardEvent & { readonly currentTarget: HTMLElement }, desk: EngineDesk): void {
  const now = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-stop]") : null;
  if (now === null) return;
  if (event.key === "Escape" && desk.chosen.peek() !== undefined) {
    desk.choose(undefined);
    return;
  }
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-stop]")];
  const column = now.closest("[data-column]")?.querySelectorAll<HTMLElement>("[data-stop]");
  const next =
    event.key === "Home" || event.key === "End"
      ? [...(column ?? stops)].at(event.key === "Home" ? 0 : -1)
      : nearest(
          middleOf(now),
          stops.map((what) => ({ at: middleOf(what), what })),
          event.key,
        );
  if (next === undefined) return;
  event.preventDefault();
  for (const stop of stops) {
    stop.tabIndex = stop === next ? 0 : -1;
    delete stop.dataset.at;
  }
  next.dataset.at = "";
  next.focus();
}

function middleOf(element: HTMLElement) {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
}
