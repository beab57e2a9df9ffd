// Over 250 lines because these are the rules of the lesson format, which an author meets together and which share one walk over one tree.
import remarkFrontmatter from "remark-frontmatter";
import remarkMdx from "remark-mdx";
import remarkParse from "remark-parse";
import { unified } from "unified";
import type { Code, Root, RootContent, Yaml } from "mdast";
import type { MdxJsxAttribute, MdxJsxFlowElement, MdxJsxTextElement } from "mdast-util-mdx-jsx";
import type {} from "mdast-util-mdx";
import { isMap, isScalar, LineCounter, parseDocument } from "yaml";
import { readCodeBlockUse } from "./code-block.ts";
import { frontMatterSchema, type FrontMatter } from "./front-matter.ts";
import { LessonError, type LessonMistake } from "./lesson-error.ts";
import { evaluateLiteral, NotLiteral, type Literal } from "./literal.ts";
import type { CheckSpec, Lesson, SolutionAction, Step } from "./model.ts";

export interface ReadLessonOptions {
  /** `<course>/<lesson>`. */
  readonly id: string;
  /** Named in messages. */
  readonly file: string;
  /** Knows the kinds of checks: answers a sentence saying what is wrong with one. */
  readonly validateCheck?: ((check: CheckSpec) => string | undefined) | undefined;
}

/** Reads a lesson from its MDX source. Throws a `LessonError` with every mistake found. */
export function readLesson(source: string, { id, file, validateCheck }: ReadLessonOptions): Lesson {
  const mistakes: LessonMistake[] = [];
  const report: Report = (node, problem, remedy) => {
    mistakes.push({ line: node?.position?.start.line ?? 1, problem, remedy });
  };
  const root = parse(source, file);
  const frontMatter = readFrontMatter(root, report, mistakes);
  const steps = readBody(root, { report, validateCheck });
  if (steps.length === 0 && mistakes.length === 0) {
    report(undefined, "The lesson has no step.", 'Put what the reader does into <Step id="…" title="…"> … </Step>.');
  }
  if (mistakes.length > 0 || !frontMatter) throw new LessonError(file, mistakes);
  return { id, title: frontMatter.title, steps };
}

type Node = Root | RootContent;
type Element = MdxJsxFlowElement | MdxJsxTextElement;
type Report = (node: Node | undefined, problem: string, remedy: string) => void;

interface Context {
  readonly report: Report;
  readonly validateCheck: ReadLessonOptions["validateCheck"];
}

const components: Readonly<Record<string, { attributes: readonly string[]; usage: string }>> = {
  Step: { attributes: ["id", "title"], usage: '<Step id="first-run" title="Run a container">' },
  Check: { attributes: [], usage: '<Check kind="image" reference="hello:1" />' },
  Hint: { attributes: [], usage: "<Hint>" },
  Solution: { attributes: [], usage: "<Solution>" },
  Note: { attributes: ["title"], usage: '<Note title="Why?">' },
  Warning: { attributes: ["title"], usage: '<Warning title="Careful">' },
};

function parse(source: string, file: string): Root {
  try {
    return unified().use(remarkParse).use(remarkFrontmatter).use(remarkMdx).parse(source);
  } catch (error) {
    if (!(error instanceof Error && "reason" in error)) throw error;
    const reason = String(error.reason);
    // A tag that is left open has no place of its own, but its reason names where it was opened.
    const opened = /\((\d+):\d+-\d+:\d+\)/.exec(reason)?.[1];
    const line = "line" in error && typeof error.line === "number" ? error.line : Number(opened ?? 1);
    const problem = `This is not MDX: ${reason.replace(/\.?$/, ".")}`;
    const remedy = "Close every tag, and write a literal { or < as \\{ or \\<.";
    throw new LessonError(file, [{ line, problem, remedy }], { cause: error });
  }
}

function readFrontMatter(root: Root, report: Report, mistakes: LessonMistake[]): FrontMatter | undefined {
  const block = root.children.find((node): node is Yaml => node.type === "yaml");
  if (!block) {
    report(undefined, "The lesson has no front matter.", "Begin the file with ---, title: and the rest, and ---.");
    return undefined;
  }
  const lines = new LineCounter();
  const document = parseDocument(block.value, { lineCounter: lines });
  const firstLine = block.position?.start.line ?? 1;
  for (const error of document.errors) {
    const line = firstLine + lines.linePos(error.pos[0]).line;
    const problem = `The front matter is not YAML: ${error.message.replace(/ at line[^]*$/, "")}.`;
    mistakes.push({ line, problem, remedy: "Write one `name: value` a line; put a value with a colon in quotes." });
  }
  if (document.errors.length > 0) return undefined;
  const result = frontMatterSchema.safeParse(document.toJS());
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const name = String(issue.code === "unrecognized_keys" ? issue.keys[0] : (issue.path[0] ?? "it"));
    const key = isMap(document.contents)
      ? document.contents.items.map((pair) => pair.key).find((key) => isScalar(key) && key.value === name)
      : undefined;
    const line = firstLine + (isScalar(key) ? lines.linePos(key.range[0]).line : 0);
    mistakes.push({ line, ...describeFrontMatterIssue(name, key === undefined, issue) });
  }
  return undefined;
}

