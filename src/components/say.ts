/** Says a short sentence to everybody, at the foot of the window, until the reader goes on. */
export function say(words: string): void {
  let place = document.querySelector<HTMLElement>("output.said");
  if (place === null) {
    place = document.createElement("output");
    place.className = "said";
    document.body.append(place);
  }
  const said = place;
  // A live region is only heard of when it changes.
  said.textContent = "";
  requestAnimationFrame(() => (said.textContent = words));
  const end = new AbortController();
  const clear = (event: Event) => {
    if (event instanceof KeyboardEvent && ["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
    end.abort();
    said.textContent = "";
  };
  // The key that asked for it is still on its way.
  setTimeout(() => {
    document.addEventListener("keydown", clear, { signal: end.signal, capture: true });
    document.addEventListener("pointerdown", clear, { signal: end.signal, capture: true });
  });
}
