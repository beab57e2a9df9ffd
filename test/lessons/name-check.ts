import type { CheckSpec } from "../../src/lessons/model.ts";

/** A check as its author finds it again: its kind and what it asks for. */
export function nameCheck({ kind, ...parameters }: CheckSpec): string {
  return `${kind} ${JSON.stringify(parameters)}`;
}
