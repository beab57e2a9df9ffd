import type { ExcerptPart } from "./excerpt.ts";

/** A passage with the words in it that were looked for. */
export function Excerpt({ parts }: { parts: readonly ExcerptPart[] }) {
  return (
    <span class="excerpt">{parts.map(({ text, isMatch }, n) => (isMatch ? <mark key={n}>{text}</mark> : text))}</span>
  );
}
