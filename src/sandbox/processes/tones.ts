/** Colours by which containers are told apart, beside their names; those of the page are in processes.css, by the same numbers. */
const tonesOnWhite = ["#0b63ce", "#1b6e48", "#7a3db8", "#7a5300", "#0f6b75", "#a8286a"] as const;

/** Of a container, by the number that the desk gave it; undefined for what is in none. */
export function toneOf(number: number | undefined): number | undefined {
  return number === undefined ? undefined : number % tonesOnWhite.length;
}

/** For pictures that are white themselves. */
export function toneOnWhite(number: number | undefined): string {
  return tonesOnWhite[toneOf(number) ?? -1] ?? "#4d5a64";
}
