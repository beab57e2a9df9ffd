import { expect, it } from "vitest";
import { whereLinkLeads } from "../../src/embed/embed-path.ts";

const shown = "embed/containers/first-image/";
const sandbox = "embed/containers/first-image/sandbox/";
const out = { to: "out" };
const here = { to: "here" };

it.each([
  ["another site", undefined, out],
  ["the glossary", "glossary/", out],
  ["the home page", "", out],
  ["the record of a course", "learn/containers/done/", out],
  ["the page of WebContainers", "run-here/containers/first-image/", out],
  ["a place on this page", shown, here],
  ["the lesson itself", "learn/containers/first-image/", here],
  ["another lesson", "learn/containers/dockerfile/", { to: "embed", path: "embed/containers/dockerfile/" }],
  [
    "another lesson, relative to this one",
    "embed/containers/dockerfile/",
    { to: "embed", path: "embed/containers/dockerfile/" },
  ],
])("a link of an embedded lesson to %s", (_, path, way) => {
  expect(whereLinkLeads(path, shown)).toEqual(way);
});

it.each([
  ["a lesson", "learn/containers/dockerfile/", out],
  ["its own lesson", "learn/containers/first-image/", out],
  ["a panel", sandbox, here],
])("a link of a sandbox alone to %s", (_, path, way) => {
  expect(whereLinkLeads(path, sandbox)).toEqual(way);
});
