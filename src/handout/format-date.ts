const format = new Intl.DateTimeFormat("en-GB", { dateStyle: "long" });

/** `27 November 2026`, as it is where the handout is made. */
export function formatDate(date: Date): string {
  return format.format(date);
}
