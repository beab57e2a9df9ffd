// Before the first paint: the reader's theme and split, and that there is JavaScript. A file of its own, because the
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
    const theme = read("drydock:theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    const split = Number(read("drydock:split"));
    if (split >= 25 && split <= 75) root.style.setProperty("--split", `${split}%`);
  };
  apply();
  document.addEventListener("astro:after-swap", apply);
})();
