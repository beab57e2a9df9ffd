import { expect, it } from "vitest";
import { readPassages } from "../../src/lessons/read-passages.ts";

const source = `---
title: Rope
---

A word before all headings.

## Knots

They hold \`docker run\`.

<Step id="tie" title="Tie a knot">

Tie it **well**.

- one end
- the other end

\`\`\`sh run
docker pull rope
\`\`\`

<Note title="Why?">Loose knots slip.</Note>
<Hint>Secret of the hint.</Hint>
<Solution>

\`\`\`sh run
docker secret
\`\`\`

</Solution>
<Quiz id="q" question="Which end?"><Answer right>The secret answer<Because>secret</Because></Answer></Quiz>

</Step>

After the step.
`;

it("reads what stands under headings and in steps, each as a passage of its own", () => {
  expect(readPassages(source, "lesson.mdx").map(({ step, heading }) => [step, heading])).toEqual([
    [undefined, ""],
    [undefined, "Knots"],
    ["tie", "Tie a knot"],
    [undefined, ""],
  ]);
});

it("joins the words of paragraphs, lists, code and notes, without their formatting", () => {
  const passages = readPassages(source, "lesson.mdx");
  expect(passages[1]?.text).toBe("They hold docker run.");
  expect(passages[2]?.text).toBe(
    "Tie it well. one end the other end docker pull rope Why? Loose knots slip. Which end?",
  );
});

it("leaves out what a reader has to ask for: hints, solutions and answers", () => {
  expect(JSON.stringify(readPassages(source, "lesson.mdx"))).not.toMatch(/secret/i);
});
