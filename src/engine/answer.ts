import * as z from "zod/mini";
import { EngineError } from "./error.ts";

/**
 * The schema of an answer typed by Docker's own definitions: a check for every field that `T` promises, and leave for all others. Docker
 * marks few of its fields as required, so what we depend on is made required in `T`, and this makes the compiler ask for its check.
 */
export function answer<T extends object>(shape: Shape<T>): z.ZodMiniType<T> {
  return z.looseObject(shape) as unknown as z.ZodMiniType<T>;
}

/** Rejects with `unexpected-answer`, naming the field. `what` is the call, such as `GET /containers/json`. */
export function validate<T>(schema: z.ZodMiniType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new EngineError(
    "unexpected-answer",
    `${what} answered something unexpected${issue ? ` at “${issue.path.join(".")}”: ${issue.message}` : ""}.`,
    {
      hint: "Drydock knows Docker Engine 20.10 and later. Reset the machine if it is Drydock's own.",
      cause: result.error,
    },
  );
}

/** Docker sends `null` for an empty list in places. */
export function listOf<T>(item: z.ZodMiniType<T>): z.ZodMiniType<T[]> {
  return z.pipe(
    z.nullish(z.array(item)),
    z.transform((list) => list ?? []),
  );
}

/** Docker sends `null` for an empty map in places. */
export function mapOf<T>(value: z.ZodMiniType<T>): z.ZodMiniType<Record<string, T>> {
  return z.pipe(
    z.nullish(z.record(z.string(), value)),
    z.transform((map) => map ?? {}),
  );
}

type RequiredKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? never : K }[keyof T];
type Shape<T> = { [K in RequiredKeys<T>]: z.ZodMiniType<T[K]> } & {
  [K in Exclude<keyof T, RequiredKeys<T>>]?: z.ZodMiniType<T[K]>;
};
