import { describeType, isOptional } from "./describe-type.ts";
import { kindWords } from "./kind-words.ts";
import { kinds } from "./kinds.ts";

/** A kind of check for the authors' reference. Not for the page: it would cost every reader the words for authors. */
export interface DescribedKind {
  readonly kind: string;
  /** What it asks, in a sentence. */
  readonly about: string;
  /** A whole check, as it is written in a lesson. */
  readonly example: string;
  readonly parameters: readonly DescribedParameter[];
}

export interface DescribedParameter {
  readonly name: string;
  readonly isOptional: boolean;
  /** What values it takes, such as `a whole number from 1 to 65535`. */
  readonly type: string;
  readonly description: string;
}

/** All kinds that authors write, in the order of the reference. Throws where words are missing or left over. */
export function describeKinds(): readonly DescribedKind[] {
  return [...kinds]
    .filter(([kind]) => kind !== "quiz")
    .map(([kind, { schema }]) => {
      const words = kindWords[kind];
      if (words === undefined) throw new TypeError(`The kind of check "${kind}" is not described in kind-words.ts.`);
      const definition = schema._zod.def;
      const shape = "shape" in definition ? (definition.shape as Readonly<Record<string, unknown>>) : {};
      const [unknown] = Object.keys(words.parameters).filter((name) => !(name in shape));
      if (unknown !== undefined) throw new TypeError(`kind-words.ts describes ${kind}.${unknown}, which there is not.`);
      const parameters = Object.entries(shape).map(([name, parameter]) => {
        const description = words.parameters[name];
        if (description === undefined) throw new TypeError(`kind-words.ts does not describe ${kind}.${name}.`);
        return { name, isOptional: isOptional(parameter), type: describeType(parameter), description };
      });
      return { kind, about: words.about, example: words.example, parameters };
    });
}
