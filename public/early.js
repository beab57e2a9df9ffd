// Before the first paint: the reader's theme, layout, size of type and split, and that there is JavaScript. A file of its own, because the
// Content-Security-Policy allows no inline script. Replaced attributes come back after each page swap.
(() => {
  const read = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const apply = () => {
    const root = document.documentElement;
    root.classList.add("js");
    if (/Mac|iP(hone|ad|od)/.test(globalThis.navigator.platform)) root.classList.add("mac");
    const theme = read("drydock:theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    // A frame in a page of another site has one layout.
    const layout = root.dataset.embed === undefined ? read("drydock:layout") : null;
    if (layout === "read" || layout === "present") root.dataset.layout = layout;
    const size = read("drydock:type-size");
    if (/^[0-4]$/.test(size ?? "")) root.dataset.typeSize = size;
    const split = Number(read(layout === "present" ? "drydock:split-present" : "drydock:split"));
    if (split >= 25 && split <= 75) root.style.setProperty("--split", `${split}%`);
  };
  apply();
  document.addEventListener("astro:after-swap", apply);
})();
