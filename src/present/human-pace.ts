/** How fast the presenter's commands are typed: factors of the usual pause. */
export const paces = { slow: 1.8, usual: 1, fast: 0.45 } as const;
export type Pace = keyof typeof paces;

/**
 * Milliseconds before `letter` is typed after `before`, as of somebody who types well and is watched: even within a word, slower where
 * a new one begins. `random` answers numbers from 0 up to 1.
 */
export function pauseBefore(letter: string, before: string | undefined, pace: Pace, random: () => number): number {
  const usual = 38 + random() * 62;
  const beginsWord = before === undefined || /\s/.test(before);
  const isHard = /[|&;<>"'$`{}()[\]\\~^]/.test(letter);
  return Math.round((usual + (beginsWord ? 45 : 0) + (isHard ? 60 : 0) + (letter === "\n" ? 220 : 0)) * paces[pace]);
}
