import { hasAttribute } from "./attribute-value.ts";
import { liveFigures, usageOf } from "./components.ts";
import { findTerm } from "./glossary.ts";
import type { Literal } from "./literal.ts";
import { isElement, plainText, unwrap, type Element } from "./mdx-tree.ts";
import { faultOfPicture, pictureTypes } from "./picture.ts";
import type { Reading } from "./reading.ts";

/** Looks at what a component names or must hold, beyond its attributes: terms, pictures, files, tabs and sides. */
export function readReferences(element: Element, values: Readonly<Record<string, Literal>>, reading: Reading): void {
  switch (element.name) {
    case "Term":
      readTerm(element, values, reading);
      break;
    case "Figure":
      readFigure(element, values, reading);
      break;
    case "File":
      readFile(element, values, reading);
      break;
    case "Tabs":
      readParts(element, { part: "Tab", most: 6 }, reading);
      break;
    case "Compare":
      readParts(element, { part: "Side", most: 3 }, reading);
      break;
    case "Note":
    case "Warning":
    case "Hint":
    case "Tab":
    case "Side":
      if (unwrap(element.children).length > 0) return;
      reading.report(
        element,
        `<${element.name}> is empty.`,
        `Write something between <${element.name}> and </${element.name}>.`,
      );
      return;
    default:
  }
}

function readTerm(element: Element, { of }: Readonly<Record<string, Literal>>, { report, options }: Reading): void {
  const shown = plainText(element).trim();
  if (shown === "") {
    report(element, "<Term> is empty.", `Write the word to be shown in it: ${usageOf("Term")}.`);
    return;
  }
  const name = typeof of === "string" ? of : shown;
  if (!options.glossary || findTerm(options.glossary, name)) return;
  const remedy = 'Add it to content/glossary.yaml, or name the term there: <Term of="layer">.';
  report(element, `The glossary has no term "${name}".`, remedy);
}

function readFigure(
  element: Element,
  { src, live, of, with: other }: Readonly<Record<string, Literal>>,
  { report, options }: Reading,
): void {
  const holdsSomething = unwrap(element.children).length > 0;
  if (hasAttribute(element, "live")) {
    if (src !== undefined || holdsSomething)
      report(element, "<Figure> has both live and a picture of its own.", "Keep one of them.");
    if (other !== undefined && of === undefined)
      report(element, '<Figure> says "with", but no "of".', "Name first what the picture is of.");
    else if (of === undefined && typeof live === "string" && needOf.includes(live))
      report(element, `<Figure live="${live}"> does not say of what.`, 'Name it: of="hello:1".');
    for (const [attribute, name] of Object.entries({ of, with: other })) {
      if (typeof name !== "string" || /^[!-~]{1,300}$/.test(name)) continue;
      const remedy = "Write one name as the engine has it, such as hello:1.";
      report(element, `"${attribute}" of <Figure> is "${name}", which is no name in an engine.`, remedy);
    }
    return;
  }
  if (of !== undefined || other !== undefined) {
    const choice = liveFigures.map((name) => `live="${name}"`).join(" or ");
    report(element, '<Figure> says "of" or "with", but no "live".', `Write ${choice}, or leave them out.`);
  }
  if (typeof src !== "string") {
    if (!holdsSomething && !hasAttribute(element, "src")) {
      report(element, "<Figure> shows nothing.", `Write ${usageOf("Figure")}, or put what it shows into it.`);
    }
    return;
  }
  if (holdsSomething) {
    report(element, "<Figure> has both src and content.", "Keep one of them.");
  }
  if (!pictureTypes.test(src) || src.includes("/")) {
    const remedy = "Name a file beside lesson.mdx that ends in .svg, .png, .jpg, .jpeg or .webp.";
    report(element, `"src" of <Figure> is "${src}".`, remedy);
    return;
  }
  if (!options.pictures) return;
  const picture = options.pictures.get(src);
  if (!picture) {
    const there = [...options.pictures.keys()];
    const remedy = there.length > 0 ? `There are ${there.join(", ")}.` : "Put the picture there.";
    report(element, `There is no ${src} beside lesson.mdx.`, remedy);
    return;
  }
  const fault = faultOfPicture(src, picture);
  if (fault) report(element, fault.problem, fault.remedy);
}

/** The live figures that are of one thing. */
const needOf: readonly string[] = ["layers"] satisfies (typeof liveFigures)[number][];

function readFile(element: Element, { path }: Readonly<Record<string, Literal>>, reading: Reading): void {
  const { report, options, step } = reading;
  if (unwrap(element.children).length > 0) {
    report(element, "<File> has content.", `Write it closed in itself: ${usageOf("File")}.`);
  }
  if (typeof path !== "string" || !options.files) return;
  const files = [...(step?.files ?? []), ...options.files];
  const file = files.find((one) => one.path === path);
  if (!file) {
    const there = files.map((one) => one.path);
    const remedy =
      there.length > 0
        ? `There are ${there.join(", ")}.`
        : "Put the file into files/, or into steps/ and the step's id.";
    report(element, `<File> names ${path}, which the lesson does not have here.`, remedy);
  } else if (file.encoding === "base64") {
    report(element, `<File> names ${path}, which is not text.`, "Name a text file.");
  }
}

function readParts(element: Element, { part, most }: { part: string; most: number }, { report }: Reading): void {
  const children = unwrap(element.children);
  const name = element.name ?? "";
  const isPart = (child: (typeof children)[number]): boolean => isElement(child) && child.name === part;
  const other = children.find((child) => !isPart(child));
  if (other) report(other, `<${name}> holds something beside <${part}>.`, `Put it into ${usageOf(part)}.`);
  const count = children.filter(isPart).length;
  if (count < 2 || count > most) {
    report(element, `<${name}> holds ${count} <${part}>.`, `Write 2 to ${most}, each as ${usageOf(part)}.`);
  }
}
