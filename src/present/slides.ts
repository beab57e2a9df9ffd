/** One view of the stage: the lesson's head, the text between steps, or a step or a part of it. */
export interface Slide {
  readonly title: string;
  /** The id of the step that it belongs to. */
  readonly step: string | undefined;
}

interface CutSlide extends Slide {
  /** Shown on this slide and, but for what encloses them, on no other. */
  readonly elements: readonly Element[];
}

/** A lesson's text cut into slides. What is on none of them, such as a step's buttons, is left to the style sheet. */
export class SlideDeck {
  readonly #slides: readonly CutSlide[];

  constructor(article: Element) {
    this.#slides = cut(article);
  }

  get slides(): readonly Slide[] {
    return this.#slides.map(({ title, step }) => ({ title, step }));
  }

  /** Shows slide `index`, and of the steps those parts that are on it. */
  show(index: number): void {
    const shown = new Set(this.#slides[index]?.elements);
    for (const { elements } of this.#slides)
      for (const element of elements) element.toggleAttribute(offAttribute, !shown.has(element));
    const steps = new Set(
      this.#slides.flatMap(({ elements }) => elements.flatMap((element) => sectionOf(element) ?? [])),
    );
    for (const step of steps)
      step.toggleAttribute(offAttribute, ![...shown].some((element) => sectionOf(element) === step));
  }

  /** What the author says of slide `index` to the presenter, where the page has it. */
  notesOf(index: number): readonly Element[] {
    return (
      this.#slides[index]?.elements.flatMap((element) =>
        element.matches(notesSelector) ? [element] : [...element.querySelectorAll(notesSelector)],
      ) ?? []
    );
  }
}

/** On what the present slide does not show. */
export const offAttribute = "data-off";
/** Text of a step, in letters, above which each of its headings begins a slide. */
const longStep = 700;
const notesSelector = "[data-notes]";
/** What a step has on each of its slides. */
const frameSelector = ".step-title, .step-line, .step-foot";
/** Said by the presenter, or not at all. */
const asideSelector = `${notesSelector}, details.help`;

function cut(article: Element): CutSlide[] {
  const slides: CutSlide[] = [];
  /** Text between steps that has no slide yet. */
  let between: Element[] = [];
  let steps = 0;
  const title = textOf(article.querySelector("h1"));
  const endBetween = () => {
    if (between.some((element) => !element.matches(asideSelector)))
      slides.push(...split(between, title, undefined, true));
    else if (between.length > 0) addTo(slides, between);
    between = [];
  };
  for (const child of article.children) {
    if (child.matches(".lesson-head")) slides.push({ title, step: undefined, elements: [child] });
    else if (child.matches("section.step")) {
      endBetween();
      // What is not shown is not counted by a style sheet.
      if (child instanceof HTMLElement) child.style.counterSet = `step ${String(++steps)}`;
      slides.push(...cutStep(child));
    } else between.push(child);
  }
  endBetween();
  return slides;
}

function cutStep(section: Element): CutSlide[] {
  const parts = [...section.children].filter((child) => !child.matches(frameSelector));
  const length = parts
    .filter((part) => !part.matches(asideSelector))
    .reduce((sum, part) => sum + textOf(part).length, 0);
  const title = textOf(section.querySelector(".step-title"));
  const step = section.getAttribute("data-step") ?? undefined;
  const slides = split(parts, title, step, length > longStep);
  return slides.length > 0 ? slides : [{ title, step, elements: [section] }];
}

/** A slide of its own for each `<Slide>` and, where it `splitsAtHeadings`, for each heading with what follows it. */
function split(
  elements: readonly Element[],
  title: string,
  step: string | undefined,
  splitsAtHeadings: boolean,
): CutSlide[] {
  const slides: { title: string; step: string | undefined; elements: Element[] }[] = [];
  let isOpen = false;
  for (const element of elements) {
    const isSlide = element.matches(".slide-part");
    const isHeading = element.matches("h2, h3") && splitsAtHeadings;
    // What only the presenter sees needs no slide, and belongs to the one before.
    const needsOne: boolean = !isOpen && !(element.matches(asideSelector) && slides.length > 0);
    if (isSlide) slides.push({ title: element.getAttribute("data-slide") ?? title, step, elements: [] });
    else if (isHeading) slides.push({ title: textOf(element), step, elements: [] });
    else if (needsOne) slides.push({ title, step, elements: [] });
    slides.at(-1)?.elements.push(element);
    isOpen = !isSlide && (isOpen || isHeading || needsOne);
  }
  return slides;
}

/** Notes that follow a slide without being on one of their own. */
function addTo(slides: CutSlide[], elements: readonly Element[]): void {
  const last = slides.pop();
  if (last !== undefined) slides.push({ ...last, elements: [...last.elements, ...elements] });
}

function sectionOf(element: Element): Element | undefined {
  return element.closest("section.step") ?? undefined;
}

function textOf(element: Element | null): string {
  return (element?.textContent ?? "").replaceAll(/\s+/g, " ").trim();
}
