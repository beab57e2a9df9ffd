import { describe, expect, test } from "vitest";
import { MachineError } from "../../src/machine/error.ts";
import { NoticeBoard } from "../../src/sandbox/notice-board.ts";
import { explainOutOfReach } from "../../src/sandbox/out-of-reach.ts";

const catalogue = [
  { repository: "nginx", tags: ["1.26", "latest"] },
  { repository: "busybox", tags: ["latest"] },
  { repository: "python", tags: ["3.11"] },
  { repository: "debian", tags: ["12"] },
];

describe("an image that the catalogue lacks", () => {
  test.each([
    [
      "alpine",
      "3",
      "alpine:3 is not in this site's image catalogue, and the machine has no internet to fetch it from. The catalogue has busybox, debian, nginx and python.",
    ],
    ["nginx", "9", /The catalogue has nginx:1\.26 and nginx:latest\.$/],
    ["debian", "13", /The catalogue has debian:12\.$/],
    ["nginx", `sha256:${"ab".repeat(32)}`, /^nginx@sha256:abababababab… is not .*The catalogue has nginx:1\.26 and/],
    ["ngnix", "latest", /Did you mean nginx\? The catalogue has busybox,/],
    ["bitnami/nginx", "latest", /Did you mean nginx\?/],
    ["python3", "latest", /Did you mean python:3\.11\?/],
    ["busbox", "1", /Did you mean busybox\?/],
    ["debain", "12", /Did you mean debian:12\?/],
  ])("%s:%s is explained with what there is instead", (repository, reference, words) => {
    const explained = explainOutOfReach({ kind: "image", repository, reference, catalogue });
    expect(explained.words).toMatch(words);
    expect(explained.isImage).toBe(true);
  });

  test.each(["redis", "go", "me/app", "a"])("%s is like none of them", (repository) => {
    const { words } = explainOutOfReach({ kind: "image", repository, reference: "latest", catalogue });
    expect(words).not.toContain("Did you mean");
  });

  test("is explained for a large catalogue and for an empty one", () => {
    const wanted = { kind: "image", repository: "zzz", reference: "1" } as const;
    const large = Array.from({ length: 40 }, (_, n) => ({ repository: `image-${n + 10}`, tags: ["1"] }));
    expect(explainOutOfReach({ ...wanted, catalogue: large }).words).toMatch(/image-10, .*image-21 and 28 more\.$/);
    expect(explainOutOfReach({ ...wanted, catalogue: [] }).words).toMatch(/The catalogue is empty\.$/);
  });
});

test("whoever asked for Docker Hub is told of the catalogue", () => {
  const { words, isImage } = explainOutOfReach({ kind: "host", name: "registry-1.docker.io" });
  expect(words).toMatch(/Docker Hub cannot be reached.*image catalogue/);
  expect(isImage).toBe(true);
});

test("a host and a catalogue that cannot be loaded are explained", () => {
  expect(explainOutOfReach({ kind: "host", name: "example.com" })).toEqual({
    words: "This machine has no internet: example.com cannot be reached from it.",
    isImage: false,
  });
  const error = new MachineError("download-failed", "sha256/00 could not be downloaded: network.", {
    hint: "Try again.",
  });
  expect(explainOutOfReach({ kind: "catalogue", image: "nginx:1", error }).words).toBe(
    "nginx:1 could not be pulled from this site's image catalogue. sha256/00 could not be downloaded: network. Try again.",
  );
});

test("a notice may lead to a page, and can be closed then too", () => {
  const board = new NoticeBoard();
  board.show("out-of-reach", "One.", {}, { label: "All images", address: "/images/" });
  board.show("out-of-reach", "Another.");
  expect(board.notices.value).toMatchObject([{ words: "Another.", link: undefined }]);
  board.notices.value[0]?.choices.find(({ label }) => label === "Close")?.act();
  expect(board.notices.value).toEqual([]);
});
