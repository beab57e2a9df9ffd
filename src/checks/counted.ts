import { amountProblem, isMany, sayAmount, type Amount } from "./amount.ts";
import { described, withArticle } from "./noun-phrase.ts";

/** How many things of a kind a check asks for, of which there may be none. */
export interface Counts {
  readonly count?: number | undefined;
  readonly minCount?: number | undefined;
  readonly maxCount?: number | undefined;
}

/** For `problem`, where there may be none at all: then nothing need be done for there to be at most so many. */
export function countProblem({ count, minCount, maxCount }: Counts): string | undefined {
  const names = { exactly: "count", min: "minCount", max: "maxCount" };
  const problem = amountProblem({ exactly: count, min: minCount, max: maxCount }, names);
  if (problem !== undefined || maxCount === undefined || minCount !== undefined) return problem;
  return (
    '"maxCount" needs "minCount", as there are no more than so many where nothing was done. To ask for few or none, write ' +
    `<Check not> around a check with minCount={${maxCount + 1}}.`
  );
}

/** At least one where nothing else is asked. */
export function amountOf({ count, minCount, maxCount }: Counts): Amount {
  return { exactly: count, min: minCount ?? (count === undefined ? 1 : undefined), max: maxCount };
}

/**
 * To follow `Wanted` or `There`: `is a node named one`, `are at least 2 nodes that are ready`. `which` comes right behind the noun, the
 * words behind that.
 */
export function sayCounted(counts: Counts, noun: string, which: string, words: readonly string[]): string {
  if ((counts.count ?? counts.minCount) === undefined) return `is ${described(withArticle(noun) + which, words)}`;
  const amount = amountOf(counts);
  const many = isMany(amount);
  return `${many ? "are" : "is"} ${described(sayAmount(amount, noun) + which, many ? words.map(ofMany) : words)}`;
}

/** Words about one thing, about several: `that is running` becomes `that are running`. */
function ofMany(words: string): string {
  return words
    .replace(/^that is an? (\w+)$/, "that are $1s")
    .replace(/^that (is|has|was|does|runs)\b/, (_, verb: string) => `that ${verbs[verb] ?? verb}`)
    .replace(/\bits\b/g, "their");
}

const verbs: Readonly<Record<string, string>> = { is: "are", has: "have", was: "were", does: "do", runs: "run" };
