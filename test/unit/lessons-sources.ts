import type { ReadLessonOptions } from "../../src/lessons/reading.ts";

/** Pieces of lessons for the tests of their reader. */
export const frontMatter = `---
title: Say hello
summary: A lesson for the tests.
minutes: 5
level: beginner
objectives: [say hello]
---`;

export const check = '<Check kind="file" path="hello.txt" />';
export const hint = "<Hint>\nLook at `echo`.\n</Hint>";
export const solution = "<Solution>\n```sh run\necho hello > hello.txt\n```\n</Solution>";

export const options: ReadLessonOptions = { id: "c/l", file: "lesson.mdx" };

export function lesson(body: string): string {
  return `${frontMatter}\n\n${body}\n`;
}

/** What is inside begins in line 11. */
export function step(inside: string, attributes = 'id="hello" title="Say hello"'): string {
  return lesson(`<Step ${attributes}>\n\n${inside}\n\n</Step>`);
}

/** With one more entry in the front matter, in line 6. */
export function withEntry(entry: string, source: string): string {
  return source.replace("objectives", `${entry}\nobjectives`);
}
