import { existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { Paragraph } from "mdast";
import { inlineSvg } from "../lessons/inline-svg.ts";
import type { Element } from "../lessons/mdx-tree.ts";
import type { Presentation } from "./lesson-markup.ts";
import { changeElement, readText } from "./mdx-element.ts";

/** `<Figure src="…">` with its picture: an SVG as text, which the page's colours reach, another as an image that Astro measures. */
export function presentFigure(figure: Element, lesson: Presentation): Element {
  const src = readText(figure, "src");
  if (src === undefined) return figure;
  const alt = readText(figure, "alt") ?? "";
  const file = join(lesson.folder, src);
  if (!existsSync(file)) {
    return lesson.refuse(figure, {
      problem: `<Figure> shows "${src}", which is not there.`,
      remedy: "Put the picture beside lesson.mdx and write its name as src.",
    });
  }
  if (extname(src) !== ".svg") {
    const image: Paragraph = { type: "paragraph", children: [{ type: "image", url: `./${src}`, alt }] };
    return changeElement(figure, { src: undefined, alt: undefined }, [image]);
  }
  const result = inlineSvg(readFileSync(file, "utf8"), { id: lesson.nextFigure(), name: alt });
  if ("problem" in result) {
    return lesson.refuse(figure, { problem: `${src} cannot be shown: ${result.problem}`, remedy: result.remedy });
  }
  return changeElement(figure, { src: undefined, alt: undefined, svg: result.svg }, []);
}
