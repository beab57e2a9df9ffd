import { defineMdastPlugin, type MdxJsxFlowElement } from "satteri";
import { readCodeBlockUse } from "../lessons/code-block.ts";

/** Turns fenced blocks that are to be run or written into `<CommandBlock>` and `<FileBlock>`. */
export const codeBlocks = defineMdastPlugin({
  name: "drydock:code-blocks",
  code(node, context) {
    const use = readCodeBlockUse(node.lang, node.meta);
    if ("problem" in use || use.type === "text") return;
    if (use.type === "command") {
      context.replaceNode(node, element("CommandBlock", { command: node.value, terminal: String(use.terminal) }));
    } else {
      context.wrapNode(node, element("FileBlock", { path: use.path, content: node.value }));
    }
  },
});

function element(name: string, attributes: Readonly<Record<string, string>>): MdxJsxFlowElement {
  return {
    type: "mdxJsxFlowElement",
    name,
    attributes: Object.entries(attributes).map(([name, value]) => ({ type: "mdxJsxAttribute", name, value })),
    children: [],
  };
}
