import type * as z from "zod/mini";
import { listed } from "./listed.ts";

/** What values a schema takes, in words such as `a whole number from 1 to 65535`. */
export function describeType(schema: unknown): string {
  const { _zod } = schema as z.core.$ZodType;
  const definition = _zod.def as z.core.$ZodTypes["_zod"]["def"];
  const own = ownWords(definition);
  if (own !== undefined) return own;
  switch (definition.type) {
    case "optional":
      return describeType(definition.innerType);
    case "string":
      return checkWords(definition) ?? "a text";
    case "number":
      return describeNumber(definition);
    case "boolean":
      return "true or false";
    case "null":
      return "null";
    case "literal":
      return listed(definition.values.map(quoted), "or");
    case "enum":
      return listed(Object.values(definition.entries).map(quoted), "or");
    case "union":
      return listed(definition.options.map(describeType), "or");
    case "array":
      return `a list, each ${describeType(definition.element)}`;
    case "record":
      return `a mapping of ${describeType(definition.keyType)} to ${describeType(definition.valueType)}`;
    case "object":
      return `a mapping with ${listed(Object.entries(definition.shape).map(describeEntry))}`;
    default:
      throw new TypeError(`A parameter of the type ${definition.type} cannot be described yet.`);
  }
}

/** Optional ones may be left out; their names are in brackets, as in `[readOnly] (true or false)`. */
function describeEntry([name, schema]: [string, unknown]): string {
  return `${isOptional(schema) ? `[${name}]` : name} (${describeType(schema)})`;
}

export function isOptional(schema: unknown): boolean {
  return (schema as z.core.$ZodType)._zod.def.type === "optional";
}

/** The schema of what is under `key` in a value that fits `schema`; `undefined` where that depends on the value. */
export function innerSchema(schema: unknown, key: PropertyKey): unknown {
  const definition = (schema as z.core.$ZodType)._zod.def as z.core.$ZodTypes["_zod"]["def"];
  switch (definition.type) {
    case "optional":
      return innerSchema(definition.innerType, key);
    case "object":
      return definition.shape[String(key)];
    case "array":
      return definition.element;
    case "record":
      return definition.valueType;
    default:
      return undefined;
  }
}

function describeNumber(definition: z.core.$ZodNumberDef): string {
  const noun = "format" in definition ? "a whole number" : "a number";
  const limits = (definition.checks ?? []).map(({ _zod: { def } }) => def as z.core.$ZodCheckGreaterThanDef);
  const limit = (check: string) => limits.find((each) => (each.check as string) === check);
  const least = limit("greater_than");
  const most = limit("less_than");
  const words = [
    least && `${least.inclusive ? "from" : "above"} ${String(least.value)}`,
    most && `${least === undefined ? "up to" : "to"} ${String(most.value)}`,
  ].filter((part) => part !== undefined);
  return [noun, ...words].join(" ");
}

/** The words that a schema says itself when it refuses a value. */
function ownWords({ error }: { error?: unknown }): string | undefined {
  if (typeof error !== "function") return undefined;
  const words: unknown = (error as (issue: object) => unknown)({});
  return typeof words === "string" ? words.replace(/^must be /, "") : undefined;
}

function checkWords({ checks = [] }: z.core.$ZodTypeDef): string | undefined {
  return checks.map((check) => ownWords(check._zod.def)).find((words) => words?.startsWith("must ") === false);
}

/** As it is written in a lesson. */
function quoted(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
