import type { RootContent } from "mdast";
import { readAttributes, readRuledAttributes } from "./attributes.ts";
import { components, usageOf } from "./components.ts";
import { isElement, isNothing, type Element } from "./mdx-tree.ts";
import { readCode } from "./read-code.ts";
import type { Reading } from "./reading.ts";
import { readReferences } from "./read-references.ts";

/** Finds the mistakes in what is only shown. `parent` is the component around it. */
export function readProse(node: RootContent, parent: string, reading: Reading): void {
  const { report } = reading;
  const inAnswer = parent === "Answer" || parent === "Because";
  if (node.type === "mdxjsEsm") {
    report(node, "A lesson imports or exports.", "Leave it out: every component is there without an import.");
  } else if (node.type === "mdxFlowExpression" || node.type === "mdxTextExpression") {
    if (!isNothing(node)) {
      report(node, `A lesson computes {${shorten(node.value)}}.`, "Write the words themselves, or \\{ for a brace.");
    }
  } else if (node.type === "code") {
    const use = readCode(node, reading);
    if (use) reading.work?.take(node, use, reading.work.choice);
    if (inAnswer && use && use.type !== "text") {
      report(node, "An answer has a code block with a button or a caption.", "Leave the words after its language out.");
    }
  } else if (node.type === "image" || node.type === "imageReference") {
    report(node, "A picture is written as ![…].", `Put it beside lesson.mdx and write ${usageOf("Figure")}.`);
  } else if (node.type === "heading") {
    const least = reading.step === undefined ? 2 : 3;
    if (node.depth < least) {
      const above = least === 2 ? "the lesson's title" : "the step's title";
      const remedy = `Use ${"#".repeat(least)} or deeper: ${above} is above it.`;
      report(node, `A heading starts with ${"#".repeat(node.depth)}.`, remedy);
    }
  } else if (isElement(node)) {
    readElement(node, parent, reading);
    return;
  }
  if ("children" in node) for (const child of node.children) readProse(child, parent, reading);
}

/** A `<Slide>` at its place, with what is on it. */
export function readSlide(element: Element, reading: Reading): void {
  readRuledAttributes(element, reading.report);
  for (const child of element.children) readProse(child, "Slide", reading);
}

function readElement(element: Element, parent: string, reading: Reading): void {
  const { report } = reading;
  const name = element.name ?? "";
  const rule = components.get(name);
  if (!/^[A-Z]/.test(name) && !name.includes(".")) {
    readHtml(element, reading);
    for (const child of element.children) readProse(child, parent, reading);
    return;
  }
  if (rule === undefined) {
    report(element, `There is no component <${name}>.`, `There are ${[...components.keys()].join(", ")}.`);
  } else if (name === "Step") {
    report(element, "A step is inside something else.", "Put <Step> at the start of a line, outside everything.");
  } else if (rule.directlyIn && (isPage(parent) || !rule.directlyIn.includes(parent))) {
    const isAmidText = rule.directlyIn.includes(parent);
    const where = isAmidText
      ? "amid other text"
      : isPage(parent)
        ? `not in <${rule.directlyIn[0] ?? ""}>`
        : `in <${parent}>`;
    report(element, `<${name}> is ${where}.`, remedyForPlace(name, rule.directlyIn));
  } else if (parent === "Answer" && name !== "Because") {
    report(element, `<${name}> is in an answer.`, "Write an answer in plain words; put the rest into its <Because>.");
  }
  if (rule?.attributes) {
    const values = readRuledAttributes(element, report);
    readReferences(element, values, reading);
  }
  // A step has children that are at their place but for the step itself.
  const inside = name === "Step" ? "Note" : name;
  const within = name === "Tabs" || name === "Compare" ? amongOthers(name, reading) : reading;
  if (name !== "Check" && name !== "Step") for (const child of element.children) readProse(child, inside, within);
}

function amongOthers(choice: string, reading: Reading): Reading {
  return reading.work ? { ...reading, work: { ...reading.work, choice } } : reading;
}

/** Elements of HTML that are words and nothing else: they load nothing, ask nothing and reach out of no lesson. */
const ofText = new Set(
  (
    "a abbr address article aside b bdi bdo blockquote br caption cite code col colgroup data dd del details dfn div dl dt em figcaption " +
    "hr i ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub summary sup table tbody td tfoot " +
    "th thead time tr u ul var wbr"
  ).split(" "),
);

function readHtml(element: Element, { report }: Reading): void {
  const name = element.name ?? "";
  if (name === "img") {
    report(element, "A picture is written as <img>.", `Put it beside lesson.mdx and write ${usageOf("Figure")}.`);
  } else if (name !== "" && !ofText.has(name)) {
    const remedy = "Write a component, with a capital letter, or an element of HTML for words, such as <kbd>.";
    report(element, `A lesson has <${name}>.`, remedy);
  }
  for (const attribute of Object.keys(readAttributes(element, report))) {
    if (/^on/i.test(attribute) || attribute.includes(":")) {
      report(element, `<${name}> has "${attribute}".`, "Leave it out: a lesson has no scripts of its own.");
    }
  }
}

/** What stands directly in these is taken before it could be seen as a part of their text. */
function isPage(parent: string): boolean {
  return parent === "Step" || parent === "lesson";
}

function remedyForPlace(name: string, [first = ""]: readonly string[]): string {
  if (name === "Quiz") return "Put it directly into <Step>, or outside of everything, on lines of its own.";
  return `Put it directly into <${first}>, on lines of its own.`;
}

function shorten(text: string): string {
  return text.length > 30 ? `${text.slice(0, 30)}…` : text;
}
