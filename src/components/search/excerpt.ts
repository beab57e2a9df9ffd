export interface ExcerptPart {
  readonly text: string;
  readonly isMatch: boolean;
}

/** About as many letters of `text` as two lines hold, around the place where most of `terms` are, with these marked. */
export function excerpt(text: string, terms: readonly string[], letters = 170): ExcerptPart[] {
  const places = findTerms(text, terms);
  const start = startOf(text, bestPlace(places, letters), letters);
  const hasMore = start + letters < text.length;
  const cut = hasMore ? text.lastIndexOf(" ", start + letters) : text.length;
  const end = cut > start ? cut : start + letters;
  const parts: ExcerptPart[] = [];
  const add = (from: number, to: number, isMatch: boolean) => {
    if (to > from) parts.push({ text: text.slice(from, to), isMatch });
  };
  if (start > 0) parts.push({ text: "… ", isMatch: false });
  let at = start;
  for (const place of places.filter((one) => one.from >= start && one.to <= end)) {
    add(at, place.from, false);
    add(place.from, place.to, true);
    at = place.to;
  }
  add(at, end, false);
  if (end < text.length) parts.push({ text: " …", isMatch: false });
  return parts;
}

interface TermPlace {
  readonly from: number;
  readonly to: number;
}

/** Whole words only: the terms of an index are that. */
function findTerms(text: string, terms: readonly string[]): TermPlace[] {
  const wanted = new Set(terms);
  return [...text.matchAll(/[^\p{Z}\p{P}\n]+/gu)]
    .filter(([word]) => wanted.has(word.toLowerCase()))
    .map(({ 0: word, index }) => ({ from: index, to: index + word.length }));
}

/** The match from which on most others are within reach. */
function bestPlace(places: readonly TermPlace[], letters: number): number {
  let best = { count: 0, from: 0 };
  for (const { from } of places) {
    const count = places.filter((one) => one.from >= from && one.to <= from + letters * 0.8).length;
    if (count > best.count) best = { count, from };
  }
  return best.from;
}

/** A little before the match, at the beginning of a word. */
function startOf(text: string, place: number, letters: number): number {
  const from = Math.max(0, Math.min(place - Math.round(letters / 4), text.length - letters));
  if (from === 0) return 0;
  const space = text.indexOf(" ", from);
  return space === -1 || space > place ? from : space + 1;
}
