import { navigate } from "astro:transitions/client";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { paletteWords as words } from "../../words/palette.ts";
import type { Act } from "../acts/act.ts";
import { loadLessonSearch } from "../search/lesson-search.ts";
import { Excerpt } from "../search/Excerpt.tsx";
import { shownKeys } from "../shortcuts/shown-keys.ts";
import { PaletteDesk, type PaletteEntry } from "./palette-desk.ts";
import "./palette.css";

/** A field, and below it what its words lead to. The keyboard stays in the field. */
export function Palette({ acts, onClose }: { acts: readonly Act[]; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const desk = useMemo(() => new PaletteDesk({ acts, loadSearch: loadLessonSearch, go }), [acts]);
  useEffect(() => dialog.current?.showModal(), []);

  const query = desk.query.value;
  const groups = desk.groups.value;
  const entries = desk.entries.value;
  const chosen = desk.chosen.value;
  useLayoutEffect(() => {
    list.current?.querySelector("[aria-selected='true']")?.scrollIntoView({ block: "nearest" });
    if (chosen === 0 && list.current !== null) list.current.scrollTop = 0;
  }, [chosen, groups]);

  const run = (entry: PaletteEntry) => {
    // The keyboard goes back to where it was, unless the act takes it elsewhere.
    dialog.current?.close();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    const entry = entries[chosen];
    if (by !== undefined) desk.move(by);
    else if (event.key === "Enter" && entry !== undefined) run(entry);
    else return;
    event.preventDefault();
  };
  const said =
    entries.length > 0
      ? words.count(entries.length)
      : desk.isSearching.value
        ? words.searching
        : query.trim() === ""
          ? ""
          : words.none(query.trim());
  return (
    <dialog
      ref={dialog}
      class="palette"
      aria-label={words.open}
      onClose={onClose}
      onClick={({ target }) => {
        if (target === dialog.current) dialog.current?.close();
      }}
    >
      <div class="palette-box">
        <input
          type="text"
          role="combobox"
          aria-label={words.label}
          placeholder={words.label}
          aria-expanded={entries.length > 0}
          aria-controls="palette-list"
          aria-autocomplete="list"
          aria-activedescendant={chosen >= 0 ? optionId(chosen) : undefined}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          autofocus
          value={query}
          onInput={({ currentTarget }) => desk.type(currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <div class="palette-list" id="palette-list" role="listbox" aria-label={words.results} ref={list}>
          {groups.map(({ section, entries: some }) => (
            <div key={section} role="group" aria-labelledby={`palette-${section}`}>
              <p id={`palette-${section}`} role="presentation">
                {words.sections[section]}
              </p>
              {some.map((entry) => {
                const place = entries.indexOf(entry);
                return (
                  <div
                    key={entry.key}
                    id={optionId(place)}
                    role="option"
                    aria-selected={place === chosen}
                    onPointerMove={() => desk.moveTo(place)}
                    onClick={() => run(entry)}
                  >
                    <span class="palette-title">
                      {entry.title}
                      {entry.result !== undefined && entry.result.heading !== "" && <small>{entry.result.title}</small>}
                    </span>
                    {entry.result !== undefined && <Excerpt parts={entry.result.excerpt} />}
                    {entry.act !== undefined && <Keys act={entry.act} />}
                  </div>
                );
              })}
            </div>
          ))}
        </div>
        {entries.length === 0 && said !== "" && <p class="palette-none">{said}</p>}
        {desk.problem.value !== undefined && (
          <p class="palette-none" role="alert">
            {desk.problem.value}
          </p>
        )}
        <p class="palette-foot" aria-hidden="true">
          <span>
            <kbd>↑</kbd>
            <kbd>↓</kbd> {words.choose}
          </span>
          <span>
            <kbd>Enter</kbd> {words.run}
          </span>
          <span>
            <kbd>Esc</kbd> {words.close}
          </span>
        </p>
        <output>{said}</output>
      </div>
    </dialog>
  );
}

function go(href: string): void {
  // On a narrow window the sandbox may cover the text.
  document.dispatchEvent(new CustomEvent("drydock:show-text"));
  void navigate(href);
}

function Keys({ act }: { act: string }) {
  const keys = shownKeys(act);
  if (keys.length === 0) return null;
  return (
    <span class="palette-keys" aria-hidden="true">
      {keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}

function optionId(place: number): string {
  return `palette-option-${place}`;
}
