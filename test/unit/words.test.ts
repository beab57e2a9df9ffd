import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { root } from "../../src/server/build-site.ts";

/** They speak to authors while the site is built, not to readers. */
const forAuthors = [
  "src/components/code-blocks.ts",
  "src/components/courses.ts",
  "src/components/feedback.ts",
  "src/components/figure-markup.ts",
  "src/components/file-language.ts",
  "src/components/glossary.ts",
  "src/components/lesson-markup.ts",
  "src/components/quiz-markup.ts",
  "src/components/tab-markup.ts",
];
/** They take part in the proofs of lessons, which run in Node, and say what the machine's own errors say. */
const besideTheMachine = ["src/sandbox/small-machine/small-desk.ts", "src/sandbox/small-machine/small-console.ts"];

const parts = globSync("src/{sandbox,components,present}/**/*.{ts,tsx}", { cwd: root })
  .filter((file) => ![...forAuthors, ...besideTheMachine].includes(file))
  .sort();

describe("every string of the interface is in src/words", () => {
  it.each(parts)("%s has none of its own", (file) => {
    expect(findStrings(file, readFileSync(join(root, file), "utf8"))).toEqual([]);
  });
});

it("a string of the interface is found wherever it stands", () => {
  const source = `
    const code = "utf8", path = "src/words", event = "pointer-down", list = ["read", "file of"].join(" ");
    throw new Error(\`\${path} could not be written. Try again.\`);
    const view = <p title="Give it a name" class="a b">Nothing is kept yet{list}</p>;
    say("Try again");`;
  expect(findStrings("view.tsx", source)).toEqual([
    "${…} could not be written. Try again.",
    "Give it a name",
    "Nothing is kept yet",
    "Try again",
  ]);
});

/** What a person would read of a file: the text of elements, what names them, and strings that are sentences or labels of several words. */
function findStrings(file: string, source: string): string[] {
  const kind = file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isLiteralTypeNode(node)) return;
    if (ts.isNewExpression(node) && innerErrors.has(node.expression.getText())) return;
    // The names of keys are those that keyboards have.
    if (ts.isJsxElement(node) && node.openingElement.tagName.getText() === "kbd") return;
    if (ts.isJsxText(node) && /\p{L}{2}/u.test(node.text.replaceAll(/&\w+;/g, ""))) found.push(node.text.trim());
    if (ts.isJsxAttribute(node) && node.initializer && ts.isStringLiteral(node.initializer)) {
      if (namingAttributes.has(node.name.getText())) found.push(node.initializer.text);
      return;
    }
    if (ts.isStringLiteralLike(node) && isForPeople(node.text)) found.push(node.text);
    if (ts.isTemplateExpression(node)) {
      const text = node.head.text + node.templateSpans.map(({ literal }) => `\${…}${literal.text}`).join("");
      if (isForPeople(text)) found.push(text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, kind));
  return found;
}

/** The page has words of its own for their codes. */
const innerErrors = new Set(["RunHereError", "DOMException"]);
const namingAttributes = new Set(["aria-label", "aria-description", "title", "placeholder", "alt", "label"]);

const keys = new Set(["Esc", "Enter", "Shift", "Ctrl"]);

/** A capital and two words, or a sentence that goes on after something that is put in. */
function isForPeople(text: string): boolean {
  const bare = text.trim();
  if (keys.has(bare)) return false;
  return (
    /^[“"]?[A-Z][a-z’]+ [a-z“]/.test(bare) ||
    /^[“"]?[A-Z][a-z]+[^<>{}()]*[a-z”][.?!…]$/.test(bare) ||
    /\} [a-z]+ [a-z]+.*[a-z”][.?!…]$/.test(bare)
  );
}
