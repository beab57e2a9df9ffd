import { signal, type ReadonlySignal } from "@preact/signals";
import { readLayout, readTypeSize, typeSizes } from "../components/page-view.ts";

const usualPixels = 14;
const pixels = signal(readPixels());
document.addEventListener("drydock:view", () => (pixels.value = readPixels()));
// The page's own attributes come back with each page.
document.addEventListener("astro:page-load", () => (pixels.value = readPixels()));

/** The size of letters in terminals and the editor, in px: the reader's choice, and larger while they present. */
export const codePixels: ReadonlySignal<number> = pixels;

function readPixels(): number {
  const factor = typeSizes[readTypeSize()] ?? 1;
  return Math.round(usualPixels * factor * (readLayout() === "present" ? 1.25 : 1));
}
