/**
 * Runs first in every previewed page and tells the bridge around it what the page writes to its console, and which errors nobody catches. Whatever a page
 * does to it harms only the page's own messages.
 */
(() => {
  const maxText = 4000;
  const bridge = parent;
  if (bridge === window) return;
  const send = bridge.postMessage.bind(bridge);
  const tell = (said: object): void => send({ drydock: "preview-console", said }, location.origin);

  const write = (value: unknown): string => {
    if (typeof value === "string") return value;
    if (value instanceof Error) return value.stack ?? String(value);
    if (typeof value === "object" && value !== null && !(value instanceof Node)) {
      try {
        return JSON.stringify(value).slice(0, maxText);
      } catch {
        // A ring, or something that does not let itself be read.
      }
    }
    return String(value);
  };
  const report = (level: string, values: readonly unknown[]): void => {
    let text: string;
    try {
      text = values.map(write).join(" ");
    } catch {
      text = "?";
    }
    tell({ kind: "console", level, text: text.length > maxText ? `${text.slice(0, maxText - 1)}…` : text });
  };

  /* eslint-disable no-console -- it is what is listened to. */
  for (const level of ["debug", "log", "info", "warn", "error"] as const) {
    const say = console[level].bind(console);
    console[level] = (...values: unknown[]) => {
      say(...values);
      report(level, values);
    };
  }
  /* eslint-enable no-console */
  addEventListener("error", (event: ErrorEvent) => {
    const place = event.filename === "" ? "" : ` (${event.filename.replace(location.origin, "")}:${event.lineno})`;
    report("error", [`${event.message}${place}`]);
  });
  addEventListener("unhandledrejection", (event: PromiseRejectionEvent) => {
    report("error", ["Unhandled rejection:", event.reason]);
  });
  tell({ kind: "here" });
})();
