import { describe, expect, it } from "vitest";
import { bindCheck } from "../../src/checks/kinds.ts";
import type { PageAnswer, PageRequest } from "../../src/checks/world.ts";
import { ask, isConcerned, judges, notYet, passes, refusesToBind } from "./checks-judging.ts";
import { contextOf, FakeWorld } from "./checks-fakes.ts";

const digestOf = (character: string) => `sha256:${character.repeat(64)}`;
const image = (config: string, ...layers: string[]) => ({
  config: { digest: digestOf(config) },
  layers: layers.map((layer) => ({ digest: digestOf(layer) })),
});
/** By digest. */
const manifests = {
  [digestOf("a")]: image("1", "b", "c"),
  [digestOf("b")]: image("2", "b", "c", "d"),
  [digestOf("c")]: image("3", "e"),
  [digestOf("d")]: {
    manifests: [
      { digest: digestOf("e"), platform: { os: "unknown" } },
      { digest: digestOf("a"), platform: { os: "linux" } },
    ],
  },
  [digestOf("f")]: { manifests: [] },
};
const repositories: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "me/app": { "1": digestOf("a"), "2": digestOf("b"), many: digestOf("d"), none: digestOf("f") },
  "me/other": { "1": digestOf("c") },
  "me/empty": {},
};

/** Answers as Debian's docker-registry does. */
function createRegistry(login?: string) {
  return ({ path, headers = {} }: PageRequest): PageAnswer => {
    const answer = (status: number, body: unknown, digest?: string): PageAnswer => ({
      status,
      headers: new Map(digest === undefined ? [] : [["docker-content-digest", digest]]),
      body: JSON.stringify(body),
    });
    const refuse = (status: number, code: string) => answer(status, { errors: [{ code, message: code }] });
    if (login !== undefined && headers.Authorization !== `Basic ${btoa(login)}`) return refuse(401, "UNAUTHORIZED");
    if (path === "/v2/") return answer(200, {});
    if (path === "/v2/_catalog") return answer(200, { repositories: Object.keys(repositories) });
    const [, repository = "", question, reference = ""] = /^\/v2\/(.+)\/(tags|manifests)\/([^/]+)$/.exec(path) ?? [];
    const tags = repositories[repository];
    if (question === "tags") {
      if (tags === undefined) return refuse(404, "NAME_UNKNOWN");
      const names = Object.keys(tags);
      return answer(200, { name: repository, tags: names.length === 0 ? null : names });
    }
    const digest = reference.startsWith("sha256:") ? reference : (tags?.[reference] ?? "");
    const found = manifests[digest];
    return found && headers.Accept?.includes("manifest.v2+json")
      ? answer(200, found, digest)
      : refuse(404, "MANIFEST_UNKNOWN");
  };
}

const app = { repository: "me/app", tag: "1" };

