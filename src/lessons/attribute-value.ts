import type { MdxJsxAttribute } from "mdast-util-mdx-jsx";
import { evaluateLiteral, NotLiteral, type Literal } from "./literal.ts";
import { parseExpression, type Element } from "./mdx-tree.ts";

export function findAttribute(element: Element, name: string): MdxJsxAttribute | undefined {
  return element.attributes.find(
    (attribute): attribute is MdxJsxAttribute => attribute.type === "mdxJsxAttribute" && attribute.name === name,
  );
}

/** Whether an attribute is there, whatever its value. */
export function hasAttribute(element: Element, name: string): boolean {
  return findAttribute(element, name) !== undefined;
}

/** What was written, in quotes or braces; `true` for a name alone. Throws `NotLiteral` when it would have to be computed. */
export function valueOfAttribute({ value }: MdxJsxAttribute): Literal {
  if (typeof value === "string") return value;
  if (!value) return true;
  // The site's compiler hands over braces as they were written.
  const statement = (value.data?.estree ?? parseExpression(value.value))?.body[0];
  if (statement?.type !== "ExpressionStatement") throw new NotLiteral();
  return evaluateLiteral(statement.expression);
}
