import { describe, expect, it } from "vitest";
import { describeKinds } from "../../src/checks/describe-kinds.ts";
import { kinds } from "../../src/checks/kinds.ts";
import { validateCheck } from "../../src/checks/schema.ts";
import { readLesson } from "../../src/lessons/read-lesson.ts";

describe("the authors' reference of checks", () => {
  const described = describeKinds();

  it("has every kind but the quiz, which has a component of its own", () => {
    expect(described.map(({ kind }) => kind)).toEqual([...kinds.keys()].filter((kind) => kind !== "quiz"));
  });

  it("says of each parameter what it takes and whether it is needed", () => {
    const http = described.find(({ kind }) => kind === "http");
    expect(http?.parameters.slice(0, 3)).toEqual([
      {
        name: "port",
        isOptional: false,
        type: "a whole number from 1 to 65535",
        description: "The port outside of the containers.",
      },
      {
        name: "path",
        isOptional: true,
        type: "a path that starts with / and has no spaces",
        description: "The path, with its query; / if it is not given.",
      },
      {
        name: "method",
        isOptional: true,
        type: '"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE" or "OPTIONS"',
        description: "The method; GET if it is not given.",
      },
    ]);
  });

  it.each(
    described.flatMap(({ kind, about, parameters }) => [
      { name: kind, words: about },
      ...parameters.map(({ name, description }) => ({ name: `${kind}.${name}`, words: description })),
    ]),
  )("describes $name in sentences", ({ words }) => {
    expect(words).toMatch(/^[A-Z].+\.$/);
  });

  it.each(described.map(({ example }) => example))("has an example that is right: %s", (example) => {
    const source = `---
title: A
summary: B
minutes: 5
level: beginner
objectives: [C]
---

<Step id="a" title="A">
${example}
<Hint>Look.</Hint>
<Solution>
\`\`\`sh run
true
\`\`\`
</Solution>
</Step>
`;
    const lesson = readLesson(source, { id: "course/lesson", file: "lesson.mdx", validateCheck });
    expect(lesson.steps[0]?.checks).toHaveLength(1);
  });
});
