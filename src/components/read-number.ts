/** The number that a reader wrote, with a point or a comma, and perhaps a unit after it; undefined when it is none. */
export function readNumber(text: string): number | undefined {
  const [, number] = /^([+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+))\s*[\p{L}%°]*$/u.exec(text.trim().replace("−", "-")) ?? [];
  return number === undefined ? undefined : Number(number.replace(",", "."));
}
