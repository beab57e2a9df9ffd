import { layersWords as words } from "../../words/layers.ts";
import type { LayersDesk } from "./layers-desk.ts";
import { titleOf, type Subject } from "./subject.ts";

/** What is looked at, and what it is compared with. */
export function LayerChoosers({ desk }: { desk: LayersDesk }) {
  const subjects = desk.subjects.value ?? [];
  const chosen = desk.chosen.of.value;
  return (
    <div class="layer-choosers">
      <label>
        {words.chooseOf}
        <select value={chosen} onChange={(event) => desk.choose(event.currentTarget.value)}>
          <Options subjects={subjects} />
        </select>
      </label>
      <label>
        {words.chooseWith}
        <select
          value={desk.chosen.with.value ?? ""}
          onChange={(event) => desk.choose(event.currentTarget.value || undefined, "with")}
        >
          <option value="">{words.nothing}</option>
          <Options subjects={subjects.filter(({ id }) => id !== chosen)} />
        </select>
      </label>
    </div>
  );
}

function Options({ subjects }: { subjects: readonly Subject[] }) {
  const group = (kind: Subject["kind"], label: string) => {
    const some = subjects.filter((subject) => subject.kind === kind);
    if (some.length === 0) return null;
    return (
      <optgroup label={label}>
        {some.map((subject) => (
          <option key={subject.id} value={subject.id}>
            {titleOf(subject)}
          </option>
        ))}
      </optgroup>
    );
  };
  return (
    <>
      {group("image", words.images)}
      {group("container", words.containers)}
    </>
  );
}
