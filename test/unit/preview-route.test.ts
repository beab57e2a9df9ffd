import { describe, expect, it } from "vitest";
import { formatPlace, readPlace } from "../../src/preview/preview-path.ts";
import { routeRequest, type SeenRequest } from "../../src/preview/route-request.ts";

const host = "http://localhost:4321";
const page = { url: `${host}/~8080/shop/`, type: "window" };
const bridge = { url: `${host}/preview/bridge/#v=1`, type: "window" };

describe("a path of the preview host", () => {
  it.each([
    ["/~8080/", { port: 8080, path: "/" }],
    ["/~8080", { port: 8080, path: "/" }],
    ["/~80/a/b?c=/~9#d", { port: 80, path: "/a/b?c=/~9#d" }],
    ["/~8080?x", { port: 8080, path: "/?x" }],
  ])("%s names a port and what is on it", (path, place) => {
    expect(readPlace(path)).toEqual(place);
  });

  it.each(["/", "/8080/", "/~0/", "/~080/", "/~65536/", "/~8080x/", "/a/~8080/", "/~-1/", "//~80/"])(
    "%s names none",
    (path) => {
      expect(readPlace(path)).toBeUndefined();
    },
  );

  it("is written as it is read", () => {
    const place = { port: 3000, path: "/api?x=1#top" };
    expect(readPlace(formatPlace(place))).toEqual(place);
  });
});

describe("a page", () => {
  it("goes to the port that its address names", () => {
    expect(routeRequest(navigation("/~8080/about?x=1"), [])).toEqual({
      kind: "forward",
      place: { port: 8080, path: "/about?x=1" },
    });
  });

  it("that a preview leads to without naming the port is redirected to where the port is named", () => {
    const to = { kind: "redirect", to: "/~8080/about?x=1" };
    expect(routeRequest(navigation("/about?x=1", `${host}/~8080/shop/`), [])).toEqual(to);
    // A page that tells no referrer: it is the one that is shown.
    expect(routeRequest(navigation("/about?x=1"), [{ port: 8080, path: "/" }])).toEqual(to);
  });

  it("in a window of its own is the site's, which may be opened on this host", () => {
    const request = { ...navigation("/~8080/"), destination: "document" };
    expect(routeRequest(request, [{ port: 8080, path: "/" }])).toEqual({ kind: "pass" });
  });

  it("that is the bridge is the host's own, whoever asks for it", () => {
    expect(routeRequest(navigation("/preview/bridge/", page.url), [{ port: 8080, path: "/" }])).toEqual({
      kind: "pass",
    });
  });
});

describe("what a page needs", () => {
  it.each([
    ["/style.css", "style", { port: 8080, path: "/style.css" }],
    ["/~8080/shop/a.png", "image", { port: 8080, path: "/shop/a.png" }],
    ["/api?x=1", "", { port: 8080, path: "/api?x=1" }],
    ["/~9000/api", "", { port: 9000, path: "/api" }],
    ["/preview-worker.js", "script", { port: 8080, path: "/preview-worker.js" }],
  ])("%s comes from the port", (path, destination, place) => {
    expect(routeRequest(part(path, page, destination), [])).toEqual({ kind: "forward", place });
  });

  it("is known to be of a preview when its document has no address of its own", () => {
    const nameless = { url: "about:srcdoc", type: "window" };
    expect(routeRequest(part("/a.png", nameless, "image"), [{ port: 8080, path: "/" }])).toEqual({
      kind: "forward",
      place: { port: 8080, path: "/a.png" },
    });
  });

  it("has the host's own script for the console", () => {
    expect(routeRequest(part("/preview/console.js", page, "script"), [])).toEqual({ kind: "pass" });
  });

  it.each([
    ["http://localhost:5000/api?x", { port: 5000, path: "/api?x" }],
    ["http://127.0.0.1/", { port: 80, path: "/" }],
  ])("%s is on the machine, which is the server's localhost", (address, place) => {
    expect(routeRequest(part(address, page), [])).toEqual({ kind: "forward", place });
    expect(routeRequest(part(address, bridge), [])).toEqual({ kind: "pass" });
  });

  it.each(["http://127.0.0.1:4321/", "https://localhost:5000/", "http://example.org:5000/"])("%s is not", (address) => {
    expect(routeRequest(part(address, page), [])).toEqual({ kind: "pass" });
  });

  it("that is a worker gets an address by which it is known", () => {
    expect(routeRequest(part("/jobs.js", page, "worker"), [])).toEqual({ kind: "redirect", to: "/~8080/jobs.js" });
  });

  it.each([
    ["the bridge", bridge],
    ["a page of the site", { url: `${host}/learn/first/`, type: "window" }],
    ["a worker of the site", { url: `${host}/_astro/worker.js`, type: "worker" }],
  ])("passes as it is when it is for %s", (_, client) => {
    const shown = [{ port: 8080, path: "/" }];
    expect(routeRequest(part("/machine/manifest.json", client), shown)).toEqual({ kind: "pass" });
    expect(routeRequest(part("/~8080/", client), shown)).toEqual({ kind: "pass" });
  });
});

function navigation(path: string, referrer = ""): SeenRequest {
  return { host, url: new URL(path, host), mode: "navigate", destination: "iframe", referrer, client: undefined };
}

function part(path: string, client: SeenRequest["client"], destination = ""): SeenRequest {
  return { host, url: new URL(path, host), mode: "cors", destination, referrer: "", client };
}