const frontMatterExamples: Readonly<Record<string, string>> = {
  title: "title: Build and run your first image",
  summary: "summary: one or two sentences for the course page",
  minutes: "minutes: 15 (a whole number up to 60)",
  level: "level: beginner, intermediate or advanced",
  objectives: "objectives: and a list, each entry the end of “You can …”",
  prerequisites: "prerequisites: and a list of what to know before, or leave it out",
};

function describeFrontMatterIssue(
  name: string,
  missing: boolean,
  issue: { code: string; message: string },
): Omit<LessonMistake, "line"> {
  if (issue.code === "unrecognized_keys") {
    const known = Object.keys(frontMatterExamples).join(", ");
    return { problem: `The front matter has an unknown entry "${name}".`, remedy: `It may have ${known}.` };
  }
  const remedy = `Write ${frontMatterExamples[name] ?? "the entries as `name: value`"}.`;
  if (missing) return { problem: `The front matter lacks "${name}".`, remedy };
  const reason = /^(is|needs) /.test(issue.message) ? issue.message : `is not right (${issue.message})`;
  return { problem: `The front matter's "${name}" ${reason}.`, remedy };
}

function readBody(root: Root, context: Context): Step[] {
  const steps: Step[] = [];
  for (const node of root.children) {
    if (isElement(node) && node.name === "Step") {
      const step = readStep(node, context);
      if (steps.some(({ id }) => id === step.id)) {
        context.report(node, `Two steps have the id "${step.id}".`, "Give each step an id of its own.");
      }
      steps.push(step);
    } else {
      checkProse(node, undefined, context);
    }
  }
  return steps;
}

function readStep(element: Element, context: Context): Step {
  const { report } = context;
  checkAttributeNames(element, context);
  const { id, title } = readAttributes(element, context);
  if (typeof id !== "string" || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
    report(element, `A step's id is ${quote(id)}.`, 'Write small letters, digits and dashes: id="first-run".');
  }
  if (typeof title !== "string" || title.trim() === "") {
    report(element, `Step ${quote(id)} has no title.`, 'Write title="Run a container".');
  }
  const parts: StepParts = { checks: [], hints: 0, solution: undefined };
  for (const child of element.children) readStepChild(child, parts, context);
  const name = `Step ${quote(id)}`;
  if (parts.checks.length === 0) {
    report(element, `${name} has no check.`, 'Add what ticks it: <Check kind="container" image="busybox" />.');
  }
  if (parts.hints === 0) {
    report(element, `${name} has no hint.`, "Add <Hint> with a nudge that does not give the answer away.");
  }
  if (!parts.solution) {
    report(element, `${name} has no solution.`, "Add <Solution> with a block marked ```sh run, or file=PATH.");
  }
  return {
    id: typeof id === "string" ? id : "",
    title: typeof title === "string" ? title : "",
    checks: parts.checks,
    hints: parts.hints,
    solution: parts.solution ?? [],
  };
}

interface StepParts {
  checks: CheckSpec[];
  hints: number;
  solution: SolutionAction[] | undefined;
}

function readStepChild(child: RootContent, parts: StepParts, context: Context): void {
  if (isElement(child) && child.name === "Check") {
    parts.checks.push(...readCheck(child, context));
  } else if (isElement(child) && child.name === "Hint") {
    parts.hints += 1;
    checkAttributeNames(child, context);
    if (child.children.length === 0) {
      context.report(child, "A hint is empty.", "Write the hint between <Hint> and </Hint>.");
    }
    for (const inner of child.children) checkProse(inner, child, context);
  } else if (isElement(child) && child.name === "Solution") {
    if (parts.solution) context.report(child, "A step has two solutions.", "Put all of it into one <Solution>.");
    parts.solution = readSolution(child, context);
  } else if (child.type === "paragraph" && child.children.every((part) => isElement(part) || isBlank(part))) {
    for (const part of child.children) readStepChild(part, parts, context);
  } else {
    checkProse(child, undefined, context, true);
  }
}

function isBlank(node: RootContent): boolean {
  return node.type === "text" && node.value.trim() === "";
}

function readCheck(element: Element, context: Context): CheckSpec[] {
  const { kind, ...parameters } = readAttributes(element, context);
  if (element.children.length > 0) {
    context.report(element, "A check has content.", `Write it closed in itself: ${usage("Check")}.`);
  }
  if (typeof kind !== "string" || kind === "") {
    context.report(element, "A check has no kind.", `Say what it asks: ${usage("Check")}.`);
    return [];
  }
  const check: CheckSpec = { kind, ...parameters };
  const problem = context.validateCheck?.(check);
  if (problem !== undefined) {
    context.report(
      element,
      `A check of kind "${kind}" is wrong: ${problem}`,
      "The authors' guide lists its parameters.",
    );
  }
  return [check];
}

