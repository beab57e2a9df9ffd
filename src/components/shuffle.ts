/** The items in an order that depends on `id` alone, and is not the one they came in. */
export function shuffleById<Item>(items: readonly Item[], id: string): Item[] {
  const shuffled = [...items];
  const next = createRandom(hash(id));
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = next() % (last + 1);
    [shuffled[last], shuffled[other]] = [shuffled[other] as Item, shuffled[last] as Item];
  }
  if (shuffled.every((item, index) => item === items[index])) shuffled.push(...shuffled.splice(0, 1));
  return shuffled;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return value >>> 0;
}

/** mulberry32: whole numbers of 32 bits. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
