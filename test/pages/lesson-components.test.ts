import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openVisit, type Visit } from "../e2e/browser.ts";

// The lesson of the authors' guide that has every component once, before any machine.

const path = "/learn/authors/components/";

let visit: Visit;

beforeAll(async () => {
  visit = await openVisit();
});

afterAll(() => visit[Symbol.asyncDispose]());

describe("a quiz", () => {
  it("explains a wrong answer without giving the right one away, and lets the reader try again", async () => {
    const page = await openLesson();
    const quiz = page.getByRole("group", { name: "How many of these answers are right?" });
    const form = page.locator("quiz-form", { has: quiz });
    await check(form);
    expect(await said(form)).toBe("Choose an answer first.");
    await quiz.getByRole("radio", { name: "None." }).check();
    await check(form);
    expect(await said(form)).toMatch(/^Not yet\. /);
    expect(await explanations(form)).toEqual(["Not right. A quiz of this type has exactly one right answer."]);
    await quiz.getByRole("radio", { name: "One.", exact: true }).check();
    await check(form);
    expect(await said(form)).toBe("Right.");
    expect(await explanations(form)).toEqual(["Right. Without a type, exactly one answer is marked right."]);
    expect(await quiz.getByRole("radio", { name: "None." }).isDisabled()).toBe(true);
    await page.context().close();
  });

  it("tells one with several right answers what is missing, and what is too much", async () => {
    const page = await openLesson();
    const quiz = page.getByRole("group", { name: "Which of these are components?" });
    const form = page.locator("quiz-form", { has: quiz });
    await quiz.getByRole("checkbox", { name: "Tabs" }).check();
    await check(form);
    expect(await said(form)).toContain("something is missing");
    await quiz.getByRole("checkbox", { name: "Output" }).check();
    await check(form);
    expect(await said(form)).toContain("Something was chosen that is not right");
    await quiz.getByRole("checkbox", { name: "Output" }).uncheck();
    await quiz.getByRole("checkbox", { name: "Compare" }).check();
    await check(form);
    expect(await said(form)).toBe("Right.");
    await page.context().close();
  });

  it("is put in order by keyboard, which keeps its place and hears the new one", async () => {
    const page = await openLesson();
    const quiz = page.getByRole("group", { name: "In which order do readers meet these?" });
    const form = page.locator("quiz-form", { has: quiz });
    const right = ["the step’s title", "the first hint", "the solution"];
    expect(await form.locator(".quiz-text").allInnerTexts()).not.toEqual(right);
    await check(form);
    expect(await said(form)).toMatch(/^Not yet\. /);
    expect(await explanations(form)).toEqual([]);
    for (const [place, words] of right.entries()) {
      const up = quiz.getByRole("button", { name: `Move up: ${words}` });
      await up.focus();
      for (let steps = await placeOf(form, words); steps > place; steps--) await page.keyboard.press("Enter");
      expect(await up.evaluate((button) => button === document.activeElement)).toBe(true);
      expect(await placeOf(form, words)).toBe(place);
    }
    await quiz.getByRole("button", { name: "Move up: the step’s title" }).press("Enter");
    expect(await form.locator("[data-quiz-moved]").innerText()).toBe("It stays 1 of 3.");
    await check(form);
    expect(await said(form)).toBe("Right.");
    expect(await explanations(form)).toEqual(["The solution comes last, so that it is not read by accident."]);
    await page.context().close();
  });

  it("takes a number near enough, and only then says why", async () => {
    const page = await openLesson();
    const quiz = page.getByRole("group", { name: "How long may a summary be?" });
    const form = page.locator("quiz-form", { has: quiz });
    const field = quiz.getByLabel("Your answer in characters");
    await field.fill("many");
    await field.press("Enter");
    expect(await said(form)).toBe("That is not a number.");
    await field.fill("100");
    await field.press("Enter");
    expect(await said(form)).toMatch(/^Not yet\. /);
    expect(await explanations(form)).toEqual([]);
    await field.fill("235 characters");
    await field.press("Enter");
    expect(await said(form)).toBe("Right.");
    expect(await explanations(form)).toHaveLength(1);
    await page.context().close();
  });
});

