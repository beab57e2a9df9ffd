import { useSignal } from "@preact/signals";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { processWords as words } from "../../words/processes.ts";
import { memoryAmount } from "./memory-amount.ts";
import { treeRows, type ProcessRow, type TreeRow } from "./process-tree.ts";
import type { ProcessesDesk } from "./processes-desk.ts";
import { commandOf } from "./processes-text.ts";
import type { Picture } from "./sampler.ts";
import { nameOf } from "./subjects.ts";
import { toneOf } from "./tones.ts";
import { treeMove } from "./tree-keys.ts";

interface ProcessTreeProps {
  readonly desk: ProcessesDesk;
  readonly picture: Picture;
  /** Only the processes of this container, by its id. */
  readonly container?: string | undefined;
}

/** Which process started which, with the containers marked. One row of it has the keyboard; arrows move, Enter shows the facts. */
export function ProcessTree({ desk, picture, container }: ProcessTreeProps) {
  const closed = desk.closed.value;
  const all = useMemo(() => treeRows(picture, closed, container), [picture, closed, container]);
  const rows = all.slice(0, mostRows);
  const place = useRef<HTMLDivElement>(null);
  const current = useSignal<string | undefined>(undefined);
  const chosen = desk.process.value;
  const at = [current.value, chosen].find((key) => rows.some((row) => row.key === key)) ?? rows[0]?.key;

  const focus = (key: string) => {
    current.value = key;
    place.current?.querySelector<HTMLElement>(`[data-key="${key}"]`)?.focus();
  };
  // A process may end while its row has the keyboard.
  const held = useRef(false);
  useLayoutEffect(() => {
    if (held.current && document.activeElement === document.body && at !== undefined) focus(at);
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (at === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    const isChoice = event.key === "Enter" || event.key === " ";
    const move = treeMove(rows, at, event.key);
    if (!isChoice && move === undefined) return;
    event.preventDefault();
    if (isChoice) choose(rows.find(({ key }) => key === at));
    if (move?.open !== undefined) desk.setOpen(move.open, true);
    if (move?.close !== undefined) desk.setOpen(move.close, false);
    if (move?.to !== undefined) focus(move.to);
  };
  const choose = (row: TreeRow | undefined) => {
    if (row === undefined) return;
    current.value = row.key;
    desk.showRow(row.key);
  };

  return (
    <div class="process-tree">
      <div class="process-row process-head" aria-hidden="true">
        <span>{words.columns.process}</span>
        <span>{words.columns.pid}</span>
        <span>{words.columns.inner}</span>
        <span>{words.columns.cpu}</span>
        <span>{words.columns.memory}</span>
      </div>
      <div
        ref={place}
        role="tree"
        aria-label={words.tree}
        onKeyDown={onKeyDown}
        onFocusIn={() => (held.current = true)}
        onFocusOut={({ relatedTarget, target }) => {
          if (relatedTarget !== null || (target as HTMLElement).isConnected) held.current = false;
        }}
      >
        {rows.map((row) => (
          <Row
            key={row.key}
            desk={desk}
            row={row}
            isCurrent={row.key === at}
            isChosen={row.key === chosen}
            onChoose={() => choose(row)}
          />
        ))}
      </div>
      {all.length > rows.length && <p>{words.moreRows(all.length - rows.length)}</p>}
    </div>
  );
}

/** More would make the page slow with each look. */
const mostRows = 400;

interface RowProps {
  readonly desk: ProcessesDesk;
  readonly row: TreeRow;
  readonly isCurrent: boolean;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function Row({ desk, row, isCurrent, isChosen, onChoose }: RowProps) {
  const common = {
    role: "treeitem",
    class: "process-row",
    tabIndex: isCurrent ? 0 : -1,
    "data-key": row.key,
    "aria-level": row.level,
    "aria-posinset": row.position,
    "aria-setsize": row.siblings,
    "aria-selected": isChosen,
    style: { "--level": row.level - 1 },
    onClick: onChoose,
  } as const;
  if (row.kind === "kernel") {
    return (
      <div {...common}>
        <span class="process-name">{words.kernelThreads(row.threads)}</span>
      </div>
    );
  }
  const { process } = row;
  const share = desk.shares.value?.processes.get(process.pid);
  const cpu = share === undefined ? undefined : words.percent(share);
  const memory = memoryAmount(process.memoryBytes);
  const command = commandOf(process);
  const { container: id } = process;
  const container = id === undefined ? undefined : nameOf(id, desk.names.value);
  return (
    <div
      {...common}
      data-tone={id === undefined ? undefined : toneOf(desk.tones.value.get(id))}
      {...(row.hasChildren && { "aria-expanded": row.isOpen })}
    >
      <span class="process-name">
        {row.hasChildren && <Opener desk={desk} row={row} />}
        {row.entersContainer && <b>{container}</b>}
        <code title={command}>{command}</code>
      </span>
      <Cell name={words.columns.pid} value={process.pid} />
      <Cell name={words.columns.inner} value={container === undefined ? undefined : process.innerPid} isInner />
      <Cell name={words.columns.cpu} value={cpu} />
      <Cell name={words.columns.memory} value={memory} />
    </div>
  );
}

/** Its column's name is there for those who hear the row. */
function Cell({ name, value, isInner }: { name: string; value: string | number | undefined; isInner?: true }) {
  return (
    <span class={isInner && "process-inner"}>
      {value !== undefined && <span class="visually-hidden">{`, ${name} `}</span>}
      {value}
    </span>
  );
}

/** For the mouse; the keyboard has the arrows. */
function Opener({ desk, row }: { desk: ProcessesDesk; row: ProcessRow }) {
  return (
    <span
      class="process-opener"
      onClick={(event) => {
        event.stopPropagation();
        desk.setOpen(row.key, !row.isOpen);
      }}
    />
  );
}
