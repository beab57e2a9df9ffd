import { expect, it } from "vitest";
import { coverageOf, emptyDeeds } from "../../src/lessons/coverage.ts";
import type { Lesson, Step } from "../../src/lessons/model.ts";

const curriculum = [
  {
    id: "boats",
    topic: "Boats",
    deeds: [
      { id: "sail", deed: "sails one" },
      { id: "moor", deed: "moors it" },
    ],
  },
];

it("lists the steps that cover a deed in reading order, and none for one that nobody covers", () => {
  const lessons = [
    lesson("b", step("first", ["boats.sail"]), step("second")),
    lesson("a", step("again", ["boats.sail"])),
  ];
  const rows = coverageOf(curriculum, lessons);
  expect(
    rows.map(({ topic, deeds }) => [
      topic,
      ...deeds.map(({ name, steps }) => [name, ...steps.map((each) => `${each.lesson.id}#${each.step.id}`)]),
    ]),
  ).toEqual([["Boats", ["boats.sail", "b#first", "a#again"], ["boats.moor"]]]);
  expect(emptyDeeds(rows)).toMatchObject([{ name: "boats.moor", deed: "moors it" }]);
});

function lesson(id: string, ...steps: readonly Step[]): Lesson {
  const machine = { terminals: 1, images: [], features: [] };
  return { id, title: id, machine, start: null, files: [], steps };
}

function step(id: string, covers: readonly string[] = []): Step {
  return { id, title: id, files: [], checks: [], hints: 0, solution: [], wrong: [], covers };
}
