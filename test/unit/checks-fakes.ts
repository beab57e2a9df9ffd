// Over 250 lines because it is one world, of which each part changes what the others answer.
import type { Clock } from "../../src/checks/clock.ts";
import type { AskContext } from "../../src/checks/kind.ts";
import type { Moment } from "../../src/checks/moment.ts";
import type {
  ContainerDetails,
  ContainerLog,
  ContainerSummary,
  ImageDetails,
  ImageHistoryStep,
  NetworkDetails,
  Node,
  Service,
  Task,
  Volume,
} from "../../src/checks/engine-answers.ts";
import type {
  EngineEvent,
  EngineQuestions,
  NoPage,
  PageAnswer,
  PageRequest,
  ShellResult,
  TypedCommand,
  World,
} from "../../src/checks/world.ts";
import { MachineError } from "../../src/machine/error.ts";
import type { WorkspaceChange } from "../../src/machine/contract.ts";

/** An engine of which the test decides what it has, what happens in it and when it answers. */
export class FakeWorld implements World {
  readonly containers = new Map<string, ContainerSummary & ContainerDetails>();
  readonly images = new Map<string, ImageDetails & { RepoTags: string[] }>();
  /** By the image's key in `images`, newest step first. */
  readonly histories = new Map<string, readonly ImageHistoryStep[]>();
  readonly logs = new Map<string, ContainerLog>();
  readonly networks = new Map<string, NetworkDetails>();
  readonly volumes = new Map<string, Volume>();
  /** `undefined`: the engine is no manager of a swarm. */
  swarm: { services: Service[]; tasks: Task[]; nodes: Node[] } | undefined;
  readonly files = new Map<string, string>();
  /** By port. */
  readonly pages = new Map<number, { status: number; body: string; headers?: Record<string, string> } | NoPage>();
  /** By port: what answers by the request, where there is no page. */
  readonly servers = new Map<number, (request: PageRequest) => PageAnswer>();
  /** What the check's own programs answer, by their lines; in a container: `name: line`. */
  readonly programs = new Map<string, ShellResult>();
  readonly executable = new Set<string>();
  /** Paths of the files that were read. */
  readonly readFiles: string[] = [];
  /** Nanoseconds; every event moves it on. */
  nanoseconds = 1_700_000_000_000_000_000n;
  asked = 0;
  /** Times at which the event stream was opened. */
  readonly opened: bigint[] = [];
  isDead = false;
  /** While set, questions about containers wait for it, and answer what was true when they were put. */
  hold: Promise<void> | undefined;
  #log: EngineEvent[] = [];
  #streams = new Set<(event: EngineEvent | undefined) => void>();
  #watchers = new Set<(changes: readonly WorkspaceChange[]) => void>();
  #terminalWatchers = new Set<(command: TypedCommand) => void>();
  #commandCount = 0;

  readonly engine: EngineQuestions = {
    // As exact as the machine tells it.
    time: () => this.#answer(() => (this.nanoseconds / 1000n) * 1000n),
    containers: () => this.#answer(() => [...this.containers.values()]),
    container: (id) => this.#answer(() => this.containers.get(id)),
    images: () => this.#answer(() => [...this.images.values()].map(({ Id, RepoTags }) => ({ Id, RepoTags }))),
    image: (reference) => this.#answer(() => this.images.get(this.#keyOf(reference))),
    history: (reference) => this.#answer(() => this.histories.get(this.#keyOf(reference))),
    log: (id) => this.#answer(() => this.logs.get(id)),
    networks: () => this.#answer(() => [...this.networks.values()]),
    network: (name) => this.#answer(() => this.networks.get(name)),
    volumes: () => this.#answer(() => [...this.volumes.values()]),
    services: () => this.#answer(() => this.swarm?.services),
    tasks: (id) => this.#answer(() => this.swarm?.tasks.filter(({ ServiceID }) => ServiceID === id)),
    nodes: () => this.#answer(() => this.swarm?.nodes),
    events: ({ since }) => {
      this.opened.push(since);
      return this.#answer(() => this.#events(since));
    },
  };

