/** Text as it may stand in an SVG, between tags or in a quoted attribute. */
export function escapeSvg(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** In one line, at most `letters` long. */
export function cutText(text: string, letters: number): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > letters ? `${line.slice(0, letters - 1)}…` : line;
}
