import { computed, signal } from "@preact/signals";
import * as z from "zod/mini";
import type { Engine } from "../../engine/engine.ts";
import type { Machine } from "../../machine/contract.ts";
import { errorSentence } from "../error-sentence.ts";
import { describeStack, type ImageStack, type OtherImage } from "./image-stack.ts";
import { describeChanges, type LayerContent } from "./layer-changes.ts";
import { listLayers, type LayerEntry } from "./list-layers.ts";

/** What can be looked at: an image, or a container with its writable layer on top of its image's. */
export interface Subject {
  readonly kind: "image" | "container";
  readonly id: string;
  readonly name: string;
}

export interface View {
  readonly subject: Subject;
  readonly stack: ImageStack;
  /** By the layers' numbers; of a container, its writable layer comes last. Absent while they are read, or where the engine does not say where they are. */
  readonly contents?: readonly LayerContent[];
  /** Where each layer lies on the machine. */
  readonly folders: readonly string[];
}

export interface OpenFile {
  readonly path: string;
  /** Its beginning, or why it cannot be shown. */
  readonly text?: string;
  readonly note?: string;
}

/** Looks at images, layers and files of the learner's own engine. Nothing is kept: what is shown was asked for. */
export class LayersDesk implements Disposable {
  readonly subjects = signal<readonly Subject[]>([]);
  readonly chosen = signal<string | undefined>(undefined);
  readonly view = signal<View | undefined>(undefined);
  readonly layer = signal<number | undefined>(undefined);
  readonly file = signal<OpenFile | undefined>(undefined);
  readonly problem = signal<string | undefined>(undefined);
  readonly content = computed(() => this.view.value?.contents?.[this.layer.value ?? -1]);
  readonly #engine: Pick<Engine, "images" | "containers">;
  readonly #machine: Pick<Machine, "run">;
  readonly #gone = new AbortController();
  /** What is in the layers of images, which never change, by their folders. */
  readonly #known = new Map<string, readonly LayerEntry[]>();
  #looking: Promise<void> | undefined;
  #isStale = false;

  constructor(engine: Pick<Engine, "images" | "containers">, machine: Pick<Machine, "run">) {
    this.#engine = engine;
    this.#machine = machine;
  }

  /** Looks again. While it looks, further wishes become one. */
  async look(): Promise<void> {
    this.#isStale = true;
    this.#looking ??= this.#lookUntilFresh().finally(() => (this.#looking = undefined));
    await this.#looking;
  }

  /** Looks, and shows the image or container of that name, where there is one. */
  async lookFor(name: string | undefined): Promise<void> {
    await this.look();
    const isNamed = (subject: Subject) =>
      subject.name.split(", ").some((one) => one === name || one === `${name}:latest`);
    const subject = name === undefined ? undefined : this.subjects.peek().find(isNamed);
    if (subject === undefined) return;
    this.choose(subject.id);
    await this.look();
  }

  choose(id: string): void {
    if (this.chosen.peek() === id) return;
    this.chosen.value = id;
    this.view.value = this.layer.value = this.file.value = undefined;
    void this.look();
  }

  showLayer(number: number): void {
    this.layer.value = number;
    this.file.value = undefined;
  }

  async open(path: string): Promise<void> {
    const folder = this.view.peek()?.folders[this.layer.peek() ?? -1];
    if (folder === undefined) return;
    this.file.value = { path };
    const file = await this.#readBeginning(`${folder}/${path}`);
    if (this.file.peek()?.path === path) this.file.value = { path, ...file };
  }

  [Symbol.dispose](): void {
    this.#gone.abort();
  }

