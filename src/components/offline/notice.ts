export interface Notice {
  /** One of a name is shown at a time. */
  readonly name: string;
  readonly words: string;
  readonly acts: readonly { readonly words: string; readonly run: () => void }[];
  /** Of the button that takes it away. */
  readonly dismiss: string;
}

/** Shows something at the foot of the window that waits for an answer, and goes with the page. */
export function showNotice({ name, words, acts, dismiss }: Notice): void {
  const id = `notice-${name}`;
  if (document.getElementById(id) !== null) return;
  const notice = document.createElement("div");
  notice.id = id;
  notice.className = "offline-notice";
  notice.setAttribute("role", "status");
  const text = document.createElement("p");
  const buttons = [...acts, { words: dismiss, run: () => undefined }].map((act, n) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = n < acts.length ? "button small" : "button secondary small";
    button.textContent = act.words;
    button.addEventListener("click", () => {
      notice.remove();
      act.run();
    });
    return button;
  });
  notice.append(text, ...buttons);
  document.body.append(notice);
  // A live region is only heard of when it changes.
  requestAnimationFrame(() => (text.textContent = words));
}
