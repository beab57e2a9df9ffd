/** The keys of a combination as they are printed on the keyboard, in order. */
export function keyNames(keys: string, isMac: boolean): string[] {
  return keys
    .split(/(?<=\w|\])\+/)
    .filter((key) => key !== "[Shift]")
    .map((key) => {
      if (key === "$mod") return isMac ? "⌘" : "Ctrl";
      return { Control: "Ctrl", Meta: "⌘", "-": "−" }[key] ?? (key.length === 1 ? key.toUpperCase() : key);
    });
}

export function isMacKeyboard(platform = navigator.platform): boolean {
  return /Mac|iPod|iPhone|iPad/.test(platform);
}