  async #lookUntilFresh(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      try {
        await this.#lookOnce();
        this.problem.value = undefined;
      } catch (error) {
        if (this.#gone.signal.aborted) return;
        this.problem.value = errorSentence(error);
      }
    }
  }

  async #lookOnce(): Promise<void> {
    const { signal } = this.#gone;
    const [images, containers] = await Promise.all([
      this.#engine.images.list({ signal }),
      this.#engine.containers.list({ all: true, signal }),
    ]);
    const named = images.filter(({ RepoTags }) => RepoTags.length > 0);
    this.subjects.value = [
      ...named.map(({ Id, RepoTags }) => ({ kind: "image" as const, id: Id, name: RepoTags.join(", ") })),
      ...containers.map(({ Id, Names }) => ({ kind: "container" as const, id: Id, name: (Names[0] ?? Id).slice(1) })),
    ];
    const subject = this.subjects.value.find(({ id }) => id === this.chosen.peek()) ?? this.subjects.value[0];
    this.chosen.value = subject?.id;
    if (subject === undefined) {
      this.view.value = undefined;
      return;
    }
    const details = await Promise.all(named.map(({ Id }) => this.#engine.images.inspect(Id, { signal })));
    const container =
      subject.kind === "container" ? await this.#engine.containers.inspect(subject.id, { signal }) : undefined;
    const imageId = container?.Image ?? subject.id;
    const [image, history] = await Promise.all([
      details.find(({ Id }) => Id === imageId) ?? this.#engine.images.inspect(imageId, { signal }),
      this.#engine.images.history(imageId, { signal }),
    ]);
    const others: OtherImage[] = details
      .filter(({ Id }) => Id !== imageId)
      .map(({ RepoTags, RootFS }) => ({ name: RepoTags[0] ?? "", layers: RootFS.Layers }));
    const stack = describeStack(image, history, others);
    const folders = readFolders(container ?? image);
    if (this.view.peek()?.subject.id !== subject.id) {
      this.layer.value = this.file.value = undefined;
      this.view.value = { subject, stack, folders };
    }
    const contents = folders.length === 0 ? undefined : await this.#read(folders, container !== undefined);
    if (this.chosen.peek() !== subject.id) return;
    this.view.value = { subject, stack, folders, ...(contents && { contents }) };
    if (this.layer.peek() === undefined && contents !== undefined) this.layer.value = contents.length - 1;
  }

  async #readBeginning(path: string): Promise<Omit<OpenFile, "path">> {
    const argv = ["head", "-c", String(mostShown), "--", path];
    try {
      const { exitCode, stdout, stderr } = await this.#machine.run(argv, { signal: this.#gone.signal });
      if (exitCode !== 0) return { note: stderr.trim() };
      if (/[\0\ufffd]/.test(stdout)) return { note: "This is not text." };
      return { text: stdout, ...(stdout.length >= mostShown && { note: "This is its beginning." }) };
    } catch (error) {
      return { note: errorSentence(error) };
    }
  }

  /** Of a container, the last folder is the one that it writes to. */
  async #read(folders: readonly string[], isContainer: boolean): Promise<LayerContent[]> {
    const changing = isContainer ? folders.at(-1) : undefined;
    const wanted = folders.filter((folder) => folder === changing || !this.#known.has(folder));
    const listings = await listLayers(this.#machine, wanted, { signal: this.#gone.signal });
    const fresh = new Map(wanted.map((folder, n) => [folder, listings[n] ?? []]));
    for (const [folder, entries] of fresh) if (folder !== changing) this.#known.set(folder, entries);
    return describeChanges(folders.map((folder) => fresh.get(folder) ?? this.#known.get(folder) ?? []));
  }
}

/** How much of a file is shown. */
const mostShown = 65_536;

const driver = z.looseObject({
  GraphDriver: z.looseObject({
    Name: z.literal("overlay2"),
    Data: z.looseObject({ UpperDir: z.string(), LowerDir: z.optional(z.string()) }),
  }),
});

/**
 * The folders of an image's layers, or of a container's, from the bottom up; none where the engine keeps them in another way. Of a container, the folder below its
 * writable layer holds what Docker itself puts into it, such as its `/etc/hosts`, and is left out.
 */
export function readFolders(inspected: object): string[] {
  const found = driver.safeParse(inspected);
  if (!found.success) return [];
  const { UpperDir, LowerDir = "" } = found.data.GraphDriver.Data;
  const lower = LowerDir.split(":").filter((folder) => folder !== "" && !folder.endsWith("-init/diff"));
  return [...lower.reverse(), UpperDir];
}
