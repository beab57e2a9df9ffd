import { expect, it } from "vitest";
import { sortByCourse, type CourseOutline } from "../../src/components/your-work/work-overview.ts";

const courses: CourseOutline[] = [
  {
    id: "c",
    title: "Course",
    lessons: ["one", "two", "three"].map((name) => ({
      id: `c/${name}`,
      title: name,
      href: `/learn/c/${name}/`,
      steps: [
        { id: "a", title: "First" },
        { id: "b", title: "Second" },
        { id: "c", title: "Third" },
      ],
    })),
  },
];
const time = "2026-11-21T10:00:00Z";

it("counts what is done, skipped, and done with its solution in view, of the steps that there are", () => {
  const progress = {
    "c/one": {
      a: { checks: [0], done: time, solutionSeen: true as const },
      b: { checks: [], skipped: time, solutionSeen: true as const },
      gone: { checks: [0], done: time },
    },
  };
  const [course] = sortByCourse({ progress, workspaces: [], machines: [] }, courses, "/playground/");
  expect(course?.lessons.map(({ id, steps }) => [id, steps])).toEqual([
    ["c/one", { done: 1, of: 3, skipped: 1, withSolution: 1 }],
  ]);
  expect(course?.untouched).toBe(2);
});

it("shows lessons in their order, then the playground, then what no lesson of the site explains", () => {
  const workspaces = ["x/gone", "playground", "c/two", "c/one"].map((lesson) => ({
    lesson,
    savedAt: time,
    files: lesson === "c/one" ? 0 : 1,
    bytes: 5,
  }));
  const machines = [{ lesson: "c/three", step: "b", savedAt: time, imageId: "abcdef01", bytes: 5 }];
  const sections = sortByCourse({ progress: {}, workspaces, machines }, courses, "/playground/");
  expect(sections.map(({ title, lessons }) => [title, lessons.map(({ id, href }) => [id, href])])).toEqual([
    [
      "Course",
      [
        ["c/two", "/learn/c/two/"],
        ["c/three", "/learn/c/three/"],
      ],
    ],
    [
      "Elsewhere",
      [
        ["playground", "/playground/"],
        ["x/gone", undefined],
      ],
    ],
  ]);
  expect(sections[0]?.lessons[1]?.machineStep).toBe("Second");
});
