// Over 250 lines because the two sides of a comparison are looked at, chosen and opened by the same rules.
import { batch, computed, signal, type Signal } from "@preact/signals";
import { EngineError } from "../../engine/error.ts";
import type { Engine } from "../../engine/engine.ts";
import type { ImageHistoryStep, ImageSummary } from "../../engine/images.ts";
import type { Machine } from "../../machine/contract.ts";
import { errorSentence } from "../error-sentence.ts";
import { compareStacks } from "./compare-stacks.ts";
import { ImageReader } from "./image-reader.ts";
import { describeStack, type OtherImage } from "./image-stack.ts";
import { describeChanges, type LayerContent } from "./layer-changes.ts";
import { LayerReader, readFolders } from "./layer-reader.ts";
import type { OpenFile, View } from "./layer-view.ts";
import type { ImageFacts, LayersMemory } from "./layers-memory.ts";
import type { LayerEntry } from "./list-layers.ts";
import { findSubject, listSubjects, type Subject } from "./subject.ts";

export interface LayersDeskOptions {
  readonly engine: Pick<Engine, "images" | "containers">;
  readonly machine: Pick<Machine, "run">;
  readonly memory: LayersMemory;
  readonly now: () => Date;
  /** A panel shows the first there is when there is not what was asked for, and opens its top layer. A figure shows what it is a figure of, or nothing. */
  readonly place: "panel" | "figure";
}

/** What is looked at, or what that is compared with. */
export type Side = "of" | "with";

interface Looked {
  readonly subject: Subject;
  readonly imageId: string;
  readonly image: ImageFacts;
  readonly history: readonly ImageHistoryStep[];
  readonly folders: readonly string[];
  /** The folder that a container writes to, and whether it runs. */
  readonly writable: { readonly folder: string | undefined; readonly isRunning: boolean } | undefined;
  readonly read?: { readonly entries: readonly (readonly LayerEntry[])[]; readonly contents: readonly LayerContent[] };
}

/**
 * Looks at images, layers and files of the learner's own engine: at one image or container, or at two beside each other. Over 250 lines because
 * what was chosen, what was asked for by name and what there is change each other.
 */
