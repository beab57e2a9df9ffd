/**
 * For a figure that misses its target, by its id: what was tried, and the floor that was found. The report prints those of missed
 * targets, and says of a missed target without one that it is not explained.
 */
export const notes: Readonly<Record<string, string>> = {};