function readSolution(element: Element, context: Context): SolutionAction[] {
  const actions: SolutionAction[] = [];
  checkAttributeNames(element, context);
  for (const child of element.children) {
    if (child.type !== "code") {
      checkProse(child, element, context);
      continue;
    }
    const use = readCodeBlock(child, context);
    if (use?.type === "command") actions.push({ type: "command", command: child.value });
    else if (use?.type === "file") actions.push({ type: "file", path: use.path, content: `${child.value}\n` });
    else if (use) {
      context.report(
        child,
        "A solution has a block that does nothing.",
        "Mark it ```sh run to be typed, or file=PATH to be written.",
      );
    }
  }
  if (actions.length === 0) {
    context.report(element, "A solution solves nothing.", "Put a block marked ```sh run or file=PATH into it.");
  }
  return actions;
}

function readCodeBlock(node: Code, { report }: Context) {
  const use = readCodeBlockUse(node.lang, node.meta);
  if ("problem" in use) {
    report(node, use.problem, use.remedy);
    return undefined;
  }
  if (use.type === "command" && node.value.trim() === "") {
    report(node, "A command is empty.", "Write the command between the fences.");
  }
  return use;
}

/** Finds the mistakes in what is only shown: misplaced or unknown components, code where words belong. */
function checkProse(
  node: RootContent,
  parent: Element | undefined,
  context: Context,
  inStep = parent !== undefined,
): void {
  const { report } = context;
  if (node.type === "mdxjsEsm") {
    report(node, "A lesson imports or exports.", "Leave it out: every component is there without an import.");
  } else if (node.type === "mdxFlowExpression" || node.type === "mdxTextExpression") {
    if (!/^\s*\/\*[^]*\*\/\s*$/.test(node.value)) {
      report(node, `A lesson computes {${shorten(node.value)}}.`, "Write the words themselves, or \\{ for a brace.");
    }
  } else if (node.type === "code") {
    readCodeBlock(node, context);
  } else if (node.type === "heading" && node.depth < (inStep ? 3 : 2)) {
    const right = inStep
      ? "### or deeper: the step's title is above it"
      : "## or deeper: the lesson's title is above it";
    report(node, `A heading starts with ${"#".repeat(node.depth)}.`, `Use ${right}.`);
  } else if (isElement(node)) {
    checkElement(node, parent, context);
  }
  if ("children" in node) {
    const next = isElement(node) ? node : parent;
    for (const child of node.children) checkProse(child, next, context, inStep);
  }
}

function checkElement(element: Element, parent: Element | undefined, context: Context): void {
  const { report } = context;
  const name = element.name ?? "";
  if (!/^[A-Z]/.test(name)) {
    readAttributes(element, context);
    return;
  }
  if (!(name in components)) {
    const known = Object.keys(components).join(", ");
    report(element, `There is no component <${name}>.`, `There are ${known}.`);
    return;
  }
  if (name !== "Check") checkAttributeNames(element, context);
  if (name === "Step") {
    report(element, "A step is inside something else.", "Put <Step> at the start of a line, outside everything.");
  } else if (name === "Check" || name === "Hint" || name === "Solution") {
    const where = parent?.name ? `inside <${parent.name}>` : "not directly in a step";
    report(element, `<${name}> is ${where}.`, "Put it directly into a <Step>, on lines of its own.");
  }
}

function checkAttributeNames(element: Element, { report }: Context): void {
  const name = element.name ?? "";
  const known = components[name]?.attributes ?? [];
  for (const attribute of element.attributes) {
    if (attribute.type === "mdxJsxAttribute" && !known.includes(attribute.name)) {
      const remedy = known.length > 0 ? `It takes ${known.join(" and ")}: ${usage(name)}.` : `Write ${usage(name)}.`;
      report(element, `<${name}> has an unknown attribute "${attribute.name}".`, remedy);
    }
  }
}

function readAttributes(element: Element, { report }: Context): Record<string, Literal> {
  const values: Record<string, Literal> = {};
  for (const attribute of element.attributes) {
    if (attribute.type !== "mdxJsxAttribute") {
      report(element, `<${element.name ?? ""}> is given {…}.`, "Write each value by its name.");
      continue;
    }
    try {
      values[attribute.name] = readAttribute(attribute);
    } catch (error) {
      if (!(error instanceof NotLiteral)) throw error;
      report(
        element,
        `"${attribute.name}" of <${element.name ?? ""}> would have to be computed.`,
        'Write its value out: "text", {80}, {true}, {["a", "b"]} or {{"80/tcp": 8080}}.',
      );
    }
  }
  return values;
}

function readAttribute({ value }: MdxJsxAttribute): Literal {
  if (typeof value === "string") return value;
  if (!value) return true;
  const statement = value.data?.estree?.body[0];
  if (statement?.type !== "ExpressionStatement") throw new NotLiteral();
  return evaluateLiteral(statement.expression);
}

function isElement(node: Node): node is Element {
  return node.type === "mdxJsxFlowElement" || node.type === "mdxJsxTextElement";
}

function usage(name: string): string {
  return components[name]?.usage ?? `<${name}>`;
}

function quote(value: Literal | undefined): string {
  return value === undefined ? "missing" : JSON.stringify(value);
}

function shorten(text: string): string {
  return text.length > 30 ? `${text.slice(0, 30)}…` : text;
}
