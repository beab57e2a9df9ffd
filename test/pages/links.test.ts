import { expect, it } from "vitest";
import { siteFolder } from "../../src/server/build-site.ts";
import { findBrokenLinks } from "./broken-links.ts";

it("every link of the built site leads somewhere, and every link out of it is a proper address", async () => {
  const { SITE_URL: site, SITE_BASE: base = "/" } = process.env;
  const broken = await findBrokenLinks(siteFolder, {
    base: base.replace(/^\/?/, "/").replace(/\/?$/, "/"),
    ...(site !== undefined && { origin: new URL(site).origin }),
  });
  expect(broken).toEqual([]);
});
