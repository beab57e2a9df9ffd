import { isMacKeyboard, keyNames } from "./key-names.ts";
import { areSingleKeysOn } from "./single-keys.ts";
import { isSingleKey, shortcuts } from "./shortcuts.ts";

/** The keys of an act's first shortcut that works, for a list of acts; none when it has none. */
export function shownKeys(act: string): string[] {
  const found = shortcuts.find((one) => one.act === act && one.scope !== "terminal");
  const [key] = found?.keys ?? [];
  if (key === undefined || (isSingleKey(key) && !areSingleKeysOn())) return [];
  return keyNames(key, isMacKeyboard());
}
