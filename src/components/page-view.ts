/** How the panes share the window: the text alone, the text beside the sandbox, or a large sandbox to show to others. */
export const layouts = ["read", "work", "present"] as const;
export type Layout = (typeof layouts)[number];

/** Factors of the size of prose and code, smallest first. */
export const typeSizes = [0.875, 1, 1.125, 1.25, 1.5] as const;
export const usualTypeSize = 1;

/**
 * Both stand on the root element while they differ from the usual, so that CSS follows, and `public/early.js` puts them back on
 * load. Fires `drydock:view` on the document, for what cannot follow by CSS alone.
 */
export function readLayout(): Layout {
  return layouts.find((layout) => layout === document.documentElement.dataset.layout) ?? "work";
}

export function chooseLayout(layout: Layout): void {
  keep("layout", layout === "work" ? undefined : layout);
}

/** Its place in `typeSizes`. */
export function readTypeSize(): number {
  const size = Number(document.documentElement.dataset.typeSize ?? usualTypeSize);
  return size in typeSizes ? size : usualTypeSize;
}

/** Takes the nearest size there is. */
export function chooseTypeSize(size: number): void {
  const nearest = Math.min(Math.max(size, 0), typeSizes.length - 1);
  keep("typeSize", nearest === usualTypeSize ? undefined : String(nearest));
}

/** Where the width of the text is kept, and what it is when it was never chosen, in per cent of the window. A stage has its own. */
export function splitOf(layout: Layout): { readonly key: string; readonly initial: number } {
  if (document.documentElement.dataset.page === "stage") return { key: "drydock:split-stage", initial: 46 };
  return layout === "present" ? { key: "drydock:split-present", initial: 30 } : { key: "drydock:split", initial: 42 };
}

function keep(name: "layout" | "typeSize", value: string | undefined): void {
  const [attribute, key] =
    name === "layout" ? ["data-layout", "drydock:layout"] : ["data-type-size", "drydock:type-size"];
  if (value === undefined) document.documentElement.removeAttribute(attribute);
  else document.documentElement.setAttribute(attribute, value);
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Storage may be refused; then the choice lasts as long as the page.
  }
  document.dispatchEvent(new CustomEvent("drydock:view", { bubbles: true }));
}
