import { expect, it, vi } from "vitest";
import type { Act } from "../../src/components/acts/act.ts";
import { PaletteDesk } from "../../src/components/palette/palette-desk.ts";
import type { LessonSearch } from "../../src/components/search/lesson-search.ts";

const run = vi.fn();
const acts: Act[] = [
  { id: "step:tie", title: "Step 1: Tie a knot", section: "step", run },
  { id: "theme", title: "Switch between light and dark", section: "view", words: "colours", run },
  { id: "restart-engine", title: "Restart Docker", section: "machine", words: "daemon", run },
];

const lessons: LessonSearch = {
  search: (query) => ({
    all: 1,
    results: [{ title: "Ropes", heading: "Knots", href: `/learn/${query}`, excerpt: [] }],
  }),
};

function open(loadSearch: () => Promise<LessonSearch> = () => Promise.resolve(lessons)) {
  const go = vi.fn();
  return { desk: new PaletteDesk({ acts, loadSearch, go }), go };
}

const titles = (desk: PaletteDesk) => desk.entries.value.map(({ title }) => title);

it("shows all acts by their sections before anything is typed", () => {
  const { desk } = open();
  expect(desk.groups.value.map(({ section }) => section)).toEqual(["step", "machine", "view"]);
  expect(desk.chosen.value).toBe(0);
});

it("finds acts by beginnings, other words for them, and in spite of a slip", () => {
  const { desk } = open();
  desk.type("rest");
  expect(titles(desk)[0]).toBe("Restart Docker");
  desk.type("daemon");
  expect(titles(desk)[0]).toBe("Restart Docker");
  desk.type("swich");
  expect(titles(desk)[0]).toBe("Switch between light and dark");
});

it("adds places in the lessons once their index is there, and goes to the one that is run", async () => {
  const { desk, go } = open();
  desk.type("knot");
  expect(desk.isSearching.value).toBe(true);
  await vi.waitFor(() => expect(desk.groups.value.at(-1)?.section).toBe("found"));
  expect(desk.isSearching.value).toBe(false);
  desk.entries.value.at(-1)?.run();
  expect(go).toHaveBeenCalledExactlyOnceWith("/learn/knot");
});

it("moves around the ends, and begins anew with other words", () => {
  const { desk } = open();
  desk.move(-1);
  expect(desk.chosen.value).toBe(2);
  desk.move(1);
  expect(desk.chosen.value).toBe(0);
  desk.move(1);
  desk.type("d");
  expect(desk.chosen.value).toBe(0);
});

it("says when the index cannot be loaded, still finds acts, and tries again", async () => {
  const loadSearch = vi.fn<() => Promise<LessonSearch>>().mockRejectedValueOnce(new Error("offline"));
  loadSearch.mockResolvedValue(lessons);
  const { desk } = open(loadSearch);
  desk.type("restart");
  await vi.waitFor(() => expect(desk.problem.value).toMatch(/could not be loaded/));
  expect(titles(desk)).toEqual(["Restart Docker"]);
  desk.type("restart d");
  await vi.waitFor(() => expect(desk.problem.value).toBeUndefined());
  expect(loadSearch).toHaveBeenCalledTimes(2);
});
