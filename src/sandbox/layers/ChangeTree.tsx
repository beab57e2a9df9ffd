import { useSignal } from "@preact/signals";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { layersWords as words } from "../../words/layers.ts";
import { amount } from "../kept-words.ts";
import { treeOf, type ChangeNode } from "./change-tree.ts";
import type { LayerChange } from "./layer-changes.ts";
import "./change-tree.css";

interface ChangeTreeProps {
  readonly changes: readonly LayerChange[];
  readonly opened: string | undefined;
  readonly onOpen: (path: string) => void;
}

/** What a layer changes, as folders that open. A small layer is open from the start, of a long list the beginning is shown. */
export function ChangeTree({ changes, opened, onOpen }: ChangeTreeProps) {
  const nodes = useMemo(() => treeOf(changes), [changes]);
  return (
    <div class="change-tree">
      <Nodes nodes={nodes} isOpen={changes.length <= mostOpen} opened={opened} onOpen={onOpen} />
    </div>
  );
}

const mostOpen = 60;
/** Of a folder's names, how many are shown at first, and how many more each time. */
const firstShown = 100;
const thenShown = 1000;

interface NodesProps extends Omit<ChangeTreeProps, "changes"> {
  readonly nodes: readonly ChangeNode[];
  readonly isOpen: boolean;
}

function Nodes({ nodes, ...rest }: NodesProps) {
  const most = useSignal(firstShown);
  const list = useRef<HTMLUListElement>(null);
  const firstNew = useRef<number>();
  useLayoutEffect(() => {
    // The button that had the keyboard may be gone.
    const item = firstNew.current === undefined ? undefined : list.current?.children[firstNew.current];
    firstNew.current = undefined;
    const place = item?.querySelector<HTMLElement>("button, summary") ?? item;
    if (place instanceof HTMLElement) place.focus();
  }, [most.value]);
  const showMore = () => {
    firstNew.current = most.value;
    most.value += thenShown;
  };
  const left = nodes.length - most.value;
  const all = nodes.length.toLocaleString("en-GB");
  return (
    <>
      <ul ref={list}>
        {nodes.slice(0, most.value).map((node) => (
          <Node key={node.path} node={node} {...rest} />
        ))}
      </ul>
      {left > 0 && (
        <button type="button" class="change-more" onClick={showMore}>
          {left <= thenShown ? words.showAll(all) : words.showMore(thenShown.toLocaleString("en-GB"), all)}
        </button>
      )}
    </>
  );
}

interface NodeProps extends Omit<NodesProps, "nodes"> {
  readonly node: ChangeNode;
}

function Node({ node, ...rest }: NodeProps) {
  const { change, children, name, path } = node;
  const { isOpen, opened, onOpen } = rest;
  const isShown = useSignal(isOpen);
  const state = change?.change ?? "kept";
  if (children.length > 0) {
    return (
      <li data-change={state}>
        <details open={isShown.value} onToggle={(event) => (isShown.value = event.currentTarget.open)}>
          <summary>
            <span class="change-name">{name}/</span>
            <Words change={change} />
            <span class="change-count">{node.count.toLocaleString("en-GB")}</span>
          </summary>
          {isShown.value && <Nodes nodes={children} {...rest} />}
        </details>
      </li>
    );
  }
  const isFolder = change?.kind === "folder" || change?.kind === "opaque";
  return (
    <li data-change={state} tabIndex={-1}>
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
  const kind = change.kind === "link" || change.kind === "special" ? ` ${words.kinds[change.kind]}` : "";
  return (
    <span class="change-words">
      {words.changes[change.change]}
      {kind}
    </span>
  );
}
