/** Where an arrow key leads from `from`: to the nearest of `others` on that side, rather straight on than aside. */
export function nearest<T>(
  from: Place,
  others: readonly { readonly at: Place; readonly what: T }[],
  key: string,
): T | undefined {
  const direction = directions[key];
  if (direction === undefined) return undefined;
  const { along, sign } = direction;
  const across = along === "x" ? "y" : "x";
  let best: { readonly what: T; readonly distance: number } | undefined;
  for (const { at, what } of others) {
    const ahead = (at[along] - from[along]) * sign;
    // Things of one column or row stand in a line, give or take a little.
    if (ahead < 4) continue;
    const distance = ahead + Math.abs(at[across] - from[across]) * 3;
    if (best === undefined || distance < best.distance) best = { what, distance };
  }
  return best?.what;
}

/** The middle of something on the page. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

const directions: Readonly<Record<string, { along: "x" | "y"; sign: 1 | -1 }>> = {
  ArrowLeft: { along: "x", sign: -1 },
  ArrowRight: { along: "x", sign: 1 },
  ArrowUp: { along: "y", sign: -1 },
  ArrowDown: { along: "y", sign: 1 },
};
