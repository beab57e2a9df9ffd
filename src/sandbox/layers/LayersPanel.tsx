import { useEffect, useMemo } from "preact/hooks";
import { createEngine } from "../../engine/create-engine.ts";
import type { Machine } from "../../machine/contract.ts";
import { amount } from "../kept-words.ts";
import { PictureTools, type TakeablePicture } from "../pictures/PictureTools.tsx";
import type { Workbench } from "../workbench.ts";
import { ChangeTree } from "./ChangeTree.tsx";
import type { LayerContent } from "./layer-changes.ts";
import type { StackRow } from "./image-stack.ts";
import { LayersDesk, type View } from "./layers-desk.ts";
import { stackAsSvg } from "./stack-picture.ts";
import { countsInWords, stackAsText } from "./stack-text.ts";
import "./layers.css";

/** The layers of an image or a container of the learner's own engine: the stack on the left, what a layer changes on the right. */
export function LayersPanel({ machine, bench }: { machine: Machine; bench: Workbench }) {
  const desk = useMemo(() => new LayersDesk(createEngine(machine), machine), [machine]);
  useEffect(() => () => desk[Symbol.dispose](), [desk]);
  const isShown = bench.panel.value === "layers";
  const changes = bench.engineChanges.value;
  // What is there after a reset or a restart of the engine comes without an event.
  const isThere = bench.engineAnswers.value && !bench.isResetting.value;
  useEffect(() => {
    if (isShown && isThere) void desk.look();
  }, [desk, isShown, isThere, changes]);
  const asked = bench.asked.value;
  useEffect(() => {
    if (asked?.panel === "layers" && isThere) void desk.lookFor(asked.of);
  }, [desk, asked, isThere]);

  const view = desk.view.value;
  const isLive = isShown && view?.subject.kind === "container";
  useEffect(() => {
    if (!isLive) return;
    // No event tells of a file that is written in a container.
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void desk.look();
    }, againMs);
    return () => clearInterval(timer);
  }, [desk, isLive]);

  return (
    <div class="layers">
      <div class="layers-bar">
        <Chooser desk={desk} />
        {view !== undefined && <PictureTools picture={pictureOf(view)} />}
      </div>
      {desk.problem.value !== undefined && <p role="alert">{desk.problem.value}</p>}
      {view !== undefined && (
        <div class="layers-body">
          <Stack desk={desk} view={view} />
          <Content desk={desk} view={view} />
        </div>
      )}
    </div>
  );
}

const againMs = 3000;

function Chooser({ desk }: { desk: LayersDesk }) {
  const subjects = desk.subjects.value;
  const group = (kind: "image" | "container", label: string) => {
    const some = subjects.filter((subject) => subject.kind === kind);
    if (some.length === 0) return null;
    return (
      <optgroup label={label}>
        {some.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </optgroup>
    );
  };
  return (
    <label>
      Layers of
      <select value={desk.chosen.value} onChange={(event) => desk.choose(event.currentTarget.value)}>
        {group("image", "Images")}
        {group("container", "Containers")}
      </select>
    </label>
  );
}

function pictureOf(view: View): TakeablePicture {
  const { kind, name } = view.subject;
  return {
    name,
    link: { panel: "layers", of: kind === "image" ? (name.split(", ")[0] ?? name) : name },
    text: () => stackAsText(view),
    svg: () => stackAsSvg(view),
  };
}

export function Stack({ desk, view }: { desk: LayersDesk; view: View }) {
  const { stack, contents, subject } = view;
  const layers = stack.rows.filter(({ kind }) => kind === "layer").length;
  const largest = Math.max(1, ...(contents ?? []).map(({ bytes }) => bytes));
  const hidden = contents?.reduce((sum, { hiddenBytes }) => sum + hiddenBytes, 0) ?? 0;
  return (
    <section class="layer-stack" aria-label="Stack">
      <p>
        {layers} {layers === 1 ? "layer" : "layers"}, {amount(stack.size)}
        {hidden > 0 && `; ${amount(hidden)} of it written, then replaced or deleted by a layer above`}
      </p>
      <ol>
        {subject.kind === "container" && (
          <LayerButton
            desk={desk}
            number={layers}
            words="Writable layer of the container"
            content={contents?.[layers]}
            largest={largest}
            kind="writable"
          />
        )}
        {stack.rows.map((row, n) => (
          <Row key={n} desk={desk} row={row} contents={contents} largest={largest} />
        ))}
      </ol>
    </section>
  );
}

interface RowProps {
  readonly desk: LayersDesk;
  readonly row: StackRow;
  readonly contents: readonly LayerContent[] | undefined;
  readonly largest: number;
}

function Row({ desk, row, contents, largest }: RowProps) {
  if (row.kind === "setting") {
    return (
      <li class="layer-setting">
        <code>{row.step.instruction}</code>
      </li>
    );
  }
  const words = row.step?.instruction ?? row.digest.slice(0, 19);
  return (
    <LayerButton
      desk={desk}
      number={row.number}
      words={words}
      content={contents?.[row.number]}
      bytes={row.step?.size}
      largest={largest}
      sharedWith={row.sharedWith}
      kind="layer"
    />
  );
}

interface LayerButtonProps {
  readonly desk: LayersDesk;
  readonly number: number;
  readonly words: string;
  readonly content: LayerContent | undefined;
  /** By the image's history, until the layer has been read. */
  readonly bytes?: number | undefined;
  readonly largest: number;
  readonly sharedWith?: readonly string[];
  readonly kind: "layer" | "writable";
}

function LayerButton({ desk, number, words, content, bytes, largest, sharedWith = [], kind }: LayerButtonProps) {
  const size = content?.bytes ?? bytes;
  return (
    <li>
      <button
        type="button"
        class="layer"
        data-kind={kind}
        aria-current={desk.layer.value === number ? "true" : undefined}
        style={{ "--share": (size ?? 0) / largest }}
        onClick={() => desk.showLayer(number)}
      >
        <code>{words}</code>
        <span>
          {size !== undefined && amount(size)}
          {content !== undefined && ` · ${countsInWords(content.changes)}`}
        </span>
        {sharedWith.length > 0 && <span class="layer-shared">shared with {sharedWith.join(", ")}</span>}
      </button>
    </li>
  );
}

function Content({ desk, view }: { desk: LayersDesk; view: View }) {
  const content = desk.content.value;
  const file = desk.file.value;
  if (view.folders.length === 0) {
    return (
      <p class="layer-content">This engine does not say where it keeps its layers, so their files cannot be shown.</p>
    );
  }
  if (content === undefined) {
    return <p class="layer-content">{view.contents === undefined ? "Reading the layers…" : "Choose a layer."}</p>;
  }
  return (
    <section class="layer-content" aria-label="Files of the layer">
      <p>
        {countsInWords(content.changes)}, {amount(content.bytes)}
        {content.hiddenBytes > 0 && `; ${amount(content.hiddenBytes)} of it hidden by a layer above`}
      </p>
      {content.changes.length === 0 ? (
        <p>This layer holds no files: the container has written none yet, or the instruction changed none.</p>
      ) : (
        <ChangeTree changes={content.changes} opened={file?.path} onOpen={(path) => void desk.open(path)} />
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
