import { useSignal } from "@preact/signals";
import { Fragment } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { paletteWords } from "../../words/palette.ts";
import { shortcutWords as words } from "../../words/shortcuts.ts";
import { isMacKeyboard, keyNames } from "./key-names.ts";
import { ownKeys, shortcuts } from "./shortcuts.ts";
import { areSingleKeysOn, chooseSingleKeys } from "./single-keys.ts";
import "../palette/palette.css";

/** All shortcuts, from the list that handles them, and the switch for those of a single key. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const areOn = useSignal(areSingleKeysOn());
  useEffect(() => dialog.current?.showModal(), []);
  const groups = Object.keys(words.groups) as (keyof typeof words.groups)[];
  return (
    <dialog ref={dialog} class="shortcut-sheet" aria-labelledby="shortcuts-title" onClose={onClose}>
      <div class="sheet-head">
        <h2 id="shortcuts-title">{words.title}</h2>
        <button type="button" class="plain-tool" onClick={() => dialog.current?.close()}>
          {words.close}
        </button>
      </div>
      <label class="sheet-switch">
        <input
          type="checkbox"
          role="switch"
          checked={areOn.value}
          aria-describedby="single-keys-what"
          onChange={({ currentTarget }) => {
            areOn.value = currentTarget.checked;
            chooseSingleKeys(currentTarget.checked);
          }}
        />
        <span>
          {words.singleKeys}
          <small id="single-keys-what">{words.singleKeysWhat}</small>
        </span>
      </label>
      <div class="sheet-groups" data-off={areOn.value ? undefined : ""}>
        {groups.map((group) => (
          <section key={group} aria-label={words.groups[group]}>
            <h3>{words.groups[group]}</h3>
            <dl>
              {rowsOf(group).map(({ what, keys, isSingle }) => (
                <Fragment key={what}>
                  <dt data-single={isSingle ? "" : undefined}>{what}</dt>
                  <dd data-single={isSingle ? "" : undefined}>
                    {keys.map(({ names, where }, n) => (
                      <span key={n} class="sheet-keys">
                        {n > 0 && <span class="sheet-or">{words.or}</span>}
                        {names.map((name) => (
                          <kbd key={name}>{name}</kbd>
                        ))}
                        {where !== "" && <small>{where}</small>}
                      </span>
                    ))}
                  </dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </dialog>
  );
}

interface SheetRow {
  readonly what: string;
  readonly keys: readonly { readonly names: readonly string[]; readonly where: string }[];
  readonly isSingle: boolean;
}

function rowsOf(group: keyof typeof words.groups): SheetRow[] {
  const isMac = isMacKeyboard();
  const rows = new Map<string, { names: readonly string[]; where: string }[]>();
  const singles = new Set<string>();
  for (const { act, keys, scope } of shortcuts.filter((one) => one.group === group)) {
    const what = act === "panels" ? words.panels : paletteWords.acts[act];
    const where = scope === "anywhere" ? words.anywhere : scope === "terminal" ? words.inTerminal : "";
    if (scope === "page" && !keys.some((key) => /^\$mod|^Control/.test(key))) singles.add(what);
    const shown = act === "panels" ? [keys[0], keys.at(-1)] : keys.filter((key) => isMac || !key.startsWith("Meta"));
    const names = shown.flatMap((key) => (key === undefined ? [] : [keyNames(key, isMac)]));
    const joined =
      act === "panels"
        ? [{ names: [names.map(([name]) => name).join(" … ")], where }]
        : names.map((each) => ({ names: each, where }));
    rows.set(what, [...(rows.get(what) ?? []), ...joined]);
  }
  for (const { what, keys } of ownKeys.filter((one) => one.group === group)) {
    rows.set(words.own[what], [{ names: keyNames(keys, isMac), where: "" }]);
  }
  return [...rows].map(([what, keys]) => ({ what, keys, isSingle: singles.has(what) }));
}
