// Over 250 lines because it is one list: what every machine must do, scenario by scenario.
import type { Connection, Machine, MachineStatus, SavedState, WorkspaceChange } from "../../src/machine/contract.ts";
import { equal, holds, rejectsWith, throwsWith } from "./expectations.ts";
import { consoleText, runShell, until } from "./guest.ts";
import { connectTo, readAll, startTestServer, TEST_SERVER_PORT } from "./test-server.ts";

export type StartMachine = (options?: {
  savedState?: SavedState;
  signal?: AbortSignal;
  onStatus?: (status: MachineStatus) => void;
}) => Promise<Machine>;

/** One behaviour that every machine has. `machine` is shared by the scenarios of `onOneMachine`, in order. */
export interface Scenario {
  /** Completes "the machine …". */
  readonly name: string;
  /** It takes minutes and is the same wherever the emulator runs: tried under Node alone. */
  readonly isOfGuest?: true;
  run(machine: Machine, start: StartMachine): Promise<void>;
}

/** None of these leaves anything behind that another one trips over. */
export const onOneMachine: readonly Scenario[] = [
  {
    name: "is ready with Docker Engine answering and says what it is made of",
    async run(machine) {
      equal(machine.status.phase, "ready");
      holds(/^\d+\./.test(machine.image.engineVersion), "has an engine version");
      holds(machine.image.id.length >= 8, "has an image id");
      const connection = await machine.dial(2375);
      const answer = await ask(connection, "GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n");
      holds(answer.startsWith("HTTP/1.1 200") && answer.endsWith("OK"), `answers the ping, got ${answer}`);
    },
  },
  {
    name: "has the host's clock",
    async run(machine) {
      const seconds = Number((await runShell(machine, "date +%s.%N")).trim());
      holds(
        Math.abs(seconds - Date.now() / 1000) < 3,
        `is within 3 seconds, was off by ${String(seconds - Date.now() / 1000)}`,
      );
    },
  },
  {
    name: "echoes what is typed and answers it",
    async run(machine) {
      const text = consoleText(machine, 0);
      text.type("echo ans''wer-$((40+2))\n");
      await text.shows("answer-42");
    },
  },
  {
    name: "tells programs the size of their terminal",
    async run(machine) {
      machine.consoles[0]?.resize(101, 37);
      const text = consoleText(machine, 0);
      await until("the size arrives", async () => {
        text.clear();
        text.type("stty size; echo ans''wered\n");
        await text.shows("answered");
        return text.read().includes("37 101");
      });
      machine.consoles[0]?.resize(80, 25);
    },
  },
  {
    name: "keeps its consoles apart",
    async run(machine) {
      const [first, second] = [consoleText(machine, 0), consoleText(machine, 1)];
      second.type("echo on''ly-here\n");
      await second.shows("only-here");
      holds(!first.read().includes("only-here"), "the first console stays silent");
    },
  },
  {
    name: "takes a long paste without losing a byte",
    async run(machine) {
      const text = consoleText(machine, 0);
      text.type("cat > /tmp/paste; echo do''ne-pasting\n");
      await until("cat runs", async () => (await runShell(machine, "pgrep -x cat || true")).trim() !== "");
      const lines = Array.from({ length: 2000 }, (_, index) => `line ${String(index)} ${"x".repeat(40)}\n`).join("");
      text.type(lines);
      text.type("\x04");
      await text.shows("done-pasting", 60_000);
      equal(await runShell(machine, "cat /tmp/paste"), lines);
    },
  },
  {
    name: "stays usable while a console floods",
    async run(machine) {
      const [flooding, other] = [consoleText(machine, 1), consoleText(machine, 0)];
      flooding.type("yes flood\n");
      await flooding.shows("flood\r\nflood\r\nflood\r\n");
      other.type("echo still-$((1+1))-here\n");
      await other.shows("still-2-here", 15_000);
      flooding.type("\x03");
      flooding.clear();
      flooding.type("echo qu''iet\n");
      await flooding.shows("quiet", 30_000);
    },
  },
  {
    name: "refuses a connection to a port where nothing listens",
    async run(machine) {
      await rejectsWith("port-closed", machine.dial(4));
    },
  },
  {
    name: "carries megabytes both ways over one connection and ends it when both sides have ended",
    async run(machine) {
      await startTestServer(machine);
      const connection = await connectTo(machine, "echo");
      const sent = pattern(4 << 20);
      const [received] = await Promise.all([readAll(connection), send(connection, sent)]);
      equal(received.length, sent.length);
      holds(
        received.every((byte, index) => byte === sent[index]),
        "every byte comes back as it was",
      );
      await connection.closed;
    },
  },
  {
    name: "delivers the last bytes of every short answer",
    async run(machine) {
      await startTestServer(machine);
      for (let count = 0; count < 60; count++) {
        const connection = await connectTo(machine, "send 23");
        equal((await readAll(connection)).length, 23);
        await connection.writable.close();
        await connection.closed;
      }
    },
  },
  {
    name: "makes a program in it wait while nobody reads what it sends",
    async run(machine) {
      await startTestServer(machine);
      const connection = await connectTo(machine, "flood");
      const sent = async () => Number((await runShell(machine, "cat /tmp/flooded 2>/dev/null || echo 0")).trim());
      let last = -1;
      await until("the sender stands still", async () => {
        const now = await sent();
        const still = now > 0 && now === last;
        last = now;
        return still;
      });
      holds(last < 1 << 20, `less than 1 MiB was taken from it, was ${String(last)}`);
      const reader = connection.readable.getReader();
      for (let read = 0; read < 2 << 20;) read += (await reader.read()).value?.length ?? 0;
      holds((await sent()) > last, "it goes on when somebody reads");
      reader.releaseLock();
      connection.abort();
      await connection.closed.catch(() => undefined);
    },
  },
  {
    name: "makes the writer wait while a program in it does not read",
    async run(machine) {
      await startTestServer(machine);
      const connection = await connectTo(machine, "ignore");
      const writer = connection.writable.getWriter();
      let taken = 0;
      const writing = (async () => {
        for (;;) {
          await writer.write(new Uint8Array(65_536));
          taken += 65_536;
        }
      })();
      writing.catch(() => undefined);
      let last = -1;
      await until("the writer waits", () => {
        const still = taken > 0 && taken === last;
        last = taken;
        return Promise.resolve(still);
      });
      holds(taken < 16 << 20, `a bounded amount was taken, was ${String(taken)}`);
      connection.abort();
      await connection.closed.catch(() => undefined);
    },
  },
  {
    name: "reports a reset as such",
    async run(machine) {
      await startTestServer(machine);
      const connection = await connectTo(machine, "reset");
      await rejectsWith("connection-reset", readAll(connection));
      await rejectsWith("connection-reset", connection.closed);
    },
  },
  {
    name: "notices when the host drops a connection",
    async run(machine) {
      await startTestServer(machine);
      const connection = await connectTo(machine, "echo");
      const open = async () =>
        Number(
          (
            await runShell(machine, `grep -c ' [0-9A-F]*:${hexPort} [0-9A-F]*:[0-9A-F]* 01 ' /proc/net/tcp || true`)
          ).trim(),
        );
      await until("it is open", async () => (await open()) === 1);
      connection.abort();
      await until("it is gone", async () => (await open()) === 0);
    },
  },
  {
    name: "shows the host's files to its programs and theirs to the host",
    async run(machine) {
      const { workspace } = machine;
      await workspace.write("app/index.html", bytes("<p>hé</p>"));
      equal(await runShell(machine, "cat app/index.html"), "<p>hé</p>");
      await workspace.write("app/index.html", bytes("short"));
      equal(await runShell(machine, "cat app/index.html"), "short");
      await runShell(
        machine,
        "mkdir -p made/deep && printf 'from inside' > made/deep/file && chmod 755 made/deep/file",
      );
      equal(text(await workspace.read("made/deep/file")), "from inside");
      const [entry] = await workspace.list("made/deep");
      equal(entry, { name: "file", kind: "file", bytes: 11, mode: 0o755 });
      await workspace.write("run.sh", bytes("#!/bin/sh\necho ran\n"), { mode: 0o755 });
      equal(await runShell(machine, "./run.sh"), "ran\n");
      await workspace.rename("made/deep/file", "made/moved");
      equal(await runShell(machine, "cat made/moved; ls made/deep"), "from inside");
      await workspace.makeFolder("empty/inner");
      equal(await runShell(machine, "ls empty"), "inner\n");
      for (const name of ["app", "made", "empty", "run.sh"]) await workspace.remove(name);
      equal(await runShell(machine, "ls -d app made empty run.sh 2>/dev/null || true"), "");
      const large = pattern(3_000_000);
      await workspace.write("large", large);
      equal((await runShell(machine, "wc -c < large")).trim(), "3000000");
      await runShell(machine, "cp large copy && rm large");
      const copy = await workspace.read("copy");
      holds(
        copy.length === large.length && copy.every((byte, index) => byte === large[index]),
        "a large file survives the way there and back",
      );
      await workspace.remove("copy");
    },
  },
  {
    name: "keeps the host's paths inside the workspace",
    async run(machine) {
      const { workspace } = machine;
      await rejectsWith("invalid-path", workspace.read("../etc/passwd"));
      await rejectsWith("invalid-path", workspace.write("/etc/passwd", bytes("")));
      await rejectsWith("invalid-path", workspace.list("a/../.."));
      await rejectsWith("not-found", workspace.read("no/such/file"));
      await rejectsWith("not-found", workspace.list("nowhere"));
      await runShell(machine, "ln -s /etc outside && printf inside > real && ln -s real link");
      await rejectsWith("invalid-path", workspace.read("outside/passwd"));
      equal(text(await workspace.read("link")), "inside");
      equal(
        (await workspace.list("")).filter(({ name }) => ["link", "outside"].includes(name)).map(({ kind }) => kind),
        ["link", "link"],
      );
      for (const name of ["outside", "real", "link"]) await workspace.remove(name);
    },
  },
  {
    name: "makes symbolic links, and says where each leads",
    async run(machine) {
      const { workspace } = machine;
      await workspace.write("releases/2/app", bytes("two"));
      await workspace.makeLink("current", "releases/2");
      await workspace.makeLink("far/away", "/etc/hostname");
      await workspace.makeLink("dangling", "nowhere");
      equal(
        await runShell(machine, "cat current/app; readlink current far/away dangling; ln -s ../releases far/near"),
        "tworeleases/2\n/etc/hostname\nnowhere\n",
      );
      const targets = async (folder: string) =>
        (await workspace.list(folder)).flatMap(({ kind, name, target }) =>
          kind === "link" ? [`${name} ${target}`] : [],
        );
      equal(await targets(""), ["current releases/2", "dangling nowhere"]);
      equal(await targets("far"), ["away /etc/hostname", "near ../releases"]);
      for (const [path, target] of [
        ["current", "elsewhere"],
        ["../out", "x"],
        ["none", ""],
        ["none", "a\0b"],
      ] as const)
        await rejectsWith("invalid-path", workspace.makeLink(path, target));
      await rejectsWith("invalid-path", workspace.write("far/away", bytes("x")));
      await workspace.remove("current");
      equal(text(await workspace.read("releases/2/app")), "two");
      for (const name of ["releases", "far", "dangling"]) await workspace.remove(name);
    },
  },
  {
    name: "has told of every change that it lists",
    async run({ workspace }) {
      let seen = 0;
      using _watching = workspace.watch((changes) => {
        seen += changes.filter(({ path }) => path === "told").length;
      });
      for (const content of ["1", "2"]) {
        const before = seen;
        await workspace.write("told", bytes(content));
        await workspace.list("");
        holds(seen > before, `the change to "${content}" was told of`);
      }
      await workspace.remove("told");
    },
  },
  {
    name: "tells of changes to files from either side",
    async run(machine) {
      const seen: WorkspaceChange[] = [];
      using _watching = machine.workspace.watch((changes) => seen.push(...changes));
      const saw = (path: string, kind: WorkspaceChange["kind"]) =>
        until(`${path} is ${kind}`, () =>
          Promise.resolve(seen.some((change) => change.path === path && change.kind === kind)),
        );
      await machine.workspace.write("host/file", bytes("1"));
      await saw("host/file", "written");
      await runShell(machine, "mkdir -p guest && echo 1 > guest/file");
      await saw("guest/file", "written");
      await runShell(machine, "mv guest moved && rm -r host");
      await saw("moved/file", "written");
      await saw("guest", "removed");
      await saw("host/file", "removed");
      await machine.workspace.remove("moved");
      await saw("moved", "removed");
    },
  },
  {
    name: "runs programs and reports their output and exit code",
    async run(machine) {
      equal(await machine.run(["/bin/sh", "-c", "echo out; echo err >&2; pwd; exit 3"]), {
        exitCode: 3,
        stdout: "out\n/workspace\n",
        stderr: "err\n",
      });
      equal(await machine.run(["cat"], { stdin: "given\n", folder: "/" }), {
        exitCode: 0,
        stdout: "given\n",
        stderr: "",
      });
      equal((await machine.run(["/no/such/program"])).exitCode, 127);
      equal((await machine.run(["/bin/sh", "-c", "kill -9 $$"])).exitCode, 137);
      const long = "0123456789abcdef".repeat(20_000);
      equal((await machine.run(["cat"], { stdin: long })).stdout, long);
    },
  },
  {
    name: "kills a program that takes too long or is no longer wanted",
    async run(machine) {
      await rejectsWith("timeout", machine.run(["sleep", "4321"], { timeoutMs: 500 }));
      const stop = new AbortController();
      const running = machine.run(["sleep", "4322"], { signal: stop.signal });
      await until("it runs", async () => (await runShell(machine, "pgrep -f 'sleep 432[2]' || true")) !== "");
      stop.abort();
      await rejectsWith("cancelled", running);
      await until("both are gone", async () => (await runShell(machine, "pgrep -f 'sleep 432[12]' || true")) === "");
    },
  },
  {
    name: "reaches nothing outside itself, and is told so at once",
    async run(machine) {
      const started = Date.now();
      for (const address of ["192.168.86.1", "8.8.8.8", "80.external"]) {
        const { exitCode } = await machine.run(["busybox", "wget", "-T", "8", "-q", "-O", "-", `http://${address}/`]);
        holds(exitCode !== 0, `http://${address}/ is refused`);
      }
      holds(Date.now() - started < 12_000, "without waiting for a timeout");
    },
  },
  {
    name: "keeps the Engine API from containers",
    isOfGuest: true,
    async run(machine) {
      for (const address of ["192.168.86.100", "172.17.0.1"]) {
        const { exitCode, stdout, stderr } = await machine.run(
          ["docker", "run", "--rm", "busybox", "wget", "-T", "5", "-q", "-O", "-", `http://${address}:2375/_ping`],
          { timeoutMs: 90_000 },
        );
        holds(
          exitCode === 1 && !stdout.includes("OK"),
          `${address} is refused, got ${String(exitCode)} ${stdout} ${stderr}`,
        );
      }
    },
  },
  {
    name: "gives a stuck terminal a fresh shell",
    async run(machine) {
      const text = consoleText(machine, 2);
      text.type("trap '' INT TERM HUP QUIT; echo stu''ck; while :; do :; done\n");
      await text.shows("stuck");
      await machine.restartShell(2);
      text.clear();
      await until("the new shell answers", async () => {
        text.type("echo fr''esh\n");
        return text.shows("fresh", 2_000).then(
          () => true,
          () => false,
        );
      });
    },
  },
  {
    name: "brings Docker Engine back after it died, and restarts it when asked",
    isOfGuest: true,
    async run(machine) {
      const engine = async () => (await runShell(machine, "pidof dockerd || true")).trim();
      const first = await engine();
      await runShell(machine, "kill -9 $(pidof dockerd)");
      await machine.restartEngine();
      const second = await engine();
      holds(second !== "" && second !== first, "another process answers");
      await machine.restartEngine();
      holds((await engine()) !== second, "and yet another one after a restart");
      equal((await machine.run(["docker", "ps", "-q"])).exitCode, 0);
    },
  },
  {
    name: "goes back to its release on reset, with other random numbers, and carries the files over if asked",
    async run(machine) {
      const [console] = machine.consoles;
      const open = await machine.dial(2375);
      open.closed.catch(() => undefined);
      await machine.workspace.write("folder/kept", bytes("kept"), { mode: 0o755 });
      await machine.workspace.makeLink("folder/link", "kept");
      await runShell(machine, "touch /root/marker");
      const randoms: string[] = [];
      const phases: string[] = [];
      using _listening = machine.onStatus(({ phase }) => phases.push(phase));

      await machine.reset({ workspace: "keep" });
      equal([...new Set(phases)], ["resetting", "ready"]);
      await rejectsWith("disposed", open.closed);
      randoms.push(await runShell(machine, "head -c 16 /dev/urandom | od -An -tx1"));
      equal(
        await runShell(machine, "cat folder/link; ls /root/marker 2>/dev/null || true; stat -c %a folder/kept"),
        "kept755\n",
      );
      equal(machine.consoles[0], console);
      const text = consoleText(machine, 0);
      text.type("echo af''ter\n");
      await text.shows("after");

      await machine.reset({ workspace: "clear" });
      randoms.push(await runShell(machine, "head -c 16 /dev/urandom | od -An -tx1"));
      holds(randoms[0] !== randoms[1], "two restores of one snapshot differ");
      holds(!(await machine.workspace.list("")).some(({ name }) => name === "folder"), "the files are gone");
    },
  },
];

