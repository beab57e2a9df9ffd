import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { validateCheck, validateChecks } from "../../src/checks/schema.ts";
import { excerpt } from "../../src/components/search/excerpt.ts";
import { indexLessons } from "../../src/components/search/index-lessons.ts";
import { readLessonSearch, type LessonSearch } from "../../src/components/search/lesson-search.ts";
import { loadCourses } from "../../src/lessons/load-courses.ts";

const read = (parts: ReturnType<typeof excerpt>) =>
  parts.map(({ text, isMatch }) => (isMatch ? `[${text}]` : text)).join("");

describe("an excerpt", () => {
  it("is the whole of a short text, with the words marked that were found", () => {
    expect(read(excerpt("A Layer is a layer.", ["layer"]))).toBe("A [Layer] is a [layer].");
  });

  it("is around the place where most of the words are, cut between words", () => {
    const text = `${"rope ".repeat(60)}layer ${"sail ".repeat(60)}the build cache of a layer ${"mast ".repeat(60)}`;
    const shown = read(excerpt(text, ["build", "cache", "layer"]));
    expect(shown).toContain("the [build] [cache] of a [layer]");
    expect(shown).toMatch(/^… sail .* mast …$/);
    expect(shown.length).toBeLessThan(220);
  });

  it("is the beginning where only the title has the word", () => {
    expect(read(excerpt("one ".repeat(100), ["title"]))).toMatch(/^one one .* …$/);
  });
});

describe("the index of all lessons", () => {
  let index: string;
  let lessons: LessonSearch;

  beforeAll(async () => {
    const courses = await loadCourses(join(import.meta.dirname, "../../content"), { validateCheck, validateChecks });
    const term = {
      term: "whiteout",
      aka: ["whiteouts"],
      definition: "A `mark` of *absence*.",
      path: "glossary/#whiteout",
    };
    index = await indexLessons(courses, [term]);
    lessons = await readLessonSearch(index);
    // All lessons are read and compiled.
  }, 120_000);

  it("finds a step by the words of its title, and leads to its anchor", () => {
    const [first] = lessons.search("run a container from your image", 5).results;
    expect(first?.href).toMatch(/\/learn\/[\w-]+\/[\w-]+\/#step-[\w-]+$/);
  });

  it("finds commands, beginnings of words and words with a slip", () => {
    expect(lessons.search("docker history", 5).all).toBeGreaterThan(0);
    expect(lessons.search("regist", 5).all).toBeGreaterThan(0);
    expect(lessons.search("contaner", 5).all).toBeGreaterThan(0);
    expect(lessons.search("xyzzyplugh", 5)).toEqual({ results: [], all: 0 });
  });

  it("finds a term of the glossary, without the marks of its text", () => {
    const found = lessons.search("whiteouts", 50).results.find(({ href }) => href.endsWith("glossary/#whiteout"));
    expect(found?.heading).toBe("whiteout, whiteouts");
    expect(found?.excerpt.map(({ text }) => text).join("")).toBe("A mark of absence.");
  });
});
