/** Brings the step of the text before the reader, with the keyboard at its heading: they asked for it. */
export function showStep(id: string): void {
  const section = document.getElementById(`step-${id}`);
  if (section === null) return;
  // On a narrow window the sandbox may cover the text.
  document.dispatchEvent(new CustomEvent("drydock:show-text"));
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  section.scrollIntoView({ behavior: isCalm ? "instant" : "smooth", block: "start" });
  section.querySelector<HTMLElement>(".step-title")?.focus({ preventScroll: true });
}
