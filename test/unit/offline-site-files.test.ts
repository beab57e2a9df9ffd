import { describe, expect, it } from "vitest";
import { addressOf, baseFiles, filesFor, siteFiles, successorsOf } from "../../src/offline/site-files.ts";
import { exampleSite, root, shell } from "./offline-fakes.ts";

const pathsOf = (files: readonly { readonly path: string }[]) => files.map(({ path }) => path);

describe("the files of a build", () => {
  it("are all that is shared and the pages of the kept courses, and none while nothing is kept", () => {
    expect(pathsOf(filesFor(exampleSite, ["ships"]))).toEqual([...pathsOf(exampleSite.shared), "learn/ships/first/"]);
    expect(filesFor(exampleSite, [])).toEqual([]);
    expect(pathsOf(baseFiles(exampleSite))).toEqual(["_astro/Page.AbCd1234.js", "offline/"]);
  });

  it("have an address of their build where their name says nothing of their content", () => {
    expect(addressOf(shell, root, "v1")).toBe("https://drydock.test/sub/_astro/Page.AbCd1234.js");
    expect(addressOf({ path: "early.js", bytes: 1, sha256: "0" }, root, "v1")).toBe(
      "https://drydock.test/sub/early.js?v=v1",
    );
  });

  it("take the place of those of another build by all of the name but the hash", () => {
    const before = [
      "_astro/Sandbox.ZyXw9876.js",
      "learn/ports/first/",
      "_astro/gone.ZyXw9876.js",
      "site-files.json?v=0",
    ];
    const addresses = before.map((path) => root.href + path);
    expect(pathsOf(successorsOf(addresses, exampleSite, root))).toEqual([
      "_astro/Sandbox.EfGh5678.js",
      "learn/ports/first/",
    ]);
  });

  it.each(["/etc/passwd", "a/../../b", "a?b", "a b"])("do not have the path %s", (path) => {
    expect(siteFiles.safeParse(exampleSite).success).toBe(true);
    const list = { ...exampleSite, shared: [{ path, bytes: 1 }] };
    expect(siteFiles.safeParse(list).success).toBe(false);
  });
});
