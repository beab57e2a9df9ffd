/** Text as content of an element or as value of a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/** `text` as a string of CSS that may stand in a style element, too. */
export function cssString(text: string): string {
  const escaped = text.replace(/["\\<\p{Cc}]/gu, (sign) => `\\${(sign.codePointAt(0) ?? 0).toString(16)} `);
  return `"${escaped}"`;
}

/** `27 November 2026`, as it is where the handout is made. */
export function formatDate(date: Date): string {
  return dateFormat.format(date);
}

const dateFormat = new Intl.DateTimeFormat("en-GB", { dateStyle: "long" });