export class LayersDesk implements Disposable {
  readonly subjects = signal<readonly Subject[] | undefined>(undefined);
  /** Ids of what is shown. */
  readonly chosen: Readonly<Record<Side, Signal<string | undefined>>> = { of: signal(), with: signal() };
  /** Names that were asked for and are not there. */
  readonly missing = signal<readonly string[]>([]);
  readonly side = signal<Side>("of");
  readonly layer = signal<number | undefined>(undefined);
  readonly file = signal<OpenFile | undefined>(undefined);
  readonly problem = signal<string | undefined>(undefined);
  readonly #looked: Readonly<Record<Side, Signal<Looked | undefined>>> = { of: signal(), with: signal() };
  readonly #others = signal<readonly (OtherImage & { readonly id: string })[]>([]);
  readonly view = computed(() => this.#viewOf("of"));
  readonly otherView = computed(() => this.#viewOf("with"));
  readonly comparison = computed(() => {
    const [of, other] = [this.view.value, this.otherView.value];
    return of && other && { of, with: other, ...compareStacks(of, other) };
  });
  readonly content = computed(() => {
    const view = this.side.value === "of" ? this.view.value : this.otherView.value;
    return view?.contents?.[this.layer.value ?? -1];
  });
  /** Files may change of which no event tells. */
  readonly isLive = computed(() => [this.#looked.of, this.#looked.with].some((one) => one.value?.writable?.isRunning));
  readonly #options: LayersDeskOptions;
  readonly #gone = new AbortController();
  readonly #images: ImageReader;
  readonly #layers: LayerReader;
  /** By name, as an image that is built anew has another id. Only what a link or an author named is missed when it is not there. */
  readonly #wanted: Record<Side, { readonly name: string; readonly isAsked: boolean } | undefined> = {
    of: undefined,
    with: undefined,
  };
  #looking: Promise<void> | undefined;
  #wish: "nothing" | "files" | "all" = "nothing";

  constructor(options: LayersDeskOptions) {
    this.#options = options;
    this.#images = new ImageReader(options.engine.images, options.memory, this.#gone.signal);
    this.#layers = new LayerReader(options.machine, options.memory, this.#gone.signal);
  }

  /** Looks again. While it looks, further wishes become one. */
  async look(): Promise<void> {
    this.#wish = "all";
    await this.#work();
  }

  /** Reads again what running containers have written. */
  async readAgain(): Promise<void> {
    if (this.#wish === "nothing") this.#wish = "files";
    await this.#work();
  }

  /** Looks, and shows what is named so as soon as it is there. Without a name, what was chosen stays. */
  async lookFor(asked: { readonly of?: string | undefined; readonly with?: string | undefined }): Promise<void> {
    if (asked.of !== undefined) {
      this.#wanted.of = { name: asked.of, isAsked: true };
      this.#wanted.with = asked.with === undefined ? undefined : { name: asked.with, isAsked: true };
      if (asked.with === undefined) this.#show("with", undefined);
    }
    await this.look();
  }

  choose(id: string | undefined, side: Side = "of"): void {
    const subject = this.subjects.peek()?.find((one) => one.id === id);
    this.#wanted[side] = subject && { name: subject.names[0], isAsked: false };
    this.#show(side, subject?.id);
    void this.look();
  }

  showLayer(number: number, side: Side = "of"): void {
    const isShown = this.layer.peek() === number && this.side.peek() === side;
    this.side.value = side;
    this.layer.value = isShown && this.#options.place === "figure" ? undefined : number;
    this.file.value = undefined;
  }

  async open(path: string): Promise<void> {
    const folder = this.#looked[this.side.peek()].peek()?.folders[this.layer.peek() ?? -1];
    if (folder === undefined) return;
    this.file.value = { path };
    const file = await this.#layers.readBeginning(`${folder}/${path}`);
    if (this.file.peek()?.path === path) this.file.value = { path, ...file };
  }

  [Symbol.dispose](): void {
    this.#gone.abort();
  }

  async #work(): Promise<void> {
    this.#looking ??= this.#workOff().finally(() => (this.#looking = undefined));
    await this.#looking;
  }

  async #workOff(): Promise<void> {
    while (this.#wish !== "nothing") {
      const wish = this.#wish;
      this.#wish = "nothing";
      try {
        if (wish === "all") await this.#lookOnce();
        else for (const side of ["of", "with"] as const) await this.#readWritten(side);
        this.problem.value = undefined;
      } catch (error) {
        if (this.#gone.signal.aborted) return;
        // It went while it was looked at; the engine's event of that leads to the next look.
        if (error instanceof EngineError && error.code === "not-found") continue;
        this.problem.value = errorSentence(error);
      }
    }
  }

  async #lookOnce(): Promise<void> {
    const { engine, memory, now } = this.#options;
    const { signal } = this.#gone;
    const at = now();
    const [images, containers] = await Promise.all([
      engine.images.list({ signal }),
      engine.containers.list({ all: true, signal }),
    ]);
    const subjects = listSubjects(images, containers);
    this.subjects.value = subjects;
    this.#settle(subjects);
    for (const side of ["of", "with"] as const) await this.#lookAt(side, subjects);
    const ids = images.map(({ Id }) => Id);
    const facts = await this.#images.factsOfAll(ids, () => this.#wish === "all");
    if (facts === undefined) return;
    const seen = images.flatMap((image) => seenImage(image, facts.get(image.Id)));
    memory.ages.note(seen, at);
    this.#others.value = seen;
  }

  /** Which of those that are there is to be shown. */
  #settle(subjects: readonly Subject[]): void {
    const find = (side: Side) => {
      const wanted = this.#wanted[side];
      const isLost = wanted?.isAsked === true && this.#options.place === "figure";
      const chosen = isLost ? undefined : subjects.find(({ id }) => id === this.chosen[side].peek());
      const named = wanted && findSubject(subjects, wanted.name);
      return { named, isLost, shown: named ?? chosen };
    };
    const [of, other] = [find("of"), find("with")];
    const shown = of.shown ?? (of.isLost ? undefined : subjects[0]);
    batch(() => {
      this.missing.value = (["of", "with"] as const).flatMap((side) => {
        const wanted = this.#wanted[side];
        const isThere = (side === "of" ? of : other).named !== undefined;
        return wanted?.isAsked === true && !isThere ? [wanted.name] : [];
      });
      this.#show("of", shown?.id);
      this.#show("with", other.shown?.id === shown?.id ? undefined : other.shown?.id);
    });
  }

  #show(side: Side, id: string | undefined): void {
    if (this.chosen[side].peek() === id) return;
    batch(() => {
      this.chosen[side].value = id;
      this.#looked[side].value = undefined;
      if (this.side.peek() !== side) return;
      this.side.value = "of";
      this.layer.value = this.file.value = undefined;
    });
  }

