import { weightTypes } from "./weigh.ts";

/** One page of each kind that the site has. */
export const pageKinds = [
  { name: "home", path: "/" },
  { name: "lesson", path: "/learn/containers/first-image/" },
  { name: "course record", path: "/learn/containers/done/" },
  { name: "playground", path: "/playground/" },
  { name: "run here", path: "/run-here/containers/why-containers/" },
  { name: "stage", path: "/present/containers/first-image/" },
  { name: "presenter", path: "/presenter/containers/first-image/" },
  { name: "search", path: "/search/" },
  { name: "glossary", path: "/glossary/" },
  { name: "images", path: "/images/" },
  { name: "coverage", path: "/coverage/" },
  { name: "your work", path: "/your-work/" },
  { name: "about", path: "/about/" },
  { name: "privacy", path: "/privacy/" },
  { name: "not found", path: "/no-such-page/" },
] as const;

/** For frames of other sites. They have no menus to be measured with, but a budget. */
export const embeddedKinds = [
  { name: "embedded lesson", path: "/embed/containers/first-image/" },
  { name: "embedded sandbox", path: "/embed/sandbox/" },
] as const;

/** Weights are of bytes that do not change from visit to visit, so one visit tells them. */
export const pageMeasures = [
  { id: "requests", title: "requests", unit: "" },
  ...weightTypes.map((type) => ({ id: type, title: type === "document" ? "HTML" : type, unit: "KB" })),
  { id: "TTFB", title: "TTFB", unit: "ms" },
  { id: "LCP", title: "LCP", unit: "ms" },
  { id: "CLS", title: "CLS", unit: "" },
  { id: "INP", title: "INP", unit: "ms" },
] as const;
