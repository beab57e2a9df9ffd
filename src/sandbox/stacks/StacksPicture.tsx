import { link } from "../../components/link.ts";
import { stacksWords as words } from "../../words/stacks.ts";
import { compareStacks } from "./comparison.ts";
import { stacksOf, type Block, type Stack } from "./stack-blocks.ts";
import type { StacksView } from "./stacks-desk.ts";
import "./stacks.css";

/** Both stacks, and below them what they come to. */
export function StacksPicture({ view }: { view: StacksView }) {
  const [containers, machines] = stacksOf(view);
  return (
    <div class="stacks-picture">
      <div class="stacks-pair">
        <StackView stack={containers} />
        <StackView stack={machines} />
      </div>
      {view.small.kernel === undefined && (
        <p>
          <a href={link("learn/containers/virtual-machines/")}>{words.lesson}</a>
        </p>
      )}
      <Table view={view} />
    </div>
  );
}

function StackView({ stack: { title, top, more, layers } }: { stack: Stack }) {
  return (
    <section class="stack" aria-label={title}>
      <h3>{title}</h3>
      <div class="stack-top" role="list">
        {top.map((block) => (
          <BlockView key={block.id} block={block} />
        ))}
      </div>
      {more !== undefined && <p>{more}</p>}
      <div class="stack-layers" role="list">
        {layers.map((block) => (
          <BlockView key={block.id} block={block} />
        ))}
      </div>
    </section>
  );
}

function BlockView({ block: { kind, title, note, facts, share, isOff } }: { block: Block }) {
  return (
    <div class="stack-block" role="listitem" data-kind={kind} data-off={isOff ? "" : undefined}>
      <h4>{title}</h4>
      {note !== undefined && <p>{note}</p>}
      {facts.length > 0 && (
        <dl>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt> <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {share !== undefined && (
        <span class="stack-share" aria-hidden="true">
          <span style={{ inlineSize: `${Math.max(share * 100, 0.5)}%` }} />
        </span>
      )}
    </div>
  );
}

function Table({ view }: { view: StacksView }) {
  const { heads, rows } = compareStacks(view);
  return (
    // It scrolls where the window is narrow, so the keyboard has to get into it.
    <div class="stacks-table" tabIndex={0} role="region" aria-label={words.table}>
      <table>
        <caption>{words.table}</caption>
        <thead>
          <tr>
            <td />
            {heads.map((head, n) => (
              <th key={n} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...values]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {values.map((value, n) => (
                <td key={n}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
