import { listed } from "./listed.ts";

/** One property that a check may ask for: what to say of a thing that lacks it, and of the wanted one. */
export interface Property<Wanted, Thing, Parameters> {
  /** What is wrong with the thing, to follow its name: `is paused`. */
  wrong(wanted: Wanted, thing: Thing, all: Parameters): Words;
  /** What is wanted, to follow the noun: `that is running`. */
  wants(wanted: Wanted, all: Parameters): Words;
}

/** By the names of the parameters that ask for them, in the order of the sentence. */
export type Properties<Parameters, Thing> = {
  readonly [Key in keyof Parameters]?: Property<NonNullable<Parameters[Key]>, Thing, Parameters>;
};

type Words = string | readonly string[] | undefined;

/** Nothing, if the thing has all properties that are asked for. */
export function differences<Parameters extends object, Thing>(
  properties: Properties<Parameters, Thing>,
  wanted: Parameters,
  thing: Thing,
): string[] {
  return asked(properties, wanted).flatMap(([property, value]) => listOf(property.wrong(value, thing, wanted)));
}

/** The properties that are asked for in words, to follow the noun. */
export function wantedWords<Parameters extends object, Thing>(
  properties: Properties<Parameters, Thing>,
  wanted: Parameters,
): string[] {
  return asked(properties, wanted).flatMap(([property, value]) => listOf(property.wants(value, wanted)));
}

/** For `problem`: what is gone has no properties. */
export function goneProblem(parameters: object, names: readonly string[]): string | undefined {
  const { gone, ...others } = parameters as { gone?: true; [name: string]: unknown };
  if (gone !== true) return undefined;
  const wrong = Object.keys(others).filter((name) => others[name] !== undefined && !names.includes(name));
  if (wrong.length === 0) return undefined;
  return `With "gone", ${listed(wrong.map((name) => `"${name}"`))} cannot be asked, as what is gone has no properties.`;
}

function asked<Parameters extends object, Thing>(properties: Properties<Parameters, Thing>, wanted: Parameters) {
  type Any = Property<unknown, Thing, Parameters>;
  return (Object.entries(properties) as [keyof Parameters, Any][]).flatMap(([key, property]): [Any, unknown][] =>
    wanted[key] === undefined ? [] : [[property, wanted[key]]],
  );
}

function listOf(words: Words): readonly string[] {
  return words === undefined ? [] : typeof words === "string" ? [words] : words;
}
