/** `a, b and c` */
export function listed(words: readonly string[], last: "and" | "or" = "and"): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1) ?? ""}`;
}

/** `the tag 1`, `the tags 1 and 2` */
export function listedAs(noun: string, names: readonly string[], nouns = `${noun}s`): string {
  return `the ${names.length === 1 ? noun : nouns} ${listed(names)}`;
}
