/** A number of bytes for people: 812 bytes, 34 KB, 5.2 MB. */
export function amount(bytes: number): string {
  if (bytes < 1000) return `${bytes} ${bytes === 1 ? "byte" : "bytes"}`;
  const units = ["KB", "MB", "GB", "TB"];
  let size = bytes / 1000;
  let unit = 0;
  for (; size >= 999.5 && unit < units.length - 1; unit++) size /= 1000;
  return `${size < 9.95 ? size.toFixed(1).replace(/\.0$/, "") : Math.round(size)} ${units[unit] ?? ""}`;
}

/** A time for people who read it at `now`: "today, 14:05", "yesterday, 09:30" or "3 November 2026, 09:30". */
export function moment(time: string, now: Date): string {
  const date = new Date(time);
  const clock = date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (date.toDateString() === now.toDateString()) return `today, ${clock}`;
  if (date.toDateString() === yesterday.toDateString()) return `yesterday, ${clock}`;
  return `${date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })}, ${clock}`;
}

/** "1 file", "3 files". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