  readonly workspace: World["workspace"] = {
    read: (path) => {
      this.asked++;
      this.readFiles.push(path);
      const text = this.files.get(path);
      if (text !== undefined) return Promise.resolve(new TextEncoder().encode(text));
      return Promise.reject(new MachineError("not-found", `${path} does not exist.`, { hint: "" }));
    },
    list: (folder) => {
      this.asked++;
      const inside = [...this.files.keys()].flatMap((path) =>
        folder === "" ? [path] : path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : [],
      );
      const entries = new Map(inside.map((path) => [path.split("/")[0] ?? "", path.includes("/")]));
      return Promise.resolve(
        [...entries].map(
          ([name, isFolder]) =>
            ({
              name,
              kind: isFolder ? "folder" : "file",
              bytes: this.files.get(folder === "" ? name : `${folder}/${name}`)?.length ?? 4096,
              mode: this.executable.has(folder === "" ? name : `${folder}/${name}`) ? 0o755 : 0o644,
            }) as const,
        ),
      );
    },
    watch: (listener) => {
      this.#watchers.add(listener);
      return { [Symbol.dispose]: () => this.#watchers.delete(listener) };
    },
  };

  readonly ports: World["ports"] = {
    request: (port, request) => {
      this.asked++;
      const server = this.servers.get(port);
      if (server) return Promise.resolve(server(request));
      const page = this.pages.get(port) ?? { failed: "closed" };
      const answer: PageAnswer | NoPage =
        "failed" in page ? page : { ...page, headers: new Map(Object.entries(page.headers ?? {})) };
      return Promise.resolve(answer);
    },
  };

  readonly shell: World["shell"] = {
    run: (line) => {
      this.asked++;
      return Promise.resolve(this.programs.get(line) ?? { exitCode: 127, stdout: "" });
    },
    runIn: (container, line) => {
      this.asked++;
      if (!this.containers.has(container)) return Promise.resolve(undefined);
      return Promise.resolve(this.programs.get(`${container}: ${line}`) ?? { exitCode: 127, stdout: "" });
    },
  };

  readonly terminals: World["terminals"] = {
    watch: (listener) => {
      this.#terminalWatchers.add(listener);
      return { [Symbol.dispose]: () => this.#terminalWatchers.delete(listener) };
    },
  };

  /** A command is entered; `end` tells how it ended. */
  enters(line: string, terminal = 1): { end: (exitCode: number) => void } {
    const command = { number: ++this.#commandCount, terminal, line, exitCode: undefined };
    const tell = (exitCode: number | undefined) => {
      for (const watcher of this.#terminalWatchers) watcher({ ...command, exitCode });
    };
    tell(undefined);
    return { end: tell };
  }

  happens(Type: string, Action: string, attributes: Record<string, string> = {}, ID = "id"): void {
    this.nanoseconds += 1_000_000n;
    const event = { Type, Action, Actor: { ID, Attributes: attributes }, timeNano: Number(this.nanoseconds) };
    this.#log.push(event);
    for (const send of this.#streams) send(event);
  }

  saves(path: string, text: string): void {
    this.files.set(path, text);
    this.changes(path);
  }

  /** Whoever watches the workspace is told of `path`. */
  changes(path: string): void {
    for (const tell of this.#watchers) tell([{ path, kind: this.files.has(path) ? "written" : "removed" }]);
  }

  /** `docker run`: the container is there and has started. */
  runs(name: string, image: string, more: Partial<ContainerDetails> = {}): void {
    const State = { Status: "running", ExitCode: 0 };
    this.containers.set(name, { Id: name, Names: [`/${name}`], Image: image, ImageID: "?", State, ...more } as never);
    this.happens("container", "start", { image, name }, name);
  }

  ends(name: string, exitCode: number): void {
    const old = this.containers.get(name);
    if (old === undefined) throw new Error(`no container ${name}`);
    this.containers.set(name, { ...old, State: { Status: "exited", ExitCode: exitCode } } as never);
    this.happens("container", "die", { image: old.Image ?? "", name, exitCode: String(exitCode) }, name);
  }

  dropsStreams(): void {
    for (const send of [...this.#streams]) send(undefined);
  }

  /** By name, or else by the beginning of the id, as an engine finds it. */
  #keyOf(reference: string): string {
    const isOf = ({ RepoTags, RepoDigests }: ImageDetails) =>
      [...(RepoTags ?? []), ...(RepoDigests ?? [])].some((name) => [reference, `${reference}:latest`].includes(name));
    const isId = ({ Id }: ImageDetails) =>
      /^[\da-f]+$/.test(reference) && Id?.startsWith(`sha256:${reference}`) === true;
    const images = [...this.images];
    return (images.find(([, image]) => isOf(image)) ?? images.find(([, image]) => isId(image)))?.[0] ?? "";
  }

  async #answer<T>(look: () => T): Promise<T> {
    this.asked++;
    if (this.isDead) throw new Error("Nothing answers on port 2375 of the machine.");
    const answer = look();
    await this.hold;
    return answer;
  }

  async *#events(since: bigint): AsyncGenerator<EngineEvent> {
    const queue: (EngineEvent | undefined)[] = this.#log.filter(({ timeNano }) => BigInt(timeNano ?? 0) >= since);
    let wake: (() => void) | undefined;
    const send = (event: EngineEvent | undefined) => {
      queue.push(event);
      wake?.();
    };
    this.#streams.add(send);
    try {
      for (;;) {
        if (queue.length === 0) await new Promise<void>((resolve) => (wake = resolve));
        if (queue.length === 0) continue;
        const event = queue.shift();
        if (event === undefined) return;
        yield event;
      }
    } finally {
      this.#streams.delete(send);
    }
  }
}

/** Time that passes when the test says so. */
export class FakeClock implements Clock {
  #now = 0;
  #timers = new Set<{ at: number; callback: () => void }>();

  now(): number {
    return this.#now;
  }

  after(ms: number, callback: () => void): Disposable {
    const timer = { at: this.#now + ms, callback };
    this.#timers.add(timer);
    return { [Symbol.dispose]: () => this.#timers.delete(timer) };
  }

  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await settle();
      const next = [...this.#timers].sort((a, b) => a.at - b.at)[0];
      if (next === undefined || next.at > end) break;
      this.#timers.delete(next);
      this.#now = next.at;
      next.callback();
    }
    this.#now = end;
    await settle();
  }
}

/** Lets everything that only waits for promises go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

export function contextOf(
  world: World,
  events: readonly EngineEvent[] = [],
  { commands = [], ...more }: { commands?: readonly TypedCommand[] } & Partial<Pick<AskContext, "answers">> = {},
): AskContext {
  return {
    world,
    events: events.map((event, n) => ({ event, moment: { events: n + 1, commands: 0 } })),
    eventsKnown: true,
    commands: commands.map((command, n) => {
      const entered: Moment = { events: events.length, commands: n + 1 };
      return { command, entered, ended: command.exitCode === undefined ? undefined : entered };
    }),
    answers: new Map(),
    ...more,
  };
}
