import { join } from "node:path";
import { expect, it } from "vitest";
import { validateCheck, validateChecks } from "../../src/checks/schema.ts";
import { coverageOf, emptyDeeds } from "../../src/lessons/coverage.ts";
import { loadContent } from "../../src/lessons/load-courses.ts";

it("the lessons for learners cover everything that the curriculum asks for", async () => {
  const content = await loadContent(join(import.meta.dirname, "../../content"), { validateCheck, validateChecks });
  const groups = content.courses.filter((course) => course.for === "learners").flatMap((course) => course.groups);
  const lessons = groups.flatMap((group) => group.lessons.map(({ lesson }) => lesson));
  expect(emptyDeeds(coverageOf(content.curriculum, lessons)).map(({ name }) => name)).toEqual([]);
});
