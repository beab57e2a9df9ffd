/** A CSS colour as six or eight hexadecimal digits, as Monaco wants it, or nothing: picks the half of a `light-dark()` that holds. */
export function hexadecimal(colour: string, isDark: boolean): string | undefined {
  const pair = /^light-dark\(([^,]*),([^,]*)\)$/i.exec(colour.trim());
  const chosen = (pair === null ? colour : (pair[isDark ? 2 : 1] ?? "")).trim();
  if (/^#([0-9a-f]{6}|[0-9a-f]{8})$/i.test(chosen)) return chosen;
  // A minifier shortens #ffffff.
  if (/^#[0-9a-f]{3,4}$/i.test(chosen)) return chosen.replace(/[0-9a-f]/gi, "$&$&");
  return undefined;
}
