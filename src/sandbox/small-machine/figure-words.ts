/** Seconds with one decimal, as a stopwatch shows them. */
export function sayTime(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** As Docker counts: a megabyte has a million bytes. */
export function saySize(bytes: number): string {
  if (bytes < 100_000) return `${Math.max(1, Math.round(bytes / 1000))} kB`;
  const megabytes = bytes / 1_000_000;
  return `${megabytes < 10 ? megabytes.toFixed(1) : Math.round(megabytes)} MB`;
}

/** How much of the longest bar each has, between 0 and 1. */
export function shares(values: readonly (number | undefined)[]): readonly number[] {
  const most = Math.max(...values.map((value) => value ?? 0));
  return values.map((value) => (value === undefined || most === 0 ? 0 : value / most));
}
