/** A word after a fence's language: `save-as="my file.txt"`. */
interface FenceWord {
  readonly name: string;
  /** Without its quotes. */
  readonly value: string;
  readonly original: string;
}

export function readFenceWords(words: string): FenceWord[] {
  return [...words.matchAll(/([^\s=]+)=(?:"([^"]*)"|'([^']*)'|(\S*))|\S+/g)].map(
    ({ 0: original, 1: name, 2: double, 3: single, 4: plain }) => ({
      name: name ?? original,
      value: double ?? single ?? plain ?? "",
      original,
    }),
  );
}
