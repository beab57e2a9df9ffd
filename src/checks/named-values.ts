import * as z from "zod/mini";
import type { Property } from "./property.ts";

/** Names to values: `true` is any value, `false` that there is none of the name. */
export function namedValues() {
  return z
    .record(
      z.string().check(z.minLength(1)),
      z.union([z.string(), z.boolean()], "a text, true for any value or false for none"),
    )
    .check(z.refine((values) => Object.keys(values).length > 0, "must not be empty"));
}

type NamedValues = Readonly<Record<string, string | boolean>>;
type Found = Readonly<Record<string, string | null | undefined>> | null | undefined;

/** `noun` is what one is called, such as `label`. The wanted value is not told, as it is what the learner is to find. */
export function namedValuesProperty<Thing>(
  noun: string,
  find: (thing: Thing) => Found,
): Property<NamedValues, Thing, unknown> {
  return {
    wrong: (wanted, thing) =>
      Object.entries(wanted).flatMap(([name, value]) => {
        const found = find(thing)?.[name] ?? undefined;
        if (found === undefined) return value === false ? [] : [`has no ${noun} ${name}`];
        if (value === true || value === found) return [];
        return [`has the ${noun} ${name}${value === false ? "" : ` with the value "${found}"`}`];
      }),
    wants: (wanted) =>
      Object.entries(wanted).map(([name, value]) =>
        value === false
          ? `without the ${noun} ${name}`
          : value === true
            ? `with the ${noun} ${name}`
            : `with ${noun === "variable" ? "" : `the ${noun} `}${name} set as the step asks`,
      ),
  };
}

/** `["A=b"]` is `{ A: "b" }`. */
export function readVariables(list: readonly string[] | null | undefined): Record<string, string> {
  return Object.fromEntries(
    (list ?? []).map((line) => {
      const equals = line.indexOf("=");
      return equals < 0 ? [line, ""] : [line.slice(0, equals), line.slice(equals + 1)];
    }),
  );
}
