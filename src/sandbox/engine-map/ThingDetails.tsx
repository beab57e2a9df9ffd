import { useSignal } from "@preact/signals";
import { link } from "../../components/link.ts";
import { engineMapWords as words } from "../../words/engine-map.ts";
import { pictureWords } from "../../words/pictures.ts";
import type { Workbench } from "../workbench.ts";
import type { EngineDesk } from "./engine-desk.ts";
import { isFixture } from "./inspect-thing.ts";
import "./thing-details.css";

/** What the engine says of the chosen thing, and the command that would show it. */
export function ThingDetails({ desk, bench }: { desk: EngineDesk; bench: Workbench }) {
  const key = desk.chosen.value;
  if (key === undefined) return null;
  const thing = desk.byKey.value.get(key);
  const title = isFixture(key) ? words[key] : (thing?.name ?? "");
  const opened = desk.opened.value;
  const { storageDriver } = desk.self.value;
  return (
    <section class="thing-details" aria-label={title}>
      <header>
        <h3>{title}</h3>
        <p>{isFixture(key) ? words.about[key] : thing && words.kind[thing.kind]}</p>
        <button type="button" onClick={() => desk.choose(undefined)}>
          {words.close}
        </button>
      </header>
      {opened === undefined ? (
        <p>{words.reading}</p>
      ) : (
        <>
          <dl>
            {opened.facts.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
            {key === "daemon" && (
              <div>
                <dt>{words.facts.storage}</dt>
                <dd>{storageDriver ?? words.unknown}</dd>
              </div>
            )}
          </dl>
          {key === "registry" && (
            <p>
              <a href={link("images/")}>{words.allImages}</a>
            </p>
          )}
          <Command command={opened.command} bench={bench} />
          {opened.answer !== undefined && (
            <>
              <h4>
                {words.inspect} <code>{opened.request}</code>
              </h4>
              {/* It scrolls, so the keyboard has to get into it. */}
              <pre tabIndex={0} role="region" aria-label={`${words.inspect} ${opened.request ?? ""}`}>
                {opened.answer}
              </pre>
            </>
          )}
        </>
      )}
    </section>
  );
}

function Command({ command, bench }: { command: string; bench: Workbench }) {
  const said = useSignal("");
  const copy = () =>
    navigator.clipboard.writeText(command).then(
      () => (said.value = words.copied),
      () => (said.value = pictureWords.copyRefused),
    );
  return (
    <div class="thing-command" role="group" aria-label={words.command}>
      <code>{command}</code>
      <button type="button" onClick={() => bench.run({ command, terminal: 0, interrupt: false })}>
        {words.runCommand}
      </button>
      <button type="button" onClick={() => void copy()}>
        {words.copyCommand}
      </button>
      <span role="status">{said.value}</span>
    </div>
  );
}
