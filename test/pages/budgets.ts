import type { WeightType } from "./weigh.ts";

/**
 * What a page of each kind may weigh: KB (1,000 bytes) as the server compresses them, and requests; nothing of the sandbox is among it. A page over its budget is made lighter,
 * or whoever adds to it says in the commit why its readers shall pay for that. `npm run bench` has what they weigh.
 */
export const pageBudgets: Readonly<Record<string, Readonly<Record<WeightType | "requests", number>>>> = {};