  async #lookAt(side: Side, subjects: readonly Subject[]): Promise<void> {
    const subject = subjects.find(({ id }) => id === this.chosen[side].peek());
    if (subject === undefined) return;
    const { containers } = this.#options.engine;
    const container =
      subject.kind === "container" ? await containers.inspect(subject.id, { signal: this.#gone.signal }) : undefined;
    const imageId = container?.Image ?? subject.id;
    const folders = readFolders(container ?? (await this.#images.inspect(imageId)));
    const image = await this.#images.facts(imageId);
    const history = await this.#images.history(imageId);
    const writable = container && { folder: folders.at(-1), isRunning: container.State.Running };
    const read = this.#looked[side].peek()?.read;
    if (this.chosen[side].peek() !== subject.id) return;
    this.#looked[side].value = { subject, imageId, image, history, folders, writable, ...(read && { read }) };
    await this.#readLayers(side);
  }

  async #readWritten(side: Side): Promise<void> {
    if (this.#looked[side].peek()?.writable?.isRunning === true) await this.#readLayers(side);
  }

  async #readLayers(side: Side): Promise<void> {
    const looked = this.#looked[side].peek();
    if (looked === undefined || looked.folders.length === 0) return;
    const entries = await this.#layers.read(looked.folders, looked.writable?.folder);
    if (this.#looked[side].peek() !== looked) return;
    const before = looked.read?.entries;
    if (before?.length !== entries.length || entries.some((one, n) => one !== before[n])) {
      this.#looked[side].value = { ...looked, read: { entries, contents: describeChanges(entries) } };
    }
    const opensTop = this.#options.place === "panel" && side === "of" && this.side.peek() === "of";
    if (opensTop && this.layer.peek() === undefined) this.layer.value = entries.length - 1;
  }

  #viewOf(side: Side): View | undefined {
    const looked = this.#looked[side].value;
    if (looked === undefined) return undefined;
    const { subject, imageId, image, history, folders, read } = looked;
    const others = this.#others.value.filter(({ id, name }) => id !== imageId && name !== "");
    const stack = describeStack(
      { RootFS: { Type: "layers", Layers: [...image.layers] }, Size: image.size },
      history,
      others,
    );
    const ages = this.#options.memory.ages.of(imageId);
    return { subject, stack, folders, ages, ...(read && { contents: read.contents }) };
  }
}

function seenImage({ Id, RepoTags, RepoDigests, Created }: ImageSummary, facts: ImageFacts | undefined) {
  if (facts === undefined) return [];
  const isPulled = RepoDigests.length > 0;
  return [{ id: Id, name: RepoTags[0] ?? "", layers: facts.layers, created: Created, isPulled }];
}
