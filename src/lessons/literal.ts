import type { Expression, ObjectExpression, Property, SpreadElement } from "estree";

/** A value written out in a lesson, such as `"busybox"`, `8080` or `{ "80/tcp": 8080 }`. */
export type Literal = string | number | boolean | null | readonly Literal[] | { readonly [key: string]: Literal };

/** The value of an expression that is a literal. Throws `NotLiteral` when it would have to be computed. */
export function evaluateLiteral(expression: Expression): Literal {
  switch (expression.type) {
    case "Literal":
      if (expression.value instanceof RegExp || typeof expression.value === "bigint") break;
      return expression.value ?? null;
    case "TemplateLiteral":
      if (expression.expressions.length > 0) break;
      return expression.quasis.map(({ value }) => value.cooked ?? "").join("");
    case "UnaryExpression":
      if (expression.operator === "-" && expression.argument.type === "Literal") {
        const value = evaluateLiteral(expression.argument);
        if (typeof value === "number") return -value;
      }
      break;
    case "ArrayExpression":
      return expression.elements.map((element) => {
        if (!element || element.type === "SpreadElement") throw new NotLiteral();
        return evaluateLiteral(element);
      });
    case "ObjectExpression":
      return evaluateObject(expression);
    default:
  }
  throw new NotLiteral();
}

export class NotLiteral extends Error {
  override readonly name = "NotLiteral";
}

function evaluateObject({ properties }: ObjectExpression): Literal {
  return Object.fromEntries(properties.map((property) => [readKey(property), readValue(property)]));
}

function readKey(property: Property | SpreadElement): string {
  if (property.type === "Property" && !property.computed) {
    if (property.key.type === "Identifier") return property.key.name;
    if (property.key.type === "Literal") return String(property.key.value);
  }
  throw new NotLiteral();
}

function readValue(property: Property | SpreadElement): Literal {
  if (property.type !== "Property" || property.kind !== "init" || property.shorthand || property.method) {
    throw new NotLiteral();
  }
  return evaluateLiteral(property.value as Expression);
}
