import { navigate } from "astro:transitions/client";
import { paletteWords as words, type ActName } from "../../words/palette.ts";
import { link } from "../link.ts";
import { chooseLayout, chooseTypeSize, layouts, readLayout, readTypeSize, usualTypeSize } from "../page-view.ts";
import { switchTheme } from "../theme.ts";
import { say } from "../say.ts";
import type { Act } from "./act.ts";
import { goToStep } from "./go-to-step.ts";
import { runNext } from "./run-next.ts";

export interface PageActsOptions {
  readonly openPalette: () => void;
  readonly openShortcuts: () => void;
  /** The reader has gone on to a step. */
  readonly onStep: (id: string) => void;
}

/** What a page can do by itself, with or without a sandbox. */
export function pageActs({ openPalette, openShortcuts, onStep }: PageActsOptions): Act[] {
  const act = (id: ActName, section: Act["section"], run: () => void, more = ""): Act => ({
    id,
    title: words.acts[id],
    section,
    run,
    words: more,
  });
  const hasSteps = document.querySelector(".reading [data-step]") !== null;
  const hasCommands = document.querySelector(".reading [data-run]") !== null;
  const hasSandbox = document.querySelector("[data-sandbox]") !== null;
  const places = Object.entries(words.places).map(([name, title]): Act => ({
    id: `place:${name}`,
    title,
    section: "place",
    run: () => void navigate(link(addresses[name as keyof typeof addresses])),
  }));
  return [
    ...(hasSteps
      ? [
          act("next-step", "lesson", () => {
            const id = goToStep("next");
            if (id === undefined) say(words.noNextStep);
            else onStep(id);
          }),
          act("previous-step", "lesson", () => {
            if (goToStep("previous") === undefined) say(words.noPreviousStep);
          }),
        ]
      : []),
    ...(hasCommands ? [act("run-next", "lesson", runNextCommand, "execute")] : []),
    ...(hasSandbox ? [act("focus-text", "view", focusText, "lesson prose")] : []),
    ...(hasSandbox && matchMedia("(min-width: 56rem)").matches
      ? [
          ...layouts.map((layout) => act(`layout-${layout}`, "view", () => chooseLayout(layout), "preset pane split")),
          act("layout-next", "view", () => chooseLayout(after(readLayout()))),
        ]
      : []),
    act("theme", "view", switchTheme, "colours theme"),
    act("type-larger", "view", () => chooseTypeSize(readTypeSize() + 1), "font zoom bigger"),
    act("type-smaller", "view", () => chooseTypeSize(readTypeSize() - 1), "font zoom"),
    act("type-usual", "view", () => chooseTypeSize(usualTypeSize), "font zoom reset"),
    act("shortcuts", "view", openShortcuts, "keys help"),
    act("palette", "view", openPalette),
    act("search", "view", openPalette),
    act("search-page", "place", () => void navigate(link("search/")), "find"),
    ...places,
  ];
}

const addresses: Readonly<Record<keyof typeof words.places, string>> = {
  home: "",
  playground: "playground/",
  work: "your-work/",
  glossary: "glossary/",
  images: "images/",
  about: "about/",
  privacy: "privacy/",
};

function after(layout: (typeof layouts)[number]): (typeof layouts)[number] {
  return layouts[(layouts.indexOf(layout) + 1) % layouts.length] ?? "work";
}

function runNextCommand(): void {
  if (!runNext()) say(words.nothingToRun);
}

function focusText(): void {
  document.dispatchEvent(new CustomEvent("drydock:show-text"));
  document.querySelector<HTMLElement>("#content")?.focus({ preventScroll: true });
}
