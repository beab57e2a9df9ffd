import { describe, expect, it } from "vitest";
import { fill, readFeedback } from "../../src/components/feedback.ts";

const subject = { lesson: "containers/first-image", title: "Build & run it" };

describe("DRYDOCK_FEEDBACK", () => {
  it.each([undefined, "", "  "])("may be left out (%j)", (template) => {
    expect(readFeedback(template)).toBeUndefined();
  });

  it("may be a web address, with the lesson in it", () => {
    const template = "https://example.org:8443/feedback?about={lesson}&title={title}";
    expect(readFeedback(template)).toEqual({ kind: "web", name: "example.org:8443" });
    expect(fill(template, subject)).toBe(
      "https://example.org:8443/feedback?about=containers%2Ffirst-image&title=Build%20%26%20run%20it",
    );
  });

  it("may be an e-mail address, with the lesson in the subject", () => {
    const template = "mailto:lessons@example.org?subject=Drydock:%20{title}";
    expect(readFeedback(template)).toEqual({ kind: "mail", name: "lessons@example.org" });
    expect(fill(template, subject)).toBe("mailto:lessons@example.org?subject=Drydock:%20Build%20%26%20run%20it");
  });

  it.each([
    ["lessons@example.org", "is neither a web address nor a mailto: address"],
    ["javascript:alert(1)", "is neither a web address nor a mailto: address"],
    ["https://example.org/{course}", "has {course} in it"],
    ["https://example.org/{lesson", "has {lesson in it"],
    ["https://{lesson}.example.org/", "does not say which host"],
    ["https://example.org@{title}/", "does not say which host"],
    ["https:", "is neither a web address nor a mailto: address"],
    ["mailto:?subject={title}", "has no e-mail address"],
    ["mailto:{lesson}@example.org", "has no e-mail address"],
    ["mailto:a@example.org?subject=about {title}", "has a space in it"],
  ])("%s is refused, with what is wrong and an example", (template, problem) => {
    expect(() => readFeedback(template)).toThrow(problem);
    expect(() => readFeedback(template)).toThrow(/DRYDOCK_FEEDBACK is .* For example: https:\/\//);
  });
});