describe("a term", () => {
  it("opens its definition beside it by keyboard, and closes it by Escape, without moving the text", async () => {
    const page = await openLesson();
    const term = page.getByRole("button", { name: "layers", exact: true });
    await term.focus();
    const before = await term.boundingBox();
    await page.keyboard.press("Enter");
    const card = page.locator(".term-card:popover-open");
    expect(await card.innerText()).toMatch(/^layer\n/);
    expect(await term.getAttribute("aria-expanded")).toBe("true");
    expect(await term.boundingBox()).toEqual(before);
    const box = await card.boundingBox();
    expect(Math.abs((box?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(300);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("In the glossary");
    await page.keyboard.press("Escape");
    await card.waitFor({ state: "detached" });
    expect(await term.evaluate((link) => link === document.activeElement)).toBe(true);
    await page.context().close();
  });

  it("leads to its entry in the glossary, and works when the reader comes back", async () => {
    const page = await openLesson();
    await page.getByRole("button", { name: "layers", exact: true }).click();
    await page.getByRole("link", { name: "In the glossary" }).click();
    await page.getByRole("heading", { name: "Glossary", level: 1 }).waitFor();
    expect(new URL(page.url()).hash).toBe("#layer");
    expect(await page.locator(":target dfn").innerText()).toBe("layer");
    await page.goBack();
    await page.getByRole("button", { name: "layers", exact: true }).click();
    expect(await page.locator(".term-card:popover-open").count()).toBe(1);
    await page.context().close();
  });
});

it("changes tabs by the arrow keys", async () => {
  const page = await openLesson();
  const panels = page.getByRole("main").getByRole("tabpanel");
  await page.getByRole("tab", { name: "Linux" }).focus();
  expect(await panels.allInnerTexts()).toEqual(["Open a terminal."]);
  await page.keyboard.press("ArrowRight");
  expect(await panels.allInnerTexts()).toEqual(["Open PowerShell."]);
  await page.keyboard.press("ArrowRight");
  expect(await page.getByRole("tab", { name: "Linux" }).getAttribute("aria-selected")).toBe("true");
  await page.context().close();
});

it("shows a picture by its name, and what changes in a file", async () => {
  const page = await openLesson();
  expect(await page.getByRole("img", { name: "A ship with four containers on board" }).count()).toBe(1);
  const diff = page.locator("figure.file", { hasText: "what changes" });
  expect(await diff.locator("del").allInnerTexts()).not.toEqual([]);
  expect(await diff.locator("ins").allInnerTexts()).toEqual(['echo "Hello, $1"']);
  await page.context().close();
});

it("says all of it with JavaScript off", async () => {
  const { page } = await visit.newPage({ javaScriptEnabled: false });
  await page.goto(path);
  for (const words of ["Open a terminal.", "Open PowerShell."]) {
    expect(await page.locator("section.tab", { hasText: words }).isVisible()).toBe(true);
  }
  expect(await page.getByRole("group", { name: "How many of these answers are right?" }).isVisible()).toBe(true);
  expect(await page.getByRole("link", { name: "layers", exact: true }).getAttribute("href")).toMatch(
    /glossary\/#layer$/,
  );
  expect(await page.getByRole("button", { name: /Run|Copy|Write it|Check answer|Move/ }).count()).toBe(0);
  const because = page.locator(".because-body", { hasText: "A quiz of this type has exactly one right answer." });
  expect(await because.isVisible()).toBe(false);
  await page.locator("details", { has: because }).locator("summary").click();
  expect(await because.isVisible()).toBe(true);
  await page.context().close();
});

describe("on paper", () => {
  it("has every tab, and each solution that is not in the text already", async () => {
    const page = await openOnPaper();
    expect(await page.locator("section.tab", { hasText: "Open PowerShell." }).isVisible()).toBe(true);
    expect(await page.getByText("cat /proc/cmdline", { exact: true }).last().isVisible()).toBe(true);
    const repeated = page.locator("#step-files .solution");
    expect([await repeated.count(), await repeated.isVisible()]).toEqual([1, false]);
    await page.context().close();
  });

  it("has nothing to be operated, no sandbox, no hint, and light colours in the dark", async () => {
    const page = await openOnPaper();
    const operated = page.locator("button, input, summary, [role=tab], [contenteditable]");
    expect(await operated.count()).toBeGreaterThan(10);
    expect(await operated.filter({ visible: true }).allInnerTexts()).toEqual(["Solution"]);
    expect(await page.getByRole("navigation").count()).toBe(0);
    const unwanted = page.locator(".sandbox-host, .site-header, .small-machine-host, .hint, .step-foot");
    expect(await unwanted.count()).toBeGreaterThan(10);
    expect(await unwanted.filter({ visible: true }).count()).toBe(0);
    expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe("rgb(16, 26, 34)");
    await page.context().close();
  });

  it("has quizzes to be answered, and does not tell what the reader has found out", async () => {
    const page = await openLesson();
    const form = page.locator("quiz-form", { has: page.getByRole("group", { name: "How many of these answers are" }) });
    await form.getByRole("radio", { name: "One.", exact: true }).check();
    await check(form);
    const order = page.locator("quiz-form[data-type=order] .quiz-text");
    const before = await order.evaluateAll(byHeight);
    await page
      .getByRole("button", { name: /^Move down/ })
      .first()
      .click();
    expect(await order.evaluateAll(byHeight)).not.toEqual(before);
    await page.emulateMedia({ media: "print" });
    expect(await order.evaluateAll(byHeight)).toEqual(before);
    expect(await form.getByText("One.", { exact: true }).isVisible()).toBe(true);
    const told = page.locator(".because, .quiz-given, [data-quiz-status], .quiz-answer > input");
    expect(await told.filter({ visible: true }).count()).toBe(0);
    const borders = await form
      .locator(".quiz-answer")
      .evaluateAll((answers) => answers.map((answer) => getComputedStyle(answer).borderStyle));
    expect(new Set(borders)).toEqual(new Set(["none"]));
    await page.context().close();
  });

  it("has the words of a live figure, and the addresses of links that lead out", async () => {
    const page = await openOnPaper();
    const words = await page
      .locator(".live-figure-place")
      .evaluateAll((places) => places.map((place) => getComputedStyle(place, "::before").content));
    expect(words).toEqual(['"The layers of busybox, as the engine in the sandbox has them"']);
    const after = (selector: string) =>
      page.locator(selector).evaluateAll((links) => links.map((link) => getComputedStyle(link, "::after").content));
    expect(new Set(await after(".lesson a:not([href^=http])"))).toEqual(new Set(["none"]));
    await page.goto("/learn/containers/images-and-layers/", { waitUntil: "networkidle" });
    const [first] = await after(".lesson a[href^=http]");
    expect(first).toMatch(/^" \("? ?"?https:\/\//);
    await page.context().close();
  });
});

function byHeight(elements: (HTMLElement | SVGElement)[]): string[] {
  const places = elements.map((element) => ({ top: element.getBoundingClientRect().top, text: element.textContent }));
  return places.sort((a, b) => a.top - b.top).map(({ text }) => text.trim());
}

/** As it is printed, from the dark theme. */
async function openOnPaper(): Promise<Page> {
  const page = await openLesson();
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await page.evaluate(() => (document.documentElement.dataset.theme = "dark"));
  return page;
}

async function openLesson(): Promise<Page> {
  const { page } = await visit.newPage();
  // Nothing here needs the machine, which would be loaded for each test.
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "connection", { value: Object.assign(new EventTarget(), { saveData: true }) });
  });
  await page.goto(path, { waitUntil: "networkidle" });
  return page;
}

async function check(form: Locator): Promise<void> {
  await form.getByRole("button", { name: "Check answer" }).click();
}

async function said(form: Locator): Promise<string> {
  return form.locator("[data-quiz-status]").innerText();
}

async function explanations(form: Locator): Promise<string[]> {
  return form.locator(".because-body:visible").allInnerTexts();
}

async function placeOf(form: Locator, words: string): Promise<number> {
  return (await form.locator(".quiz-text").allInnerTexts()).indexOf(words);
}
