import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openVisit, type Visit } from "../e2e/browser.ts";
import { pageBudgets } from "./budgets.ts";
import { pageKinds } from "./page-kinds.ts";
import { weighPage, weightTypes } from "./weigh.ts";

let visit: Visit;

beforeAll(async () => {
  visit = await openVisit();
});

afterAll(() => visit[Symbol.asyncDispose]());

describe("a page stays within its budget of bytes and requests", () => {
  it.each(pageKinds)("$name", async ({ name, path }) => {
    const { page } = await visit.newPage();
    const { requests, bytes } = await weighPage(page, visit.url + path);
    await page.context().close();
    const weight = { requests, ...Object.fromEntries(weightTypes.map((type) => [type, bytes[type] / 1000])) };
    if (process.env.WEIGH) console.log(name, JSON.stringify(weight));
    const budget = pageBudgets[name];
    expect(Object.keys(budget ?? {}).sort()).toEqual(Object.keys(weight).sort());
    const over = Object.entries(weight).filter(([what, is]) => is > (budget?.[what as keyof typeof weight] ?? 0));
    expect(over).toEqual([]);
  });
});
