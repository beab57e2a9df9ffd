import type { BuildRecord, BuildStatus, Vertex } from "../../engine/buildkit/messages.ts";

/** A step of a build, as BuildKit tells of it. Times are milliseconds since 1970, by the machine's clock. */
export interface BuildStep {
  readonly digest: string;
  /** `FROM` and what makes a stage; what BuildKit does before and after; all other instructions. */
  readonly kind: "base" | "instruction" | "other";
  /** Of instructions: as the Dockerfile calls it, `stage-1` where it does not, empty where there is only one. */
  readonly stage: string;
  /** Of instructions: the how many-th of its stage, from 1, and of how many. */
  readonly number: number;
  readonly of: number;
  /** The instruction with its variables filled in, or what BuildKit does. */
  readonly words: string;
  readonly state: "waiting" | "running" | "done" | "cached" | "failed" | "skipped";
  readonly started?: number;
  readonly completed?: number;
  readonly error?: string;
  /** What it printed, the last of it. */
  readonly output: string;
  /** Bytes of the build context, or of a file, that went to BuildKit. */
  readonly transferred?: number;
  /** Digests of the steps that it stands on. */
  readonly inputs: readonly string[];
}

export interface Build {
  readonly ref: string;
  /** As people write it: without Docker Hub's address and without `latest`. */
  readonly imageName?: string;
  readonly imageId?: string;
  /** Where its files came from. */
  readonly folder?: string;
  readonly state: "running" | "done" | "failed";
  readonly createdAt: number;
  readonly completedAt?: number;
  readonly error?: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly imageConfig?: string;
  /** In the order of the stages, each in the order of its instructions; what BuildKit does beside them before or after. */
  readonly steps: readonly BuildStep[];
}

interface Told {
  vertex: Vertex;
  started: number | undefined;
  completed: number | undefined;
  output: string;
  transferred: number | undefined;
}

/** Collects what BuildKit tells of one build. */
export class BuildBook {
  #record: BuildRecord;
  readonly #vertexes = new Map<string, Told>();
  readonly #decoders = new Map<string, TextDecoder>();
  #imageName: string | undefined;
  #imageId: string | undefined;
  #folder: string | undefined;
  /** What was read last, until something is told. */
  #build: Build | undefined;

  constructor(record: BuildRecord) {
    this.#record = record;
  }

