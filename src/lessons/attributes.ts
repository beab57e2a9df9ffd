import type { MdxJsxAttribute } from "mdast-util-mdx-jsx";
import { hasAttribute, valueOfAttribute } from "./attribute-value.ts";
import { components, usageOf, type AttributeRule } from "./components.ts";
import { NotLiteral, type Literal } from "./literal.ts";
import type { Element } from "./mdx-tree.ts";
import type { Report } from "./reading.ts";

/** Small letters, digits and single dashes. */
export const namePattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** The values of `element`'s attributes as they were written, without a look at the component's rules. */
export function readAttributes(element: Element, report: Report): Record<string, Literal> {
  const values: Record<string, Literal> = {};
  const tag = `<${element.name ?? ""}>`;
  for (const attribute of element.attributes) {
    if (attribute.type !== "mdxJsxAttribute") {
      report(element, `${tag} is given {…}.`, "Write each value by its name.");
      continue;
    }
    const line = lineOf(attribute, element);
    if (Object.hasOwn(values, attribute.name)) {
      report(line, `${tag} has "${attribute.name}" twice.`, "Keep one of them.");
    }
    try {
      values[attribute.name] = valueOfAttribute(attribute);
    } catch (error) {
      if (!(error instanceof NotLiteral)) throw error;
      report(
        line,
        `"${attribute.name}" of ${tag} would have to be computed.`,
        'Write its value out: "text", {80}, {true}, {["a", "b"]} or {{"80/tcp": 8080}}.',
      );
    }
  }
  return values;
}

/** The values of `element`'s attributes that are as the component's rules say; the others are reported. */
export function readRuledAttributes(element: Element, report: Report): Record<string, Literal> {
  const name = element.name ?? "";
  const rules = components.get(name)?.attributes ?? {};
  const values = readAttributes(element, report);
  const right: Record<string, Literal> = {};
  for (const attribute of element.attributes) {
    if (attribute.type !== "mdxJsxAttribute") continue;
    const rule = Object.hasOwn(rules, attribute.name) ? rules[attribute.name] : undefined;
    const line = lineOf(attribute, element);
    const value = values[attribute.name];
    if (rule === undefined) {
      const known = Object.keys(rules);
      const takes = known.length > 0 ? `It takes ${known.join(", ")}: ${usageOf(name)}.` : `Write ${usageOf(name)}.`;
      report(line, `<${name}> has an unknown attribute "${attribute.name}".`, takes);
    } else if (value !== undefined) {
      const fault = faultOf(attribute.name, value, rule);
      if (fault) report(line, `"${attribute.name}" of <${name}> ${fault.problem}.`, fault.remedy);
      else right[attribute.name] = value;
    }
  }
  for (const [attribute, rule] of Object.entries(rules)) {
    if (!rule.required || hasAttribute(element, attribute)) continue;
    report(element, `<${name}> has no "${attribute}".`, `Write ${usageOf(name)}.`);
  }
  return right;
}

function faultOf(
  name: string,
  value: Literal,
  { type }: AttributeRule,
): { readonly problem: string; readonly remedy: string } | undefined {
  const is = `is ${JSON.stringify(value)}`;
  if (type === "flag") {
    return value === true ? undefined : { problem: is, remedy: `Write ${name} alone, or leave it out.` };
  }
  if (type === "number") {
    return typeof value === "number" ? undefined : { problem: is, remedy: `Write a number in braces: ${name}={12}.` };
  }
  if (type === "names") {
    const isList = Array.isArray(value) && value.every((word) => typeof word === "string" && /^\S+$/.test(word));
    if (isList && value.length > 0) return undefined;
    if (typeof value !== "string") {
      return { problem: is, remedy: `Write words in quotes with spaces between them: ${name}="… …".` };
    }
  }
  if (typeof value !== "string") return { problem: is, remedy: `Write text in quotes: ${name}="…".` };
  if (value.trim() === "") return { problem: "is empty", remedy: `Write text in quotes: ${name}="…".` };
  if (type === "name" && !namePattern.test(value)) {
    return { problem: is, remedy: `Write small letters, digits and dashes: ${name}="first-run".` };
  }
  if (typeof type === "object" && !type.includes(value)) {
    return { problem: is, remedy: `Write one of ${type.map((word) => `${name}="${word}"`).join(", ")}.` };
  }
  return undefined;
}

function lineOf(attribute: MdxJsxAttribute, element: Element): number {
  return attribute.position?.start.line ?? element.position?.start.line ?? 1;
}
