import type { CheckSpec } from "../lessons/model.ts";
import { container } from "./container.ts";
import { event } from "./event.ts";
import { file } from "./file.ts";
import { http } from "./http.ts";
import { image } from "./image.ts";
import type { AskContext, Change, CheckKind } from "./kind.ts";
import type { Outcome } from "./outcome.ts";

/** A check with its parameters filled in. */
export interface Check {
  readonly hasNoEvent: boolean;
  readonly settleMs: number;
  concerns(change: Change): boolean;
  ask(context: AskContext): Promise<Outcome>;
}

/** One of `kinds`, whichever its parameters. */
export interface KnownKind {
  readonly schema: CheckKind<unknown>["schema"];
  /** Throws a `ZodError` if the parameters do not fit. */
  bind(parameters: unknown): Check;
}

export const kinds: ReadonlyMap<string, KnownKind> = new Map([
  known(container),
  known(image),
  known(file),
  known(http),
  known(event),
]);

/** Throws for a kind that does not exist; `validateCheck` says it in words at build time. */
export function bindCheck(spec: CheckSpec): Check {
  const { kind, ...parameters } = spec;
  const found = kinds.get(kind);
  if (found === undefined) throw new TypeError(`There is no kind of check called "${kind}".`);
  return found.bind(parameters);
}

function known<Parameters>(kind: CheckKind<Parameters>): [string, KnownKind] {
  const bind = (raw: unknown): Check => {
    const parameters = kind.schema.parse(raw);
    return {
      hasNoEvent: kind.hasNoEvent ?? false,
      settleMs: kind.settleMs?.(parameters) ?? 0,
      concerns: (change) => kind.concerns(parameters, change),
      ask: (context) => kind.ask(parameters, context),
    };
  };
  return [kind.kind, { schema: kind.schema, bind }];
}