/** Each of these starts and ends its own machine. */
export const onTheirOwn: readonly { readonly name: string; run(start: StartMachine): Promise<void> }[] = [
  {
    name: "continues from a saved state, with the right time, and refuses another image's",
    async run(start) {
      let saved: SavedState;
      {
        await using machine = await start();
        await runShell(machine, "echo here > /root/marker; sync");
        await machine.workspace.write("saved", bytes("file"));
        saved = await machine.save();
        equal(saved.imageId, machine.image.id);
      }
      await rejectsWith("state-mismatch", start({ savedState: { imageId: "0".repeat(16), bytes: saved.bytes } }));
      await using machine = await start({ savedState: saved });
      equal(await runShell(machine, "cat /root/marker"), "here\n");
      equal(text(await machine.workspace.read("saved")), "file");
      const seconds = Number(await runShell(machine, "date +%s"));
      holds(Math.abs(seconds - Date.now() / 1000) < 3, "the clock is right");
    },
  },
  {
    name: "keeps containers, images that were built and files when it is saved, in what is new since its release only",
    async run(start) {
      let saved: SavedState;
      {
        await using machine = await start();
        const fresh = await machine.save();
        holds(fresh.bytes.size < 4_000_000, `a machine in which nothing happened is small, was ${size(fresh)}`);
        const file = "FROM busybox\nRUN echo built > /made\nCOPY page /page\n";
        await machine.workspace.write("site/Dockerfile", bytes(file));
        await machine.workspace.write("site/page", bytes("kept page\n"), { mode: 0o600 });
        await docker(machine, "build", "-q", "-t", "kept-image", "site");
        await docker(machine, "run", "-d", "--name", "kept", "kept-image", "sleep", "9999");
        await docker(machine, "exec", "kept", "sh", "-c", "echo inside > /written");
        saved = await machine.save();
        holds(saved.bytes.size < 60_000_000, `a build makes it no larger than it must, was ${size(saved)}`);
        equal(await docker(machine, "inspect", "-f", "{{.State.Running}}", "kept"), "true\n");
      }
      await using machine = await start({ savedState: saved });
      equal(await docker(machine, "exec", "kept", "cat", "/made", "/page", "/written"), "built\nkept page\ninside\n");
      equal(await docker(machine, "run", "--rm", "kept-image", "cat", "/page"), "kept page\n");
      equal(text(await machine.workspace.read("site/page")), "kept page\n");
      equal((await machine.workspace.list("site")).find(({ name }) => name === "page")?.mode, 0o600);
      const again = await machine.save();
      equal(again.imageId, saved.imageId);
    },
  },
  {
    name: "refuses a saved state that is damaged or cut short, and stops saving when it is told to",
    async run(start) {
      await using machine = await start();
      const stop = new AbortController();
      const saving = machine.save({ signal: stop.signal });
      stop.abort();
      await rejectsWith("cancelled", saving);
      const [saved, second] = await Promise.all([machine.save(), machine.save()]);
      holds(second.bytes.size > 0, "two saves at once both succeed");
      const whole = new Uint8Array(await saved.bytes.arrayBuffer());
      const changed = whole.slice();
      changed.fill(0, whole.length >> 1, (whole.length >> 1) + 16);
      const broken = [changed, whole.slice(0, whole.length - 1000), whole.slice(0, 60), bytes("no saved machine")];
      for (const content of broken) {
        const savedState = { imageId: saved.imageId, bytes: new Blob([new Uint8Array(content)]) };
        await rejectsWith("state-damaged", start({ savedState }));
      }
    },
  },
  {
    name: "can be cancelled in every phase of its start",
    async run(start) {
      for (const phase of ["downloading", "restoring", "starting"] as const) {
        const cancel = new AbortController();
        const seen: string[] = [];
        const starting = start({
          signal: cancel.signal,
          onStatus: (status) => {
            seen.push(status.phase);
            if (status.phase === phase) cancel.abort();
          },
        });
        await rejectsWith("cancelled", starting);
        equal(seen.at(-1), "disposed");
        holds(!seen.includes("ready"), "it never becomes ready");
      }
    },
  },
  {
    name: "lets go of everything when it is disposed",
    async run(start) {
      const machine = await start();
      const connection = await machine.dial(2375);
      const running = machine.run(["sleep", "60"]);
      running.catch(() => undefined);
      await machine[Symbol.asyncDispose]();
      equal(machine.status.phase, "disposed");
      await rejectsWith("disposed", connection.closed);
      await rejectsWith("disposed", running);
      await rejectsWith("disposed", machine.dial(2375));
      await rejectsWith("disposed", machine.workspace.list(""));
      throwsWith("disposed", () => {
        void machine.run(["true"]);
      });
      machine.consoles[0]?.write(bytes("ignored"));
    },
  },
];

const hexPort = TEST_SERVER_PORT.toString(16).toUpperCase().padStart(4, "0");

async function ask(connection: Connection, request: string): Promise<string> {
  const [answer] = await Promise.all([readAll(connection), send(connection, bytes(request))]);
  return text(answer);
}

async function send(connection: Connection, content: Uint8Array): Promise<void> {
  const writer = connection.writable.getWriter();
  await writer.write(content);
  await writer.close();
}

async function docker(machine: Machine, ...words: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await machine.run(["docker", ...words], { timeoutMs: 180_000 });
  holds(exitCode === 0, `docker ${words.join(" ")} succeeds, got ${stderr}`);
  return stdout;
}

function size({ bytes }: SavedState): string {
  return `${String(bytes.size)} bytes`;
}

/** Bytes in which every position can be told from its neighbours. */
function pattern(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8) * 7 + (index >> 16)) & 255);
}

function bytes(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}

function text(content: Uint8Array): string {
  return new TextDecoder().decode(content);
}
