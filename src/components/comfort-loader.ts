/**
 * Loads what the palette, the shortcuts and the View menu need when they are first asked for, and passes on the keys and clicks
 * until it is there.
 */
const load = () => import("./comfort.ts");

const onKey = (event: KeyboardEvent) => {
  const isTyping =
    event.target instanceof Element && event.target.closest("input, textarea, select, .monaco-editor") !== null;
  const isFree = !isTyping && (event.ctrlKey || event.metaKey ? event.key === "k" : event.key === "/");
  // The browser has something else for these.
  if (isFree || (event.ctrlKey && event.shiftKey && event.key === "P")) event.preventDefault();
  void load().then(
    ({ takeKey }) => {
      document.removeEventListener("keydown", onKey, { capture: true });
      takeKey(event);
    },
    () => undefined,
  );
};
document.addEventListener("keydown", onKey, { capture: true });

// Before the router, which would follow the link.
document.addEventListener(
  "click",
  (event) => {
    const { target } = event;
    const button = target instanceof Element ? target.closest<HTMLElement>("[data-act]") : null;
    const act = button?.dataset.act;
    // With these a link is asked for in a tab of its own.
    if (!act || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void load().then(
      ({ runAct }) => runAct(act),
      () => (button.title = button.dataset.failed ?? ""),
    );
  },
  { capture: true },
);

document.addEventListener(
  "beforetoggle",
  ({ target }) => {
    if (target instanceof HTMLElement && target.id === "view-menu") void load().then(({ showView }) => showView());
  },
  { capture: true },
);
