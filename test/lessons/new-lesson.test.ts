import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { addLesson } from "../../src/authoring/add-lesson.ts";
import { draftLesson } from "../../src/authoring/new-lesson/lesson-draft.ts";
import { root } from "../../src/server/build-site.ts";
import { loadLessons } from "./choose-lessons.ts";
import { openWorkplace } from "./lesson-workplace.ts";
import { proveStep } from "./prove-step.ts";

it("what new-lesson writes can be solved as it is", async ({ signal }) => {
  const content = await mkdtemp(join(tmpdir(), "drydock-new-lesson-"));
  onTestFinished(() => rm(content, { recursive: true }));
  const newCourse = { title: "Ships", summary: "All about ships." };
  const request = { course: "ships", newCourse, title: "Launch", summary: "Go.", minutes: 5, level: "beginner" };
  const { id } = await addLesson(content, request, (name) => draftLesson(request, name));

  const [lesson] = await loadLessons(content);
  if (!lesson) throw new Error("The lesson was not found.");
  expect(lesson.id).toBe(id);
  await using workplace = await openWorkplace(lesson, { imageFolder: join(root, "public/machine"), signal });
  const proofs = [];
  for (const step of lesson.steps) proofs.push(await proveStep(step, workplace, { signal }));
  expect(proofs.flatMap(({ wrong }) => wrong)).toHaveLength(1);
});
