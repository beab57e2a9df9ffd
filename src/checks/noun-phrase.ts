/** `an ADD`, `a COPY` */
export function withArticle(noun: string): string {
  return `${/^[aeio]/i.test(noun) ? "an" : "a"} ${noun}`;
}

/** `a network named front with the driver bridge, that is internal` */
export function described(noun: string, words: readonly string[]): string {
  return words.length === 0 ? noun : `${noun} ${words.join(", ")}`;
}
