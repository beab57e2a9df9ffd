import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { findBrokenLinks, type SiteOptions } from "../pages/broken-links.ts";

let folder = "";

afterEach(async () => {
  await rm(folder, { recursive: true });
  folder = "";
});

describe("links of the built site", () => {
  it("may lead to pages, to files and to ids", async () => {
    const links = ["/", "/learn/", "../learn/#first", "#here", "#top", "?print", "/ship.svg", "learn/index.html#first"];
    expect(await broken(links.map(anchor).join(""))).toEqual([]);
    expect(await broken('<img src="/ship.svg" srcset="/ship.svg 1x, ship.svg 2x"><link href="/ship.svg">')).toEqual([]);
  });

  it.each([
    ["/lern/", "leads nowhere"],
    ["lesson.mdx", "leads nowhere"],
    ["/Learn/", "is written differently: learn/index.html"],
    ["/learn", "needs a slash at its end"],
    ["/learn/#second", 'there is no id "second" on that page'],
    ["#First", 'there is no id "First" on that page'],
    ["http://", "is no address"],
  ])("may not be %s", async (link, why) => {
    expect(await broken(anchor(link))).toEqual([{ page: "index.html", link, why }]);
  });

  it("may lead to a panel where there is a sandbox", async () => {
    const sandbox = '<script type="application/json" id="lesson-data">null</script>';
    const link = "#panel=layers&of=hello:1";
    expect(await broken(sandbox + anchor(link))).toEqual([]);
    expect(await broken(anchor(link))).toMatchObject([{ why: "there is no sandbox on that page" }]);
    expect(await broken(sandbox + anchor("#panel=lairs"))).toMatchObject([
      { why: expect.stringContaining("no id") as string },
    ]);
  });

  it.each(["img", "script", "iframe"])("are followed from %s too", async (element) => {
    expect(await broken(`<${element} src="/gone.svg"></${element}>`)).toMatchObject([{ why: "leads nowhere" }]);
  });

  it("are looked up in every candidate of a picture", async () => {
    expect(await broken('<img srcset="/ship.svg 1x, /gone.svg 2x">')).toMatchObject([{ link: "/gone.svg" }]);
  });

  it("stay below the path that the site is served from", async () => {
    expect(await broken(anchor("/docs/learn/#first"), { base: "/docs/" })).toEqual([]);
    expect(await broken(anchor("/learn/"), { base: "/docs/" })).toMatchObject([{ why: "is outside of /docs/" }]);
  });

  it("are looked up when they name the site itself", async () => {
    const origin = "https://learn.example.org";
    expect(await broken(anchor(`${origin}/learn/`), { origin })).toEqual([]);
    expect(await broken(anchor(`${origin}/lern/`), { origin })).toMatchObject([{ why: "leads nowhere" }]);
  });
});

describe("links to other sites", () => {
  it("may be https addresses and people", async () => {
    const links = [
      "https://docs.docker.com/engine/#top",
      "https://en.wikipedia.org/wiki/Chroot_(Unix)",
      "mailto:a@b.org",
    ];
    expect(await broken(links.map(anchor).join(""))).toEqual([]);
  });

  it.each([
    ["http://docs.docker.com/", "is not https"],
    ["htps://docs.docker.com/", "is not https"],
    ["https://localhost/", "has no public host"],
    ["https://docs/", "has no public host"],
    ["https://docs.docker.com:8080/", "has a port"],
    ["https://me:secret@docs.docker.com/", "has a name"],
    ["https://docs.docker.com/engine.", "ends with a sign"],
    ["https://docs.docker.com/engine)", "ends with a sign"],
    ["https://docs.docker.com/a b", "has a space"],
    ["https://https://docs.docker.com/", "has no public host"],
  ])("may not be %s", async (link, why) => {
    expect(await broken(anchor(link))).toMatchObject([{ link, why: expect.stringContaining(why) as string }]);
  });
});

function anchor(link: string): string {
  return `<a href="${link}">there</a>`;
}

/** Of a site with `body` on its home page, a page with the id `first`, and a picture. */
async function broken(body: string, options?: SiteOptions): Promise<unknown> {
  folder ||= await mkdtemp(join(tmpdir(), "drydock-links-"));
  const files = {
    "index.html": `<h1 id="here">Home</h1>${body}`,
    "learn/index.html": '<h1 id="first">Learn</h1>',
    "ship.svg": "<svg></svg>",
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return findBrokenLinks(folder, options);
}
