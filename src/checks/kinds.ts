import * as z from "zod/mini";
import type { CheckSpec } from "../lessons/model.ts";
import { combine, type Combinator } from "./any-all-not.ts";
import type { Check } from "./check.ts";
import { command } from "./command.ts";
import { compose } from "./compose.ts";
import { container } from "./container.ts";
import { dockerfile } from "./dockerfile.ts";
import { event } from "./event.ts";
import { file } from "./file.ts";
import { http } from "./http.ts";
import { image } from "./image.ts";
import type { CheckKind } from "./kind.ts";
import { logs } from "./logs.ts";
import { network } from "./network.ts";
import { node } from "./node.ts";
import { quiz } from "./quiz.ts";
import { registry } from "./registry.ts";
import { service } from "./service.ts";
import { terminal } from "./terminal.ts";
import { volume } from "./volume.ts";

/** One of `kinds`, whichever its parameters. */
export interface KnownKind {
  readonly schema: CheckKind<unknown>["schema"];
  /** Of parameters that fit the schema. */
  problem(parameters: unknown): string | undefined;
  /** Throws a `ZodError` if the parameters do not fit. */
  bind(parameters: unknown): Check;
}

export const kinds: ReadonlyMap<string, KnownKind> = new Map([
  known(container),
  known(image),
  known(logs),
  known(network),
  known(volume),
  known(service),
  known(node),
  known(compose),
  known(event),
  known(http),
  known(registry),
  known(file),
  known(dockerfile),
  known(command),
  known(terminal),
  known(quiz),
]);

/** Throws for a check that `validateCheck` says at build time is wrong. */
export function bindCheck({ id: _id, after: _after, ...spec }: CheckSpec): Check {
  const { kind, ...parameters } = spec;
  if (isCombinator(kind)) return combine(kind, nested.parse(parameters).of.map(bindCheck));
  const found = kinds.get(kind);
  if (found === undefined) throw new TypeError(`There is no kind of check called "${kind}".`);
  return found.bind(parameters);
}

export function isCombinator(kind: string): kind is Combinator {
  return kind === "any" || kind === "all" || kind === "not";
}

const nested = z.strictObject({ of: z.array(z.looseObject({ kind: z.string() })).check(z.minLength(1)) });

function known<Parameters>(kind: CheckKind<Parameters>): [string, KnownKind] {
  const bind = (raw: unknown): Check => {
    const parameters = kind.schema.parse(raw);
    return {
      holds: kind.holds(parameters),
      hasNoEvent: kind.hasNoEvent ?? false,
      settleMs: kind.settleMs?.(parameters) ?? 0,
      answerMs: kind.answerMs?.(parameters) ?? 15_000,
      isAbsence: kind.isAbsence?.(parameters) ?? false,
      staysTrue: kind.staysTrue ?? false,
      concerns: (change) => kind.concerns(parameters, change),
      ask: (context) => kind.ask(parameters, context),
    };
  };
  const problem = (raw: unknown) => kind.problem?.(kind.schema.parse(raw));
  return [kind.kind, { schema: kind.schema, problem, bind }];
}
