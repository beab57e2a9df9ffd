/**
 * Changes between light and dark, and remembers the choice only while it differs from the system's. Fires
 * `drydock:theme` on the document, for what cannot follow by CSS alone. `public/early.js` puts the choice back on load.
 */
export function switchTheme(): void {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const next = (root.dataset.theme ?? system) === "dark" ? "light" : "dark";
  if (next === system) delete root.dataset.theme;
  else root.dataset.theme = next;
  remember(next === system ? undefined : next);
  document.dispatchEvent(new CustomEvent("drydock:theme", { detail: next, bubbles: true }));
}

function remember(theme: string | undefined): void {
  try {
    if (theme === undefined) localStorage.removeItem("drydock:theme");
    else localStorage.setItem("drydock:theme", theme);
  } catch {
    // Storage may be refused; then the choice lasts as long as the page.
  }
}
