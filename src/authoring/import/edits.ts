/** Changes to a text by place, so that what is not changed stays as its author wrote it. */
export interface Edits {
  /** Puts `text` in the place of `from` up to `to`. A change that meets an earlier one is left out: the first wins. */
  replace(from: number, to: number, text: string): void;
  /** Puts `text` before `at`, after what was put there earlier. */
  insert(at: number, text: string): void;
  /** Whether what is at `at` is replaced already. */
  covers(at: number): boolean;
  /** The text from `from` up to `to` with its changes. */
  apply(from: number, to: number): string;
}

export function createEdits(source: string): Edits {
  const made: { readonly from: number; readonly to: number; readonly text: string }[] = [];
  const covers = (at: number): boolean => made.some(({ from, to }) => from <= at && at < to);
  return {
    covers,
    replace(from, to, text) {
      if (made.some((each) => each.from < to && from < each.to)) return;
      made.push({ from, to, text });
    },
    insert(at, text) {
      if (!made.some(({ from, to }) => from < at && at < to)) made.push({ from: at, to: at, text });
    },
    apply(from, to) {
      const inside = made.filter((each) => from <= each.from && each.to <= to);
      // Those of the same place stay in the order in which they were made, insertions before what is replaced.
      inside.sort((a, b) => a.from - b.from || a.to - b.to);
      let result = "";
      let at = from;
      for (const edit of inside) {
        result += source.slice(at, edit.from) + edit.text;
        at = edit.to;
      }
      return result + source.slice(at, to);
    },
  };
}
