import { describe, expect, it } from "vitest";
import { frameSources, mayFrame, mayRun, parseEmbedHosts, readEmbedSettings } from "../../src/embed/hosts.ts";
import { judgeFrame } from "../../src/embed/judge-frame.ts";

const own = "https://learn.example.org";
const blog = "https://blog.example.org";
const school = "https://school.example.com:8443";
const evil = "https://evil.example";

describe("DRYDOCK_EMBED_ORIGINS and DRYDOCK_EMBED_RUN_ORIGINS", () => {
  it.each([undefined, "", "  "])("allow nobody when nothing is said (%j)", (setting) => {
    const hosts = readEmbedSettings(setting, setting);
    expect(hosts).toEqual({ frame: [], run: [] });
    expect(frameSources(hosts)).toEqual([]);
  });

  it("name origins with spaces between, each once", () => {
    expect(readEmbedSettings(` ${blog}/ \n${school} ${blog}`, school)).toEqual({
      frame: [blog, school],
      run: [school],
    });
    expect(readEmbedSettings("http://localhost:3000 http://127.0.0.1:3000", undefined).frame).toEqual([
      "http://localhost:3000",
      "http://127.0.0.1:3000",
    ]);
  });

  it("allow every site only in a word, and commands only to sites that are named", () => {
    const hosts = readEmbedSettings("anyone", blog);
    expect(hosts).toEqual({ frame: "anyone", run: [blog] });
    expect(frameSources(hosts)).toEqual(["*"]);
    expect([mayFrame(hosts, evil, own), mayRun(hosts, evil, own), mayRun(hosts, blog, own)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(() => readEmbedSettings("*", undefined)).toThrow('write "anyone" as DRYDOCK_EMBED_ORIGINS');
    expect(() => readEmbedSettings("anyone", "anyone")).toThrow("Name each site that may run commands");
    expect(() => readEmbedSettings(`anyone ${blog}`, undefined)).toThrow('"anyone" beside origins');
  });

  it.each([
    ["blog.example.org", "is no web address"],
    ["ftp://blog.example.org", "is no web address"],
    ["http://blog.example.org", "does not begin with https://"],
    ["https://blog.example.org/post", "is more than an origin"],
    ["https://me@blog.example.org", "is more than an origin"],
    ["https://*.example.org", "has a star in it"],
    ["https://a.example,https://b.example", "has a comma or semicolon"],
    ["https://a.example;frame-src", "has a comma or semicolon"],
    ["'self'", "is no web address"],
    ['https://blog"example.org', "is no web address"],
  ])("refuse %s, with what is wrong", (word, problem) => {
    expect(() => readEmbedSettings(word, undefined)).toThrow(`DRYDOCK_EMBED_ORIGINS has "${word}", which ${problem}`);
    expect(() => readEmbedSettings(blog, word)).toThrow(`DRYDOCK_EMBED_RUN_ORIGINS has "${word}", which ${problem}`);
  });

  it("tell of all mistakes at once, a line for each", () => {
    const failing = () => readEmbedSettings("blog.example.org http://school.example", "*");
    expect(failing).toThrow(/^[^\n]+blog[^\n]+\n[^\n]+school[^\n]+\n[^\n]+RUN_ORIGINS[^\n]+$/);
  });

  it("let nobody run commands who may not show the frame", () => {
    expect(() => readEmbedSettings(blog, `${blog} ${school}`)).toThrow(
      `DRYDOCK_EMBED_RUN_ORIGINS has ${school}, which DRYDOCK_EMBED_ORIGINS has not`,
    );
  });
});

describe("the file that says it in the built site", () => {
  it("is read as it was written", () => {
    const hosts = readEmbedSettings(`${blog} ${school}`, blog);
    expect(parseEmbedHosts(JSON.stringify(hosts))).toEqual(hosts);
  });

  it.each([
    "",
    "{}",
    '{"frame":["*"],"run":[]}',
    '{"frame":["https://a.example/x"],"run":[]}',
    '{"frame":"*","run":[]}',
  ])("is refused where it says something else (%s)", (json) => {
    expect(() => parseEmbedHosts(json)).toThrow("embed/hosts.json");
  });
});

describe("who may show an embedded page, as the page itself finds out", () => {
  const hosts = readEmbedSettings(`${blog} ${school}`, blog);
  const judge = (ancestors: string[] | undefined, referrer = "") => judgeFrame({ ancestors, referrer, own }, hosts);
  const allowed = { verdict: "allowed" };
  const ask = { verdict: "ask" };

  it("is whom the setting names, and the site itself", () => {
    expect(judge([blog])).toEqual(allowed);
    expect(judge([own])).toEqual(allowed);
    expect(judge([evil])).toEqual({ verdict: "refused", origin: evil });
  });

  it("is nobody else, also further out", () => {
    expect(judge([blog, evil])).toEqual({ verdict: "refused", origin: evil });
    expect(judge(["null", evil])).toEqual({ verdict: "refused", origin: evil });
    expect(judge([blog, school])).toEqual(allowed);
  });

  it("is asked for where the browser does not tell, unless the page came from one that is allowed", () => {
    expect(judge(undefined)).toEqual(ask);
    expect(judge(["null"])).toEqual(ask);
    expect(judge(undefined, `${blog}/post`)).toEqual(allowed);
    expect(judge(undefined, `${evil}/post`)).toEqual(ask);
    // It was reloaded, or went on from a page of the site that was in the frame before.
    expect(judge(undefined, `${own}/embed/sandbox/`)).toEqual(ask);
    expect(judge(["null"], "about:srcdoc")).toEqual(ask);
  });

  it("is everybody where that was said", () => {
    expect(judgeFrame({ ancestors: undefined, referrer: "", own }, readEmbedSettings("anyone", ""))).toEqual(allowed);
  });
});
