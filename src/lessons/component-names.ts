import type { Root } from "mdast";
import { components } from "./components.ts";
import { isElement, type Node } from "./mdx-tree.ts";
import type { Report } from "./reading.ts";

/**
 * Reports the components that are written with wrong capitals, which would be taken for HTML and leave nothing on the page,
 * and gives them their right names, so that what is in them is read as it was meant.
 */
export function correctComponentNames(root: Root, report: Report): void {
  const visit = (node: Node): void => {
    if (isElement(node) && node.name !== null && !components.has(node.name)) {
      const meant = rightNames.get(node.name.toLowerCase());
      if (meant !== undefined) {
        report(node, `There is no <${node.name}>.`, `Write <${meant}>.`);
        node.name = meant;
      }
    }
    if ("children" in node) node.children.forEach(visit);
  };
  visit(root);
}

const rightNames = new Map([...components.keys()].map((name) => [name.toLowerCase(), name]));
