import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { describeKinds } from "../../src/checks/describe-kinds.ts";
import { validateCheck, validateChecks } from "../../src/checks/schema.ts";
import { components } from "../../src/lessons/components.ts";
import { loadCourses } from "../../src/lessons/load-courses.ts";
import type { CheckSpec } from "../../src/lessons/model.ts";
import { root } from "../../src/server/build-site.ts";

const courses = await loadCourses(join(root, "content"), { validateCheck, validateChecks });
const guide = courses.find(({ id }) => id === "authors");
const lessons = guide?.groups.flatMap((group) => group.lessons) ?? [];
const sources = await Promise.all(lessons.map(({ folder }) => readFile(join(folder, "lesson.mdx"), "utf8")));
const fence = /^(`{3,})([^\n]*)\n[^]*?^\1$/gm;
const shown = sources.map((source) => source.replaceAll(fence, "")).join("\n");
const examples = sources.flatMap((source) =>
  [...source.matchAll(fence)].filter(([, , info]) => info?.startsWith("mdx")),
);
const example = examples.map(([block]) => block).join("\n");

/** A reference for authors that leaves something out would be believed. */
describe("the authors' guide", () => {
  const kinds = [...describeKinds().map(({ kind }) => kind), "any", "all", "not", "quiz"];

  it.each(kinds)("has a step that is ticked by a check of the kind %s, and wrong work that it refuses", (kind) => {
    const steps = lessons.flatMap(({ lesson }) => lesson.steps);
    const withIt = steps.filter(({ checks }) => checks.some((check) => isOf(kind, check)));
    expect(withIt).not.toEqual([]);
    expect(withIt.some(({ wrong }) => wrong.length > 0)).toBe(true);
  });

  it.each([...components.keys()])("has the component %s at work, and its source", (name) => {
    const tag = new RegExp(`<${name}(?![\\w.-])`);
    expect(shown).toMatch(tag);
    expect(example).toMatch(tag);
  });

  it.each(describeKinds())("names all that can be asked by $kind", ({ kind, parameters }) => {
    const table = tableOf(kind);
    expect(table).not.toBe("");
    expect(parameters.map(({ name }) => name).filter((name) => !table.includes(`\`${name}\``))).toEqual([]);
  });
});

/** The rows of the tables in the step about a kind of check, which has its name. */
function tableOf(kind: string): string {
  const [step = ""] = new RegExp(`^<Step id="${kind}" [^]*?^</Step>`, "m").exec(shown) ?? [];
  return step
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .join("\n");
}

function isOf(kind: string, check: CheckSpec): boolean {
  const nested = Array.isArray(check.of) ? (check.of as CheckSpec[]) : [];
  return check.kind === kind || nested.some((each) => isOf(kind, each));
}
