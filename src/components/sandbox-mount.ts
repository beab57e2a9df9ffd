import { lessonTextWords } from "../words/lesson-text.ts";
/**
 * Puts the sandbox into its place when the page is quiet, once for the life of the tab. Between two pages with a sandbox
 * the router carries the element over; past a page without one it is kept here, and its machine goes on running. A place that is
 * held is left alone until `drydock:release`. `drydock:sandbox-failed` tells that the sandbox could not be loaded.
 */
let mounted: HTMLElement | undefined;

document.addEventListener("astro:after-swap", () => {
  const place = findPlace();
  if (mounted && place && place !== mounted) place.replaceWith(mounted);
});

document.addEventListener("astro:page-load", mountWhenQuiet);
document.addEventListener("drydock:release", mountWhenQuiet);

function mountWhenQuiet(): void {
  if (mounted || !findPlace()) return;
  if ("requestIdleCallback" in window) requestIdleCallback(() => void mount(), { timeout: 1000 });
  else setTimeout(() => void mount(), 1);
}

async function mount(): Promise<void> {
  const place = findPlace();
  if (mounted || !place || place.dataset.held !== undefined) return;
  mounted = place;
  try {
    const [preact, { default: Sandbox }] = await Promise.all([import("preact"), import("../sandbox/Sandbox.tsx")]);
    place.replaceChildren();
    preact.render(preact.h(Sandbox, {}), place);
  } catch (error) {
    mounted = undefined;
    showFailure(place);
    document.dispatchEvent(new Event("drydock:sandbox-failed"));
    throw error;
  }
}

function showFailure(place: HTMLElement): void {
  const note = document.createElement("p");
  note.className = "sandbox-note";
  note.setAttribute("role", "alert");
  note.textContent = lessonTextWords.sandboxCouldNotLoaded;
  place.replaceChildren(note);
}

function findPlace(): HTMLElement | null {
  return document.querySelector<HTMLElement>("[data-sandbox]");
}
