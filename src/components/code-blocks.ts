import type { Code, RootContent } from "mdast";
import { hasAttribute } from "../lessons/attribute-value.ts";
import { contentOfFile, readCodeBlockUse, type CommandUse, type FileUse } from "../lessons/code-block.ts";
import type { Element } from "../lessons/mdx-tree.ts";
import { compareFiles, describeLines } from "./file-diff.ts";
import { languageOf } from "./file-language.ts";
import type { Presentation } from "./lesson-markup.ts";
import { createCode, createElement, readText } from "./mdx-element.ts";

/** A fenced block as the component that its words ask for; one that is only text stays as it is. */
export function presentCode(code: Code, lesson: Presentation): RootContent {
  const use = readCodeBlockUse(code.lang, code.meta);
  if ("problem" in use) return lesson.refuse(code, use);
  switch (use.type) {
    case "text":
      return code;
    case "copy":
      return createElement("CopyBlock", { content: code.value }, [createCode(code.lang, code.value)]);
    case "output":
      return createElement("OutputBlock", { text: code.value });
    case "command":
      return presentCommand(code.value, use);
    case "file":
      return presentFence(code, use, lesson);
  }
}

/** `<File path="app.py" />`: a file that comes with the lesson or the step. */
export function presentFile(element: Element, lesson: Presentation): Element {
  const path = readText(element, "path") ?? "";
  const content = lesson.files.readShipped(path);
  if (content === undefined) {
    return lesson.refuse(element, {
      problem: `<File> shows "${path}", which does not come with the lesson.`,
      remedy: "Put the file below files/, or below steps/ and the step's id, and name its path in there.",
    });
  }
  return createFileBlock(path, content, hasAttribute(element, "write"), [
    createCode(languageOf(path), withoutLastBreak(content)),
  ]);
}

function presentCommand(command: string, { terminal, background, interrupt }: CommandUse): Element {
  return createElement("CommandBlock", {
    command,
    terminal: String(terminal),
    background: background ? "yes" : undefined,
    interrupt: interrupt ? "yes" : undefined,
  });
}

function presentFence(code: Code, { path, write, diff }: FileUse, lesson: Presentation): Element {
  const content = contentOfFile(code.value);
  const before = lesson.files.read(path);
  lesson.files.write(path, content);
  const lines = diff && before !== undefined ? compareFiles(before, content) : [];
  const shown =
    lines.length > 0
      ? createCode(code.lang, lines.map(({ text }) => text).join("\n"), describeLines(lines))
      : createCode(code.lang, code.value);
  return createFileBlock(path, content, write, [shown], lines.length > 0);
}

function createFileBlock(path: string, content: string, write: boolean, shown: Code[], isDiff = false): Element {
  return createElement(
    "FileBlock",
    { path, content, write: write ? "yes" : undefined, diff: isDiff ? "yes" : undefined },
    shown,
  );
}

function withoutLastBreak(text: string): string {
  return text.replace(/\n$/, "");
}
