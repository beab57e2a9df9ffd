import type { Page } from "playwright-core";

export const weightTypes = ["document", "script", "stylesheet", "font", "other"] as const;
export type WeightType = (typeof weightTypes)[number];

export interface PageWeight {
  readonly requests: number;
  /** As they come, compressed as the server does. */
  readonly bytes: Readonly<Record<WeightType, number>>;
}

/** Opens a page in a fresh tab and counts what comes until nothing more does. Nothing of the sandbox is loaded where readers save data. */
export async function weighPage(page: Page, url: string): Promise<PageWeight> {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "connection", { value: Object.assign(new EventTarget(), { saveData: true }) });
  });
  const bytes: Record<WeightType, number> = { document: 0, script: 0, stylesheet: 0, font: 0, other: 0 };
  const bodies: Promise<void>[] = [];
  let requests = 0;
  page.on("response", (response) => {
    const found = response.request().resourceType();
    const type = weightTypes.find((known) => known === found) ?? "other";
    requests++;
    bodies.push(
      response
        .finished()
        .then(() => response.request().sizes())
        .then(({ responseBodySize }) => {
          bytes[type] += responseBodySize;
        }),
    );
  });
  await page.goto(url, { waitUntil: "networkidle" });
  await Promise.all(bodies);
  return { requests, bytes };
}
