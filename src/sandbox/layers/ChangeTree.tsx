import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { amount } from "../kept-words.ts";
import { treeOf, type ChangeNode } from "./change-tree.ts";
import type { LayerChange } from "./layer-changes.ts";
import "./change-tree.css";

interface ChangeTreeProps {
  readonly changes: readonly LayerChange[];
  readonly opened: string | undefined;
  readonly onOpen: (path: string) => void;
}

/** What a layer changes, as folders that open. A small layer is open from the start. */
export function ChangeTree({ changes, opened, onOpen }: ChangeTreeProps) {
  const nodes = useMemo(() => treeOf(changes), [changes]);
  const isOpen = changes.length <= mostOpen;
  return (
    <ul class="change-tree">
      {nodes.map((node) => (
        <Node key={node.path} node={node} isOpen={isOpen} opened={opened} onOpen={onOpen} />
      ))}
    </ul>
  );
}

const mostOpen = 60;

interface NodeProps extends Omit<ChangeTreeProps, "changes"> {
  readonly node: ChangeNode;
  readonly isOpen: boolean;
}

function Node({ node, isOpen, opened, onOpen }: NodeProps) {
  const { change, children, name, path } = node;
  const isShown = useSignal(isOpen);
  const state = change?.change ?? "kept";
  if (children.length > 0) {
    return (
      <li data-change={state}>
        <details open={isOpen} onToggle={(event) => (isShown.value = event.currentTarget.open)}>
          <summary>
            <span class="change-name">{name}/</span>
            <Words change={change} />
            <span class="change-count">{node.count}</span>
          </summary>
          {isShown.value && (
            <ul>
              {children.map((child) => (
                <Node key={child.path} node={child} isOpen={isOpen} opened={opened} onOpen={onOpen} />
              ))}
            </ul>
          )}
        </details>
      </li>
    );
  }
  const isFolder = change?.kind === "folder" || change?.kind === "opaque";
  return (
    <li data-change={state}>
      {change?.kind === "file" ? (
        <button type="button" aria-current={opened === path ? "true" : undefined} onClick={() => onOpen(path)}>
          {name}
        </button>
      ) : (
        <span class="change-name">{isFolder ? `${name}/` : name}</span>
      )}
      <Words change={change} />
      {change !== undefined && change.bytes > 0 && <span class="change-count">{amount(change.bytes)}</span>}
    </li>
  );
}

/** In words too, as a colour alone tells not everybody. */
function Words({ change }: { change: LayerChange | undefined }) {
  if (change === undefined || change.change === "kept") return null;
  const kind = { link: " link", special: " device" }[change.kind as string] ?? "";
  return (
    <span class="change-words">
      {change.change}
      {kind}
    </span>
  );
}
