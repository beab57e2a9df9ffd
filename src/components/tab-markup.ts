import { isElement, unwrap, type Element } from "../lessons/mdx-tree.ts";
import { changeElement, readText } from "./mdx-element.ts";

/** `<Tabs>` with the titles of its tabs, which it lists, and each `<Tab>` with its id. */
export function presentTabs(tabs: Element, id: string): Element {
  const panels = unwrap(tabs.children)
    .filter((child) => isElement(child))
    .filter(({ name }) => name === "Tab");
  const titles = panels.map((panel) => readText(panel, "title") ?? "");
  const children = panels.map((panel, index) =>
    changeElement(panel, { id: `${id}-${index + 1}`, first: index === 0 ? "yes" : undefined }, panel.children),
  );
  return changeElement(tabs, { id, titles: JSON.stringify(titles) }, children);
}