  /** A build that has completed is told of as started once more to those who come later. */
  note(record: BuildRecord): void {
    if (record.completedAt === undefined && this.#record.completedAt !== undefined) return;
    this.#record = record;
    this.#build = undefined;
  }

  /** Only folders are noted; what comes from elsewhere has none. */
  noteFolder(folder: string): void {
    if (folder.startsWith("/")) this.#folder = folder;
    this.#build = undefined;
  }

  /** What is told from now on begins with what was told before. */
  begin(): void {
    this.#vertexes.clear();
    this.#decoders.clear();
    this.#build = undefined;
  }

  /** The latest time that was told of. */
  get lastTime(): number {
    const times = [...this.#vertexes.values()].flatMap(({ started, completed }) => [started ?? 0, completed ?? 0]);
    return Math.max(this.#record.createdAt ?? 0, ...times);
  }

  add({ vertexes, statuses, logs }: BuildStatus): void {
    this.#build = undefined;
    for (const vertex of vertexes) {
      const told = this.#vertexes.get(vertex.digest);
      const started = least(told?.started, vertex.started);
      this.#vertexes.set(vertex.digest, {
        vertex: { ...vertex, cached: vertex.cached || told?.vertex.cached === true },
        started,
        // What runs again has not completed.
        completed: vertex.completed,
        output: told?.output ?? "",
        transferred: told?.transferred,
      });
    }
    for (const { id, vertex, current } of statuses) {
      const told = this.#vertexes.get(vertex);
      if (told !== undefined && id.startsWith("transferring")) told.transferred = current;
      this.#imageName ??= /^naming to (.+)$/.exec(id)?.[1];
      this.#imageId ??= /^writing image (sha256:[0-9a-f]{64})$/.exec(id)?.[1];
    }
    for (const { vertex, bytes } of logs) {
      const told = this.#vertexes.get(vertex);
      if (told === undefined) continue;
      const decoder = this.#decoders.get(vertex) ?? new TextDecoder();
      this.#decoders.set(vertex, decoder);
      told.output = (told.output + decoder.decode(bytes, { stream: true })).slice(-mostOutput);
    }
  }

  /** The same object as long as nothing new is told. */
  read(): Build {
    this.#build ??= this.#read();
    return this.#build;
  }

  #read(): Build {
    const { ref, attributes, createdAt, completedAt, error, imageConfig } = this.#record;
    return {
      ref,
      ...(this.#imageName !== undefined && { imageName: shortName(this.#imageName) }),
      ...(this.#imageId !== undefined && { imageId: this.#imageId }),
      ...(this.#folder !== undefined && { folder: this.#folder }),
      state: completedAt === undefined ? "running" : error === undefined ? "done" : "failed",
      createdAt: createdAt ?? 0,
      ...(completedAt !== undefined && { completedAt }),
      ...(error !== undefined && { error }),
      attributes,
      ...(imageConfig !== undefined && { imageConfig }),
      steps: inOrder([...this.#vertexes.values()].map((told) => readStep(told, completedAt !== undefined))),
    };
  }
}

/** Characters of a step's output that are kept. */
const mostOutput = 20_000;

function least(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}

function readStep({ vertex, started, completed, output, transferred }: Told, isOver: boolean): BuildStep {
  const { digest, inputs, name, error } = vertex;
  const found = /^\[(?:(.+) )?(\d+)\/(\d+)\] (.*)$/s.exec(name);
  const words = (found?.[4] ?? name.replace(/^\[internal\] /, "")).trim();
  return {
    digest,
    kind: found === null ? "other" : /^FROM\b/.test(words) ? "base" : "instruction",
    stage: found?.[1] ?? "",
    number: Number(found?.[2] ?? 0),
    of: Number(found?.[3] ?? 0),
    words,
    state: stateOf(vertex, started, isOver),
    ...(started !== undefined && { started }),
    ...(completed !== undefined && { completed }),
    ...(error !== "" && { error }),
    output: plain(output),
    ...(transferred !== undefined && { transferred }),
    inputs,
  };
}

function stateOf(
  { cached, completed, error }: Vertex,
  started: number | undefined,
  isOver: boolean,
): BuildStep["state"] {
  if (error !== "") return error.includes("context canceled") ? "skipped" : "failed";
  if (started === undefined) return isOver || completed !== undefined ? "skipped" : "waiting";
  if (completed === undefined) return isOver ? "skipped" : "running";
  return cached ? "cached" : "done";
}

/** Without the sequences that colour a terminal; a line that was written over keeps what stood there last. */
function plain(output: string): string {
  // eslint-disable-next-line no-control-regex
  const text = output.replaceAll(/\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\))/g, "");
  return text.replaceAll(/\r\n/g, "\n").replaceAll(/^.*\r(?=[^\n])/gm, "");
}

/** `docker.io/library/ship:latest` as `ship`. */
function shortName(name: string): string {
  return name.replace(/^docker\.io\/(?:library\/)?/, "").replace(/:latest$/, "");
}

/** Stages in an order in which each comes after those that it takes from. */
function inOrder(steps: readonly BuildStep[]): BuildStep[] {
  const byDigest = new Map(steps.map((step) => [step.digest, step]));
  const stages = [...new Set(steps.filter(({ kind }) => kind !== "other").map(({ stage }) => stage))];
  const sorted: string[] = [];
  const seen = new Set<string>();
  const visit = (stage: string) => {
    if (seen.has(stage)) return;
    seen.add(stage);
    for (const step of steps) {
      if (step.stage !== stage || step.kind === "other") continue;
      for (const input of step.inputs) {
        const other = byDigest.get(input);
        if (other !== undefined && other.kind !== "other" && other.stage !== stage) visit(other.stage);
      }
    }
    sorted.push(stage);
  };
  for (const stage of stages) visit(stage);
  const place = (step: BuildStep) =>
    step.kind === "other" ? (/^exporting\b/.test(step.words) ? sorted.length : -1) : sorted.indexOf(step.stage);
  const start = (step: BuildStep) => step.started ?? Infinity;
  return steps.toSorted(
    (one, other) =>
      place(one) - place(other) ||
      (one.kind === "other" ? compare(start(one), start(other)) : one.number - other.number),
  );
}

function compare(one: number, other: number): number {
  return one === other ? 0 : one - other;
}
