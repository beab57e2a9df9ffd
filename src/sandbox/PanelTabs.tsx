import type { PanelName, Workbench } from "./workbench.ts";

const tabs: readonly { readonly name: PanelName; readonly title: string }[] = [
  { name: "terminal-0", title: "Terminal 1" },
  { name: "terminal-1", title: "Terminal 2" },
  { name: "terminal-2", title: "Terminal 3" },
  { name: "editor", title: "Editor" },
  { name: "layers", title: "Layers" },
];

/** Arrow keys move between the tabs, Tab goes on into what is shown. */
export function PanelTabs({ bench }: { bench: Workbench }) {
  const shown = bench.panel.value;
  const onKeyDown = (event: KeyboardEvent) => {
    const now = tabs.findIndex(({ name }) => name === shown);
    const to = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: tabs.length - 1 }[event.key];
    const next = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    bench.panel.value = next.name;
    document.getElementById(`tab-${next.name}`)?.focus();
  };
  return (
    <div class="sandbox-tabs" role="tablist" aria-label="Sandbox" onKeyDown={onKeyDown}>
      {tabs.map(({ name, title }) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`tab-${name}`}
          aria-selected={name === shown}
          aria-controls={`panel-${name}`}
          tabIndex={name === shown ? 0 : -1}
          onClick={() => bench.show(name)}
        >
          <span class="long">{title}</span>
          <span class="short" aria-hidden="true">
            {title.startsWith("Terminal") ? title.slice(-1) : title}
          </span>
        </button>
      ))}
    </div>
  );
}
