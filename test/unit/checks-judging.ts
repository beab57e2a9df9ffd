import { expect, it } from "vitest";
import { bindCheck } from "../../src/checks/kinds.ts";
import { validateCheck } from "../../src/checks/schema.ts";
import type { CheckSpec } from "../../src/lessons/model.ts";
import { contextOf, FakeWorld } from "./checks-fakes.ts";

export interface Judged {
  /** Without its kind. */
  readonly asks: Readonly<Record<string, unknown>>;
  /** Where it is refused: what was seen. */
  readonly seen?: string | RegExp;
  /** What was wanted, if it matters here; it is a sentence in any case. */
  readonly wanted?: string;
}

/** Each check, right for an author, passes in the world where nothing is `seen`, and else is refused with the sentences. */
export function judges(
  kind: string,
  prepare: (world: FakeWorld) => void,
  rows: Readonly<Record<string, Judged>>,
): void {
  it.each(Object.entries(rows))("%s", async (_, { asks, seen, wanted }) => {
    const spec: CheckSpec = { kind, ...asks };
    expect(validateCheck(spec)).toBeUndefined();
    const world = new FakeWorld();
    prepare(world);
    const outcome = await bindCheck(spec).ask(contextOf(world));
    if (seen === undefined) expect(outcome).toEqual({ result: "passed" });
    else {
      const words = wanted ?? (expect.stringMatching(/^Wanted (is|are) [^]*[^ ]\.$/) as string);
      expect(outcome).toEqual({
        result: "not-yet",
        seen: typeof seen === "string" ? seen : (expect.stringMatching(seen) as string),
        wanted: words,
      });
    }
  });
}

/** Each check is refused at build time with the sentence. */
export function refusesToBind(kind: string, rows: readonly [sentence: string, asks: Judged["asks"]][]): void {
  it.each(rows)("says to the author: %s", (sentence, asks) => {
    expect(validateCheck({ kind, ...asks })).toBe(sentence);
  });
}

/** Whether the check would be asked again after this event. */
export function isConcerned(
  spec: CheckSpec,
  Type: string,
  Action: string,
  Attributes: Record<string, string> = {},
): boolean {
  return bindCheck(spec).concerns({ source: "engine", event: { Type, Action, Actor: { ID: "id", Attributes } } });
}

export const ask = (world: FakeWorld, spec: CheckSpec) => bindCheck(spec).ask(contextOf(world));
export const passes = { result: "passed" };
/** The event of this number fulfilled it. */
export const passesBy = (event: number) => ({ result: "passed", since: { events: event, commands: 0 } });
export const notYet = (seen: string | RegExp, wanted: string | RegExp = /^Wanted is /) => ({
  result: "not-yet",
  seen: typeof seen === "string" ? seen : (expect.stringMatching(seen) as string),
  wanted: typeof wanted === "string" ? wanted : (expect.stringMatching(wanted) as string),
});
