import type { Code, RootContent } from "mdast";
import { findAttribute, valueOfAttribute } from "../lessons/attribute-value.ts";
import { NotLiteral } from "../lessons/literal.ts";
import type { Element } from "../lessons/mdx-tree.ts";

export type Attributes = Readonly<Record<string, string | undefined>>;

/** An element of MDX. Attributes that are undefined are left out. */
export function createElement(name: string, attributes: Attributes, children: readonly RootContent[] = []): Element {
  return {
    type: "mdxJsxFlowElement",
    name,
    attributes: Object.entries(attributes).flatMap(([name, value]) =>
      value === undefined ? [] : [{ type: "mdxJsxAttribute" as const, name, value }],
    ),
    // What an author writes between tags of a component may be words without a paragraph.
    children: children as Element["children"] & [],
  };
}

/** `element` with other children, and with `attributes` in place of those of the same name. */
export function changeElement(element: Element, attributes: Attributes, children: readonly RootContent[]): Element {
  const changed = createElement(element.name ?? "", attributes, children);
  const kept = element.attributes.filter(
    (attribute) => attribute.type !== "mdxJsxAttribute" || !(attribute.name in attributes),
  );
  return { ...changed, type: element.type, attributes: [...kept, ...changed.attributes] } as Element;
}

/** The text of an attribute; undefined when it is not there or has a value that is not text. */
export function readText(element: Element, name: string): string | undefined {
  const attribute = findAttribute(element, name);
  try {
    const value = attribute && valueOfAttribute(attribute);
    return typeof value === "string" ? value : undefined;
  } catch (error) {
    if (error instanceof NotLiteral) return undefined;
    throw error;
  }
}

export function createCode(language: string | null | undefined, value: string, meta: string | null = null): Code {
  return { type: "code", lang: language ?? null, meta, value };
}
