import { expect, it } from "vitest";
import { renderInline } from "../../src/components/inline-markdown.ts";

it("renders Markdown without a paragraph around it", () => {
  expect(renderInline("The *second*\n  `docker build`")).toBe("The <em>second</em> <code>docker build</code>");
});

it("shows tags as text", () => {
  expect(renderInline("an image <none> and `<none>`")).toBe("an image &lt;none&gt; and <code>&lt;none&gt;</code>");
  expect(renderInline("<script>alert(1)</script>")).not.toContain("<script");
});
