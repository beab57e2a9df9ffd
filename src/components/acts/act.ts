import type { paletteWords } from "../../words/palette.ts";

/** Something that can be done now, from the palette, by a shortcut or from a menu. */
export interface Act {
  /** One of `paletteWords.acts`, or one of a kind: `step:…`, `panel:…`, `picture:…`, `place:…`. */
  readonly id: string;
  readonly title: string;
  readonly section: keyof typeof paletteWords.sections;
  /** Other words that lead to it. */
  readonly words?: string;
  readonly run: () => void;
}
