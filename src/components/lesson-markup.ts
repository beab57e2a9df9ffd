import { dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Root, RootContent, Table } from "mdast";
import { defineMdastPlugin } from "satteri";
import { hasAttribute } from "../lessons/attribute-value.ts";
import { LessonError } from "../lessons/lesson-error.ts";
import { isElement, plainText, type Element, type Node } from "../lessons/mdx-tree.ts";
import { presentCode, presentFile } from "./code-blocks.ts";
import { presentFigure } from "./figure-markup.ts";
import { createKnownFiles, type KnownFiles } from "./known-files.ts";
import { changeElement, createElement, readText } from "./mdx-element.ts";
import { presentQuiz } from "./quiz-markup.ts";
import { markRepeatedSolution } from "./repeated-solution.ts";
import { presentTabs } from "./tab-markup.ts";

/** Turns what an author writes into what the components show, before the lesson is compiled. */
export const lessonMarkup = defineMdastPlugin({
  name: "drydock:lesson-markup",
  options: { position: true },
  before(root, context) {
    const file = context.fileURL ? fileURLToPath(context.fileURL) : "lesson.mdx";
    context.replaceNode(root, presentLesson(root, file));
  },
});

/** The lesson in `file` as it is to be compiled. Throws a `LessonError` when something cannot be shown. */
export function presentLesson(root: Root, file: string): Root {
  const folder = dirname(file);
  let figures = 0;
  let tabSets = 0;
  const lesson: Presentation = {
    folder,
    files: createKnownFiles(folder),
    nextFigure: () => `figure-${++figures}`,
    nextTabs: () => `tabs-${++tabSets}`,
    refuse(node, { problem, remedy }) {
      const line = node.position?.start.line ?? 1;
      throw new LessonError([{ file: relative(process.cwd(), file), line, problem, remedy }]);
    },
  };
  return { ...root, children: presentAll(root.children, lesson) };
}

/** What the parts of one lesson share while they are presented, in the order of the text. */
export interface Presentation {
  readonly folder: string;
  readonly files: KnownFiles;
  nextFigure(): string;
  nextTabs(): string;
  refuse(node: Node, mistake: { readonly problem: string; readonly remedy: string }): never;
}

function presentAll(nodes: readonly RootContent[], lesson: Presentation): RootContent[] {
  return nodes.map((node) => (node.type === "table" ? presentTable(node) : present(node, lesson)));
}

/** A table that is wider than its place is scrolled by itself, also by keyboard; a figure's table is shown by the figure. */
function presentTable(table: Table): Element {
  const heads = table.children[0]?.children.map(plainText).filter((words) => words !== "") ?? [];
  const label = `Table: ${heads.join(", ")}`;
  return createElement("div", { class: "table-scroll", role: "region", tabindex: "0", "aria-label": label }, [table]);
}

function present(node: RootContent, lesson: Presentation): RootContent {
  if (node.type === "code") return presentCode(node, lesson);
  if (isElement(node)) return presentElement(node, lesson);
  return "children" in node ? ({ ...node, children: presentAll(node.children, lesson) } as RootContent) : node;
}

function presentElement(element: Element, lesson: Presentation): Element {
  // Neither is shown, and what wrong work writes is not what the lesson leads to.
  if (element.name === "Check" || element.name === "Wrong") return changeElement(element, {}, []);
  if (element.name === "Step") lesson.files.enterStep(readText(element, "id") ?? "");
  const children =
    element.name === "Figure"
      ? element.children.map((child) => present(child, lesson))
      : presentAll(element.children, lesson);
  const presented = { ...element, children } as Element;
  switch (element.name) {
    case "File":
      return presentFile(presented, lesson);
    case "Figure":
      return presentFigure(presented, lesson);
    case "Quiz":
      return presentQuiz(presented);
    case "Step":
      return changeElement(presented, {}, markRepeatedSolution(presented.children));
    case "Tabs":
      return presentTabs(presented, lesson.nextTabs());
    case "Term":
      return hasAttribute(element, "of")
        ? presented
        : changeElement(presented, { of: plainText(element) }, presented.children);
    default:
      return presented;
  }
}
