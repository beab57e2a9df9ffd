import { describe, expect, it } from "vitest";
import { embedderOf, previewOriginOf, readPreviewSetting } from "../../src/preview/origins.ts";

describe("DRYDOCK_PREVIEW", () => {
  const site = "https://learn.example.org/drydock/";

  it.each([undefined, "", "  "])("may be left out (%j)", (setting) => {
    expect(readPreviewSetting(setting, undefined)).toBeUndefined();
  });

  it.each(["https://preview.example.org", " https://preview.example.org/ ", "https://preview.example.org:8443"])(
    "may be a host (%s)",
    (setting) => {
      expect(readPreviewSetting(setting, site)).toBe(setting.trim().replace(/\/$/, ""));
    },
  );

  it.each([
    ["preview.example.org", "is no web address"],
    ["ftp://preview.example.org", "is no web address"],
    ["http://preview.example.org", "does not begin with https://"],
    ["https://preview.example.org/here/", "is more than a host"],
    ["https://user@preview.example.org", "is more than a host"],
    ["https://learn.example.org", "is the host of the site itself"],
    ["https://learn.example.org:8443", "is the host of the site itself"],
  ])("%s is refused, with what is wrong and an example", (setting, problem) => {
    expect(() => readPreviewSetting(setting, site)).toThrow(problem);
    expect(() => readPreviewSetting(setting, site)).toThrow(/DRYDOCK_PREVIEW is .* For example: https:\/\//);
  });

  it("needs the address of the site", () => {
    expect(() => readPreviewSetting("https://preview.example.org", undefined)).toThrow(
      "cannot be used without SITE_URL",
    );
  });
});

describe("the origin of previews", () => {
  it("is the other loopback name of a local server, whatever was built in", () => {
    expect(previewOriginOf("http://127.0.0.1:4321", undefined)).toBe("http://localhost:4321");
    expect(previewOriginOf("http://localhost:4321", "https://preview.example.org")).toBe("http://127.0.0.1:4321");
    expect(previewOriginOf("http://localhost", undefined)).toBe("http://127.0.0.1");
  });

  it("is elsewhere the operator's, and never the page's own", () => {
    const preview = "https://preview.example.org";
    expect(previewOriginOf("https://learn.example.org", preview)).toBe(preview);
    expect(previewOriginOf(preview, preview)).toBeUndefined();
    expect(previewOriginOf("https://learn.example.org", undefined)).toBeUndefined();
    expect(previewOriginOf("http://127.0.0.2:4321", undefined)).toBeUndefined();
    expect(previewOriginOf("https://localhost:4321", undefined)).toBeUndefined();
  });

  it("shows its previews to the site alone", () => {
    expect(embedderOf("http://localhost:4321", "https://learn.example.org/")).toBe("http://127.0.0.1:4321");
    expect(embedderOf("https://preview.example.org", "https://learn.example.org/drydock/")).toBe(
      "https://learn.example.org",
    );
    expect(embedderOf("https://learn.example.org", "https://learn.example.org/")).toBeUndefined();
    expect(embedderOf("https://preview.example.org", undefined)).toBeUndefined();
  });
});
