import { layersWords as words } from "../../words/layers.ts";
import { amount } from "../kept-words.ts";
import { ChangeTree } from "./ChangeTree.tsx";
import type { View } from "./layer-view.ts";
import type { LayersDesk } from "./layers-desk.ts";
import { countsInWords } from "./stack-rows.ts";
import "./layers.css";

/** What the open layer changes, and the file that is open. */
export function LayerFiles({ desk, view }: { desk: LayersDesk; view: View }) {
  const content = desk.content.value;
  const file = desk.file.value;
  if (view.folders.length === 0) return <p class="layer-content">{words.noFolders}</p>;
  if (content === undefined) {
    return <p class="layer-content">{view.contents === undefined ? words.reading : words.chooseLayer}</p>;
  }
  return (
    <section class="layer-content" aria-label={words.files}>
      <p>
        {words.sum(countsInWords(content.changes), amount(content.bytes))}
        {content.hiddenBytes > 0 && words.hidden(amount(content.hiddenBytes))}
      </p>
      {content.changes.length === 0 ? (
        <p>{words.noFiles}</p>
      ) : (
        <ChangeTree
          key={`${desk.side.value} ${desk.layer.value ?? ""} ${view.subject.id}`}
          changes={content.changes}
          opened={file?.path}
          onOpen={(path) => void desk.open(path)}
        />
      )}
      {file !== undefined && (
        <section class="layer-file" aria-label={`/${file.path}`}>
          <h3>/{file.path}</h3>
          {file.note !== undefined && <p>{file.note}</p>}
          {file.text !== undefined && (
            // It scrolls, so the keyboard has to get into it.
            <pre tabIndex={0}>{file.text}</pre>
          )}
        </section>
      )}
    </section>
  );
}
