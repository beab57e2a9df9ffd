import { describe, expect, it } from "vitest";
import { inlineSvg } from "../../src/lessons/inline-svg.ts";

const options = { id: "figure-1", name: 'Three "layers" & more' };

function show(body: string, root = 'viewBox="0 0 480 240"') {
  return inlineSvg(`<svg xmlns="http://www.w3.org/2000/svg" ${root}>${body}</svg>`, options);
}

function svgOf(body: string, root?: string): string {
  const result = show(body, root);
  if ("problem" in result) throw new Error(result.problem);
  return result.svg;
}

describe("a picture that becomes part of the page", () => {
  it("is one image with a name and a size", () => {
    expect(svgOf('<path d="M0 0h1"/>')).toBe(
      '<svg role="img" aria-label="Three &quot;layers&quot; &amp; more" viewBox="0 0 480 240" width="480" height="240"><path d="M0 0h1"/></svg>',
    );
  });

  it("is as large as it says when it has no view box", () => {
    expect(svgOf("", 'width="48px" height="24"')).toContain('viewBox="0 0 48 24" width="48" height="24"');
  });

  it("has ids of its own, wherever they are referred to", () => {
    const svg = svgOf(
      '<defs><linearGradient id="g"/><marker id="m"/></defs><use href="#g"/><use xlink:href="#m"/>' +
        '<path fill="url(#g)" marker-end="url(\'#m\')" style="stroke:url(#g)"/>',
    );
    expect(svg).toContain('<linearGradient id="figure-1-g"/><marker id="figure-1-m"/>');
    expect(svg).toContain('<use href="#figure-1-g"/><use href="#figure-1-m"/>');
    expect(svg).toContain(`fill="url(#figure-1-g)" marker-end="url('#figure-1-m')" style="stroke:url(#figure-1-g)"`);
  });

  it("keeps the colours of the page, and loses what the page does not need", () => {
    const result = inlineSvg(
      '\uFEFF<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">\n<!-- drawn -->\n' +
        '<svg viewBox="0 0 1 1" class="x" role="none" fill="none"><g class="y" data-x="1" stroke="var(--ink)"><text>a &amp; b</text></g></svg>\n',
      options,
    );
    expect(result).toEqual({
      svg: '<svg role="img" aria-label="Three &quot;layers&quot; &amp; more" viewBox="0 0 1 1" width="1" height="1" fill="none"><g stroke="var(--ink)"><text>a &amp; b</text></g></svg>',
    });
  });
});

describe("a picture is refused when", () => {
  it.each([
    ["it has a script", "<script>alert(1)</script>", /<script>.*may not run/],
    ["it has an event handler", '<path onload="alert(1)"/>', /onload.*may not run/],
    ["it has an event handler in capitals", '<path OnClick="alert(1)"/>', /OnClick/],
    ["it holds a page", "<foreignObject/>", /may not hold a page/],
    ["it has styles", "<style>p { color: red }</style>", /whole page/],
    ["it has a link", '<a href="#x"/>', /cannot be reached/],
    ["it moves", '<animate attributeName="x"/>', /may not move/],
    ["it has an element that is not known", "<sodipodi:namedview/>", /<sodipodi:namedview>/],
    ["it loads a picture", '<image href="https://example.org/x.png"/>', /may load nothing/],
    ["it loads through a colour", '<path fill="url(https://example.org/#x)"/>', /may load nothing/],
    ["it loads through a style", '<path style="fill: url( //example.org )"/>', /may load nothing/],
    ["it hides an address", '<path style="fill: u\\72l(//example.org)"/>', /may load nothing/],
    ["it runs an address", '<use href="javascript:alert(1)"/>', /may load nothing/],
    ["it is not well formed", "<path d=M0/>", /is not SVG at “<path d=M0/],
    ["it has data that is no markup", "<![CDATA[<script>]]>", /is not SVG/],
  ])("%s", (_, body, problem) => {
    const result = show(body);
    expect("problem" in result && result.problem).toMatch(problem);
    expect("remedy" in result && result.remedy).toMatch(/^[A-Z].*\.$/);
  });

  it("it is no picture, or does not say how large it is", () => {
    expect(inlineSvg("<p>words</p>", options)).toHaveProperty("problem");
    expect(inlineSvg("words", options)).toEqual(expect.objectContaining({ problem: "it does not begin with <svg>." }));
    expect(show("", "")).toEqual(expect.objectContaining({ problem: "its <svg> does not say how large it is." }));
    expect(show("", 'viewBox="all"')).toHaveProperty("problem");
  });
});