describe("the check registry", () => {
  const prepare = (world: FakeWorld) => {
    world.servers.set(5000, createRegistry());
    world.images.set("app", { Id: digestOf("1"), RepoTags: ["localhost:5000/me/app:1"] });
    world.images.set("other", { Id: digestOf("9"), RepoTags: ["other:1"] });
  };

  judges("registry", prepare, {
    "a tag": { asks: app },
    "any tag": { asks: { repository: "me/app" } },
    "no registry": {
      asks: { ...app, port: 5001 },
      seen: "Nothing answers on port 5001.",
      wanted: "Wanted is the image me/app:1 in the registry on port 5001.",
    },
    "another repository": {
      asks: { repository: "app", tag: "1" },
      seen: "The registry on port 5000 has no repository app; it has the repositories me/app, me/other and me/empty.",
    },
    "another tag": {
      asks: { repository: "me/other", tag: "2" },
      seen: "The registry on port 5000 has the repository me/other, but only with the tag 1.",
    },
    "a tag of a repository that has none": {
      asks: { repository: "me/empty", tag: "1" },
      seen: "The registry on port 5000 has the repository me/empty, but without a tag.",
    },
    "any tag of a repository that has none": {
      asks: { repository: "me/empty" },
      seen: "The registry on port 5000 has the repository me/empty, but without a tag.",
      wanted: "Wanted is a tag of me/empty in the registry on port 5000.",
    },
    "the digest of a tag": { asks: { ...app, digest: digestOf("a") } },
    "the digest of an index": { asks: { ...app, tag: "many", digest: digestOf("d") } },
    "another digest": {
      asks: { ...app, digest: digestOf("b") },
      seen: `The image me/app:1 in the registry on port 5000 has the digest ${digestOf("a")}.`,
      wanted: "Wanted is the image me/app:1 with the digest that the step asks for in the registry on port 5000.",
    },
    "a digest without a tag": { asks: { repository: "me/app", digest: digestOf("c") } },
    "a digest that is not there": {
      asks: { repository: "me/app", digest: digestOf("0") },
      seen: `The registry on port 5000 has the repository me/app, but nothing with the digest ${digestOf("0")}.`,
    },
    "its layers": { asks: { ...app, layers: 2 } },
    "the layers of the image in an index": { asks: { ...app, tag: "many", layers: 2 } },
    "an index without an image": {
      asks: { ...app, tag: "none", layers: 1 },
      seen: "The image me/app:none in the registry on port 5000 has no layers.",
    },
    "other layers": {
      asks: { ...app, layers: 1 },
      seen: "The image me/app:1 in the registry on port 5000 has 2 layers.",
      wanted: "Wanted is the image me/app:1 with one layer in the registry on port 5000.",
    },
    "shared layers": { asks: { ...app, tag: "2", sharesLayersWith: "me/app:1" } },
    "layers that are not all shared": {
      asks: { ...app, sharesLayersWith: "me/app:2" },
      seen: "The image me/app:1 in the registry on port 5000 shares 2 layers with me/app:2.",
      wanted: "Wanted is the image me/app:1 that shares all layers of me/app:2 in the registry on port 5000.",
    },
    "nothing to share with": {
      asks: { ...app, sharesLayersWith: "me/app:9" },
      seen: "The image me/app:1 in the registry on port 5000 has no me/app:9 beside it to share layers with.",
    },
    "the same image in the engine": { asks: { ...app, sameAs: "localhost:5000/me/app:1" } },
    "another image in the engine": {
      asks: { ...app, sameAs: "other:1" },
      seen: "The image me/app:1 in the registry on port 5000 is another image than other:1 in the engine.",
      wanted:
        "Wanted is the image me/app:1 that is the same image as other:1 in the engine in the registry on port 5000.",
    },
    "no image in the engine": {
      asks: { ...app, sameAs: "app:1" },
      seen: "The image me/app:1 in the registry on port 5000 cannot be compared: there is no image called app:1 in the engine.",
    },
    "a tag that is gone": { asks: { ...app, tag: "3", gone: true } },
    "a repository of which all is gone": { asks: { repository: "me/empty", gone: true } },
    "a repository that never was": { asks: { repository: "app", gone: true } },
    "a digest that is gone": { asks: { repository: "me/app", digest: digestOf("0"), gone: true } },
    "a tag that is still there": {
      asks: { ...app, gone: true },
      seen: "The registry on port 5000 still has me/app:1.",
      wanted: "Wanted is that the registry on port 5000 no longer has me/app:1.",
    },
    "a digest that is still there": {
      asks: { repository: "me/app", digest: digestOf("a"), gone: true },
      seen: `The registry on port 5000 still has me/app@${digestOf("a")}.`,
    },
    "tags that are still there": {
      asks: { repository: "me/app", gone: true },
      seen: "The registry on port 5000 still has a tag of me/app.",
    },
    "no registry from which something could be gone": {
      asks: { ...app, port: 5001, gone: true },
      seen: "Nothing answers on port 5001.",
    },
    "a registry that asks nobody for a login": {
      asks: { ...app, user: "me", password: "secret" },
      seen: "The registry on port 5000 asks nobody for a login.",
      wanted: "Wanted is the image me/app:1 in the registry on port 5000, which asks for a login and takes that of me.",
    },
  });

  it("logs in where it is told how, and says that it must where it is not", async () => {
    const world = new FakeWorld();
    world.servers.set(5000, createRegistry("me:secret"));
    expect(await ask(world, { kind: "registry", ...app })).toEqual(
      notYet("The registry on port 5000 asks for a login."),
    );
    expect(await ask(world, { kind: "registry", ...app, user: "me", password: "wrong" })).toEqual(
      notYet("The registry on port 5000 does not take the login of me that the step asks for."),
    );
    expect(await ask(world, { kind: "registry", ...app, user: "me", password: "secret" })).toEqual(passes);
  });

  it.each<[string, PageAnswer, string]>([
    [
      "another web server",
      { status: 200, headers: new Map(), body: "<h1>Hello</h1>" },
      "What listens on port 5000 is no registry.",
    ],
    [
      "a web server without the page",
      { status: 404, headers: new Map(), body: "404 page not found" },
      "What listens on port 5000 is no registry.",
    ],
    [
      "a registry in trouble",
      { status: 500, headers: new Map(), body: '{"errors":[{"code":"UNKNOWN"}]}' },
      "The registry on port 5000 answers with status 500.",
    ],
  ])("tells %s", async (_, answer, seen) => {
    const world = new FakeWorld();
    world.servers.set(5000, () => answer);
    expect(await ask(world, { kind: "registry", ...app })).toEqual(notYet(seen));
  });

  it("tells a port that is open but no web server's", async () => {
    const world = new FakeWorld();
    world.pages.set(5000, { failed: "not-http" });
    expect(await ask(world, { kind: "registry", ...app })).toEqual(
      notYet("Port 5000 is open, but what listens is no registry."),
    );
  });

  it("is asked again after a push, a start of a container and the end of a command, and besides in pauses", () => {
    const spec = { kind: "registry", ...app };
    expect(isConcerned(spec, "image", "push")).toBe(true);
    expect(isConcerned(spec, "container", "start")).toBe(true);
    expect(isConcerned(spec, "container", "exec_start")).toBe(false);
    const check = bindCheck(spec);
    const command = { number: 1, terminal: 1, line: "curl -X DELETE http://localhost:5000/", exitCode: 0 };
    expect(check.concerns({ source: "terminal", command })).toBe(true);
    expect(check.concerns({ source: "terminal", command: { ...command, exitCode: undefined } })).toBe(false);
    expect(check.hasNoEvent).toBe(true);
  });

  it("says what is so where it passes", async () => {
    const world = new FakeWorld();
    prepare(world);
    const not = (asks: object) => bindCheck({ kind: "not", of: [{ kind: "registry", ...asks }] }).ask(contextOf(world));
    expect(await not(app)).toMatchObject({ seen: "The registry on port 5000 has the image me/app:1." });
    expect(await not({ repository: "nobody", gone: true })).toMatchObject({
      seen: "The registry on port 5000 does not have a tag of nobody.",
    });
  });

  refusesToBind("registry", [
    [
      'In the check "registry", "repository" must be a repository without registry and tag, such as me/app, but is "localhost:5000/me/app".',
      { repository: "localhost:5000/me/app" },
    ],
    [
      'In the check "registry", "digest" must be sha256: and 64 hexadecimal digits, but is "sha256:12".',
      { ...app, digest: "sha256:12" },
    ],
    [
      'In the check "registry", "sharesLayersWith" must be a repository with a tag, such as me/app:1.0, but is "me/app".',
      { ...app, sharesLayersWith: "me/app" },
    ],
    ['In the check "registry": "user" and "password" need each other.', { ...app, user: "me" }],
    [
      'In the check "registry": "layers" needs "tag" or "digest", as a repository has several images.',
      { repository: "me/app", layers: 2 },
    ],
    [
      'In the check "registry": With "gone", "layers" cannot be asked, as what is gone has no properties.',
      { ...app, layers: 2, gone: true },
    ],
  ]);
});
