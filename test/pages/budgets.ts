import type { WeightType } from "./weigh.ts";

/**
 * What a page of each kind may weigh: KB (1,000 bytes) as the server compresses them, and requests; nothing of the sandbox is among it. A page over its budget is made lighter,
 * or whoever adds to it says in the commit why its readers shall pay for that. `npm run bench` has what they weigh.
 */
export const pageBudgets: Readonly<Record<string, Readonly<Record<WeightType | "requests", number>>>> = {
  home: { requests: 23, document: 9, script: 15, stylesheet: 6, font: 79, other: 1 },
  lesson: { requests: 50, document: 12, script: 67, stylesheet: 15, font: 116, other: 8 },
  "course record": { requests: 19, document: 8, script: 15, stylesheet: 6, font: 79, other: 1 },
  playground: { requests: 41, document: 5, script: 63, stylesheet: 13, font: 79, other: 8 },
  "run here": { requests: 45, document: 6, script: 69, stylesheet: 15, font: 79, other: 8 },
  stage: { requests: 48, document: 10, script: 90, stylesheet: 16, font: 116, other: 8 },
  presenter: { requests: 27, document: 9, script: 46, stylesheet: 11, font: 79, other: 1 },
  search: { requests: 17, document: 3, script: 12, stylesheet: 6, font: 79, other: 1 },
  glossary: { requests: 16, document: 8, script: 11, stylesheet: 6, font: 79, other: 1 },
  images: { requests: 16, document: 5, script: 11, stylesheet: 6, font: 79, other: 1 },
  coverage: { requests: 16, document: 9, script: 11, stylesheet: 6, font: 79, other: 1 },
  "your work": { requests: 42, document: 7, script: 71, stylesheet: 7, font: 79, other: 1 },
  about: { requests: 15, document: 9, script: 11, stylesheet: 5, font: 79, other: 1 },
  privacy: { requests: 16, document: 6, script: 11, stylesheet: 6, font: 79, other: 1 },
  "embedded lesson": { requests: 48, document: 12, script: 67, stylesheet: 14, font: 116, other: 8 },
  "embedded sandbox": { requests: 40, document: 5, script: 63, stylesheet: 14, font: 79, other: 8 },
  "not found": { requests: 15, document: 3, script: 11, stylesheet: 5, font: 79, other: 1 },
};

/** MB (1,000,000 bytes) of the machine's image that a new reader downloads before the prompt. With the page's own, the target is 40 MB. */
export const imageBudget = 38.5;
