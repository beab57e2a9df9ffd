/** Brings the step of the text before the reader, with the keyboard at its heading: they asked for it. */
export function showStep(id: string): void {
  bringUp(id)?.querySelector<HTMLElement>(".step-title")?.focus({ preventScroll: true });
}

/** Leaves the keyboard where it is, and a page around this one as it is. */
export function bringUp(id: string): HTMLElement | undefined {
  const section = document.getElementById(`step-${id}`) ?? undefined;
  if (section === undefined) return undefined;
  // On a narrow window the sandbox may cover the text.
  document.dispatchEvent(new CustomEvent("drydock:show-text"));
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const behavior = isCalm ? "instant" : "smooth";
  if (window.parent === window) section.scrollIntoView({ behavior, block: "start" });
  else {
    // `scrollIntoView` would scroll the page around, too.
    const { scrollMarginTop } = getComputedStyle(section);
    scrollTo({ top: section.getBoundingClientRect().top + scrollY - Number.parseFloat(scrollMarginTop), behavior });
  }
  return section;
}
