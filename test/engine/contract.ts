// Over 250 lines because it is one list: what the client must do with any Docker Engine, subject by subject.
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createEngine } from "../../src/engine/create-engine.ts";
import type { Dialer } from "../../src/engine/dialer.ts";
import type { OutputChunk } from "../../src/engine/docker-stream.ts";
import type { Engine } from "../../src/engine/engine.ts";
import { fetchPort } from "./fetch-port.ts";
import { packFiles, unpackFiles } from "../../src/engine/tar.ts";
import type { Connection } from "../../src/machine/contract.ts";
import { streamOf } from "./stream-of.ts";

/** An engine to run the suite against. */
export interface EngineUnderTest extends AsyncDisposable {
  readonly dialer: Dialer;
  /** An image with a shell and busybox's commands. */
  readonly image: string;
}

/** What the `Engine` interface promises, asked of a real Docker Engine. Leaves it as it was. */
export function describeEngine(name: string, start: () => Promise<EngineUnderTest>): void {
  describe(name, () => {
    let under: EngineUnderTest;
    let engine: Engine;
    const open = new Set<Connection>();

    beforeAll(async () => {
      under = await start();
      engine = createEngine(watched(under.dialer, open));
    });
    afterAll(async () => {
      await under[Symbol.asyncDispose]();
    });

    /** A container that is removed after the test. It runs `script`, by default until it is stopped. */
    const container = async (script = "trap 'exit 0' TERM; while :; do sleep 1; done", extra = {}) => {
      const config = { Image: under.image, Cmd: ["sh", "-c", script], Labels: { suite: "drydock" }, ...extra };
      const { Id } = await engine.containers.create(config);
      onTestFinished(() => engine.containers.remove(Id, { force: true, volumes: true }).catch(ignoreNotFound));
      return Id;
    };
    const running = async (script?: string, extra = {}) => {
      const id = await container(script, extra);
      await engine.containers.start(id);
      return id;
    };

    describe("system", () => {
      test("answers a ping with a version that both speak", async () => {
        expect(await engine.system.ping()).toMatch(/^1\.4[1-5]$/);
      });

      test("says what it is", async () => {
        const version = await engine.system.version();
        expect(version).toMatchObject({ Os: "linux", Version: expect.stringMatching(/^\d+\.\d+/) as string });
        const info = await engine.system.info();
        expect(info.ServerVersion).toBe(version.Version);
        expect(info.Images).toBeGreaterThan(0);
      });

      test("tells events as they happen, filtered, missing none since a moment", async () => {
        const filters = { type: ["container"], event: ["create", "destroy"], label: ["suite=drydock"] };
        const events = await engine.system.events({ filters, since: await engine.system.time() });
        const id = await container();
        await engine.containers.remove(id);
        const first = (await events.next()).value;
        expect(first).toMatchObject({ Type: "container", Action: "create", Actor: { ID: id } });
        expect(first?.Actor.Attributes.image).toBe(under.image);
        expect((await events.next()).value).toMatchObject({ Action: "destroy", Actor: { ID: id } });
        await events.return();
      });

      test("tells past events between two moments of the engine's clock, and ends", async () => {
        const since = await engine.system.time();
        const id = await container();
        await engine.containers.remove(id);
        const until = (await engine.system.time()) + 1_000_000_000n;
        const seen: string[] = [];
        for await (const event of await engine.system.events({ since, until, filters: { container: [id] } })) {
          seen.push(event.Action);
        }
        expect(seen).toEqual(["create", "destroy"]);
      });

      test("stops telling events when aborted, and frees the connection", async () => {
        const control = new AbortController();
        const events = await engine.system.events({ signal: control.signal });
        const next = events.next();
        expect(open.size).toBe(1);
        control.abort();
        await expect(next).rejects.toMatchObject({ code: "cancelled" });
        await allClosed(open);
      });
    });

    describe("images", () => {
      test("lists, inspects and tells the history of an image", async () => {
        const listed = (await engine.images.list()).find(({ RepoTags }) => RepoTags.includes(tagged(under.image)));
        const details = await engine.images.inspect(under.image);
        expect(details.Id).toBe(listed?.Id);
        expect(details).toMatchObject({ Os: "linux", Config: { Cmd: ["sh"] } });
        expect(details.RootFS.Layers.length).toBeGreaterThan(0);
        const history = await engine.images.history(under.image);
        expect(history[0]?.CreatedBy).toContain("CMD");
        expect(history.at(-1)?.CreatedBy).toContain("COPY");
      });

      test("tags and removes, also names with a registry and slashes", async () => {
        await engine.images.tag(under.image, { repository: "localhost:5000/team/app", tag: "2" });
        const name = "localhost:5000/team/app:2";
        expect((await engine.images.inspect(name)).RepoTags).toContain(name);
        expect(await engine.images.remove(name)).toEqual([{ Untagged: name }]);
        await expect(engine.images.inspect(name)).rejects.toMatchObject({ code: "not-found", status: 404 });
      });

      test("says in Docker's words that there is no such image", async () => {
        await expect(engine.images.inspect("no-such-image")).rejects.toThrow("No such image: no-such-image");
      });

      test("does not remove an image that a container uses", async () => {
        await running();
        const { Id } = await engine.images.inspect(under.image);
        await expect(engine.images.remove(Id)).rejects.toMatchObject({ code: "conflict" });
      });
    });

    describe("containers", () => {
      test("creates, lists, starts and stops one", async () => {
        const id = await container();
        const filters = { id: [id] };
        expect(await engine.containers.list({ filters })).toEqual([]);
        expect(await engine.containers.list({ all: true, filters })).toMatchObject([{ Id: id, State: "created" }]);
        await engine.containers.start(id);
        expect(await engine.containers.list({ filters })).toMatchObject([{ State: "running", Ports: [] }]);
        expect((await engine.containers.inspect(id)).State).toMatchObject({ Status: "running", Running: true });
        await engine.containers.stop(id, { graceSeconds: 20 });
        expect((await engine.containers.inspect(id)).State).toMatchObject({ Status: "exited", ExitCode: 0 });
      });

      test("starting what runs and stopping what does not do nothing", async () => {
        const id = await running();
        await engine.containers.start(id);
        await engine.containers.kill(id);
        await engine.containers.wait(id);
        await engine.containers.stop(id);
      });

      test("an exit code other than zero is a result", async () => {
        const id = await container("exit 7");
        const exit = engine.containers.wait(id, { condition: "next-exit" });
        await engine.containers.start(id);
        expect(await exit).toEqual({ exitCode: 7 });
      });

      test("a command that is not there rejects, and the container says why", async () => {
        const id = await container("", { Cmd: ["/no/such/command"] });
        await expect(engine.containers.start(id)).rejects.toMatchObject({ code: "invalid-request" });
        expect((await engine.containers.inspect(id)).State.Error).toContain("/no/such/command");
      });

      test("kills with a signal", async () => {
        const id = await running("trap 'exit 42' HUP; while :; do sleep 0.1; done");
        const exit = engine.containers.wait(id);
        await until(async () =>
          (await engine.containers.top(id)).Processes.some((row) => row.join(" ").includes("sleep 0.1")),
        );
        await engine.containers.kill(id, { signalName: "SIGHUP" });
        expect(await exit).toEqual({ exitCode: 42 });
        await expect(engine.containers.kill(id)).rejects.toMatchObject({ code: "conflict" });
      });

      test("refuses a name that is taken, an image that is missing and a container that is not there", async () => {
        const name = `drydock-${crypto.randomUUID()}`;
        const { Id } = await engine.containers.create({ Image: under.image }, { name });
        onTestFinished(() => engine.containers.remove(Id));
        await expect(engine.containers.create({ Image: under.image }, { name })).rejects.toMatchObject({
          code: "conflict",
        });
        await expect(engine.containers.create({ Image: "no-such-image" })).rejects.toMatchObject({ code: "not-found" });
        await expect(engine.containers.inspect("no-such-container")).rejects.toThrow(
          "No such container: no-such-container",
        );
      });

      test("gives the log with its two streams apart", async () => {
        const id = await running("echo one; echo two >&2");
        await engine.containers.wait(id);
        expect(await texts(await engine.containers.logs(id))).toEqual({ stdout: "one\n", stderr: "two\n" });
        expect(await texts(await engine.containers.logs(id, { tail: 0 }))).toEqual({ stdout: "", stderr: "" });
      });

      test("gives a terminal's log as it is", async () => {
        const id = await running("echo one; echo two >&2", { Tty: true });
        await engine.containers.wait(id);
        expect(await texts(await engine.containers.logs(id))).toEqual({ stdout: "one\r\ntwo\r\n", stderr: "" });
      });

      test("gives a large log whole", async () => {
        const id = await running("i=0; while [ $i -lt 200 ]; do printf '%01000d\\n' $i; i=$((i+1)); done");
        await engine.containers.wait(id);
        const { stdout } = await texts(await engine.containers.logs(id));
        const numbers = Array.from({ length: 200 }, (_, index) => `${String(index).padStart(1000, "0")}\n`);
        expect(stdout).toBe(numbers.join(""));
      });

      test("follows a log until the container ends", async () => {
        const id = await running("echo first; read line; echo got $line", { OpenStdin: true });
        const log = await engine.containers.logs(id, { follow: true });
        expect(text((await log.next()).value)).toBe("first\n");
        await using attached = await engine.containers.attach(id, { stdin: true });
        await attached.input.getWriter().write(new TextEncoder().encode("it\n"));
        expect(text((await log.next()).value)).toBe("got it\n");
        expect((await log.next()).done).toBe(true);
      });

      test("stops following when aborted, though nothing was written", async () => {
        const id = await running();
        const control = new AbortController();
        const following = engine.containers
          .logs(id, { follow: true, signal: control.signal })
          .then((log) => log.next());
        await until(() => Promise.resolve(open.size === 1));
        control.abort();
        await expect(following).rejects.toMatchObject({ code: "cancelled" });
        await allClosed(open);
      });

      test("shows processes, one sample of figures and changed files", async () => {
        const id = await running("echo x > /new; rm /bin/yes; while :; do sleep 1; done");
        await until(async () => (await engine.containers.changes(id)).length >= 3);
        expect((await engine.containers.top(id)).Titles).toContain("PID");
        expect((await engine.containers.stats(id)).pids_stats?.current).toBeGreaterThan(0);
        expect(await engine.containers.changes(id)).toEqual(
          expect.arrayContaining([
            { path: "/new", kind: "added" },
            { path: "/bin", kind: "modified" },
            { path: "/bin/yes", kind: "deleted" },
          ]),
        );
      });

      test("carries files in and out as tar", async () => {
        const id = await container();
        const large = new Uint8Array(300_000).map((_, index) => index % 251);
        const archive = await packFiles({ "a.txt": "hello", "deep/er.bin": { content: large, mode: 0o755 } });
        await engine.containers.putArchive(id, streamOf(archive), { path: "/tmp" });
        const [file] = await unpackFiles(await engine.containers.getArchive(id, { path: "/tmp/a.txt" }));
        expect(file).toMatchObject({ path: "a.txt", kind: "file", mode: 0o644 });
        expect(new TextDecoder().decode(file?.content)).toBe("hello");
        const files = await unpackFiles(await engine.containers.getArchive(id, { path: "/tmp/deep" }));
        expect(files.map(({ path, kind }) => [path, kind])).toEqual([
          ["deep", "folder"],
          ["deep/er.bin", "file"],
        ]);
        expect(Buffer.compare(files[1]?.content ?? new Uint8Array(), large)).toBe(0);
        await expect(engine.containers.getArchive(id, { path: "/no" })).rejects.toMatchObject({ code: "not-found" });
      });

      test("waiting ends when aborted, and frees the connection", async () => {
        const id = await running();
        const control = new AbortController();
        const waiting = engine.containers.wait(id, { signal: control.signal });
        await until(() => Promise.resolve(open.size === 1));
        control.abort();
        await expect(waiting).rejects.toMatchObject({ code: "cancelled" });
        await allClosed(open);
      });

      test("gives up when an answer is later than asked for", async () => {
        const id = await running();
        await expect(engine.containers.wait(id, { timeoutMs: 50 })).rejects.toMatchObject({ code: "timeout" });
        await allClosed(open);
      });
    });

    describe("exec", () => {
      test("runs a command and gives its exit code and both streams", async () => {
        const id = await running();
        expect(await engine.exec.run(id, ["sh", "-c", "echo out; echo err >&2; exit 3"])).toEqual({
          exitCode: 3,
          stdout: "out\n",
          stderr: "err\n",
        });
        const { stdout } = await engine.exec.run(id, ["sh", "-c", "echo $A; pwd"], { env: ["A=b"], folder: "/tmp" });
        expect(stdout).toBe("b\n/tmp\n");
      });

      test("passes input on until it ends", async () => {
        const id = await running();
        const exec = await engine.exec.create(id, { command: ["cat"], stdin: true });
        const { input, output } = await engine.exec.start(exec);
        const writer = input.getWriter();
        await writer.write(new TextEncoder().encode("to and fro"));
        await writer.close();
        expect(await texts(output)).toEqual({ stdout: "to and fro", stderr: "" });
        expect(await engine.exec.inspect(exec)).toMatchObject({ Running: false, ExitCode: 0 });
        await allClosed(open);
      });

      test("gives a command a terminal", async () => {
        const id = await running();
        const exec = await engine.exec.create(id, { command: ["tty"], terminal: true });
        const { output } = await engine.exec.start(exec, { terminal: true });
        expect((await texts(output)).stdout).toMatch(/^\/dev\/pts\/\d+\r\n$/);
      });

      test("rejects where no container runs", async () => {
        const id = await container();
        await expect(engine.exec.run(id, ["true"])).rejects.toMatchObject({ code: "conflict" });
      });

      test("stops waiting for a command at its deadline", async () => {
        const id = await running();
        const options = { timeoutMs: 1500 };
        await expect(engine.exec.run(id, ["sleep", "60"], options)).rejects.toMatchObject({ code: "timeout" });
        await allClosed(open);
      });
    });

    describe("networks", () => {
      test("creates one, connects a container, shows it there, and removes it", async () => {
        const name = `drydock-${crypto.randomUUID()}`;
        const network = await engine.networks.create({ Name: name, Labels: { suite: "drydock" } });
        onTestFinished(() => engine.networks.remove(network).catch(ignoreNotFound));
        expect(await engine.networks.list({ filters: { label: ["suite=drydock"] } })).toMatchObject([{ Name: name }]);
        const id = await running();
        await engine.networks.connect(name, id);
        expect(Object.keys((await engine.networks.inspect(name)).Containers)).toEqual([id]);
        expect(Object.keys((await engine.containers.inspect(id)).NetworkSettings.Networks)).toContain(name);
        await expect(engine.networks.remove(name)).rejects.toMatchObject({ code: "forbidden" });
        await engine.networks.disconnect(name, id);
        await engine.networks.remove(name);
        await expect(engine.networks.inspect(name)).rejects.toMatchObject({ code: "not-found" });
      });

      test("a published port is dialled and answers over HTTP", async () => {
        const name = `drydock-${crypto.randomUUID()}`;
        const network = await engine.networks.create({ Name: name });
        onTestFinished(() => engine.networks.remove(network));
        const id = await running("mkdir /www; echo hello > /www/index.html; exec httpd -f -p 80 -h /www", {
          ExposedPorts: { "80/tcp": {} },
          HostConfig: { NetworkMode: name, PortBindings: { "80/tcp": [{ HostIp: "", HostPort: "" }] } },
        });
        const { NetworkSettings } = await engine.containers.inspect(id);
        const port = Number(NetworkSettings.Ports["80/tcp"]?.[0]?.HostPort);
        await until(() =>
          fetchPort(under.dialer, port).then(
            () => true,
            () => false,
          ),
        );
        const response = await fetchPort(under.dialer, port, { path: "/index.html" });
        expect(response).toMatchObject({ status: 200 });
        expect(response.text()).toBe("hello\n");
        expect(await fetchPort(under.dialer, port, { path: "/no" })).toMatchObject({ status: 404 });
        await expect(fetchPort(under.dialer, port, { maxBytes: 3 })).rejects.toMatchObject({
          code: "answer-too-large",
        });
        await engine.containers.remove(id, { force: true });
        await expect(fetchPort(under.dialer, port)).rejects.toMatchObject({ code: "unreachable" });
      });
    });

    describe("volumes", () => {
      test("creates, inspects, lists, keeps while used, and removes one", async () => {
        const name = `drydock-${crypto.randomUUID()}`;
        const volume = await engine.volumes.create({ Name: name, Labels: { suite: "drydock" } });
        onTestFinished(() => engine.volumes.remove(name).catch(ignoreNotFound));
        expect(volume).toMatchObject({ Name: name, Driver: "local", Labels: { suite: "drydock" } });
        expect((await engine.volumes.inspect(name)).Mountpoint).toBe(volume.Mountpoint);
        expect(await engine.volumes.list({ filters: { name: [name] } })).toMatchObject([{ Name: name }]);
        const id = await container("true", { HostConfig: { Binds: [`${name}:/data`] } });
        await expect(engine.volumes.remove(name)).rejects.toMatchObject({ code: "conflict" });
        await engine.containers.remove(id);
        await engine.volumes.remove(name);
        await expect(engine.volumes.inspect(name)).rejects.toMatchObject({ code: "not-found" });
      });

      test("prunes what no container uses", async () => {
        const id = await container("true", { Volumes: { "/data": {} } });
        const [mount] = (await engine.containers.inspect(id)).Mounts;
        expect((await engine.volumes.prune()).VolumesDeleted).not.toContain(mount?.Name);
        await engine.containers.remove(id);
        expect((await engine.volumes.prune()).VolumesDeleted).toContain(mount?.Name);
      });
    });

    describe("build", () => {
      const build = async (dockerfile: string[], tag: string) => {
        const context = await packFiles({ Dockerfile: dockerfile.join("\n"), "app.txt": "application" });
        const messages = [];
        for await (const message of await engine.build.image(streamOf(context), {
          tag,
          buildArguments: { WORD: "argument" },
        })) {
          messages.push(message);
        }
        return messages;
      };

      test("builds an image from a streamed context and tells each step", async () => {
        const tag = `drydock-build:${crypto.randomUUID()}`;
        const messages = await build(
          [`FROM ${under.image}`, "ARG WORD", "COPY app.txt /", "RUN echo $WORD > /word", 'CMD ["cat", "/word"]'],
          tag,
        );
        onTestFinished(() => engine.images.remove(tag).then(() => undefined));
        expect(messages.map(({ stream }) => stream ?? "").join("")).toMatch(/Step 4\/5[^]*Successfully built/);
        expect((await engine.images.inspect(tag)).Config.Cmd).toEqual(["cat", "/word"]);
        const { Id } = await engine.containers.create({ Image: tag });
        await engine.containers.start(Id);
        await engine.containers.wait(Id);
        expect((await texts(await engine.containers.logs(Id))).stdout).toBe("argument\n");
        await engine.containers.remove(Id);
      });

      test("a build that fails is a result whose last message says why", async () => {
        const messages = await build([`FROM ${under.image}`, "RUN exit 9"], "drydock-build:fails");
        expect(messages.at(-1)?.errorDetail?.message).toContain("returned a non-zero code: 9");
      });

      test("a Dockerfile that cannot be read rejects", async () => {
        await expect(build(["NONSENSE"], "drydock-build:nonsense")).rejects.toMatchObject({ code: "invalid-request" });
      });
    });

    describe("swarm", () => {
      const leave = async () => {
        await engine.swarm.leave({ force: true }).catch((error: unknown) => {
          if (!(error instanceof Error && "code" in error && error.code === "swarm-state")) throw error;
        });
        await removeGateway(engine);
      };

      test("says where there is none", async () => {
        for (const asked of [
          () => engine.swarm.inspect(),
          () => engine.nodes.list(),
          () => engine.services.list(),
          () => engine.tasks.list(),
          () => engine.swarm.leave(),
        ]) {
          await expect(asked()).rejects.toMatchObject({ code: "swarm-state", status: 503 });
        }
      });

      test("is made of one node, which can be changed, and is left", async () => {
        onTestFinished(leave);
        const id = await engine.swarm.init({ ListenAddr: "127.0.0.1:2377", AdvertiseAddr: "127.0.0.1" });
        expect((await engine.swarm.inspect()).ID).not.toBe("");
        await expect(engine.swarm.init({ ListenAddr: "127.0.0.1:2377" })).rejects.toMatchObject({
          code: "swarm-state",
        });
        await until(async () => (await engine.nodes.inspect(id)).Status.State === "ready");
        expect(await engine.nodes.list()).toMatchObject([
          { ID: id, Spec: { Role: "manager", Availability: "active" } },
        ]);
        await engine.nodes.update(await engine.nodes.inspect(id), {
          Role: "manager",
          Availability: "drain",
          Labels: { disk: "ssd" },
        });
        expect((await engine.nodes.inspect(id)).Spec).toMatchObject({ Availability: "drain", Labels: { disk: "ssd" } });
        await expect(engine.nodes.inspect("no-such-node")).rejects.toMatchObject({ code: "not-found" });
        await engine.swarm.leave({ force: true });
        await expect(engine.swarm.inspect()).rejects.toMatchObject({ code: "swarm-state" });
      });

      test("runs a service's tasks, changes it, and removes it", async () => {
        onTestFinished(leave);
        await engine.swarm.init({ ListenAddr: "127.0.0.1:2377", AdvertiseAddr: "127.0.0.1" });
        const Command = ["sh", "-c", "trap 'exit 0' TERM; while :; do sleep 1; done"];
        const spec = {
          Name: "drydock-service",
          Labels: { suite: "drydock" },
          TaskTemplate: { ContainerSpec: { Image: under.image, Command, Env: ["A=b"] } },
          Mode: { Replicated: { Replicas: 1 } },
        };
        const id = await engine.services.create(spec);
        await expect(engine.services.create(spec)).rejects.toMatchObject({ code: "conflict" });
        const running = async (count: number) => {
          const tasks = await engine.tasks.list({ filters: { service: [id], "desired-state": ["running"] } });
          return tasks.filter(({ Status }) => Status.State === "running").length === count;
        };
        await until(() => running(1));
        const service = await engine.services.inspect("drydock-service");
        expect(service).toMatchObject({
          ID: id,
          Spec: { Mode: { Replicated: { Replicas: 1 } } },
          Endpoint: { Ports: [] },
        });
        expect(service.Spec.TaskTemplate.ContainerSpec.Env).toEqual(["A=b"]);
        await engine.services.update(service, { ...service.Spec, Mode: { Replicated: { Replicas: 2 } } });
        await until(() => running(2));
        const [task] = await engine.tasks.list();
        expect(await engine.tasks.inspect(task?.ID ?? "")).toMatchObject({ ServiceID: id });
        await engine.services.remove(id);
        expect(await engine.services.list()).toEqual([]);
        await expect(engine.services.inspect(id)).rejects.toMatchObject({ code: "not-found" });
        await until(
          async () => !(await engine.containers.list()).some(({ Names }) => Names[0]?.startsWith("/drydock-service")),
        );
      });
    });

    test("nothing answers on a port where nothing listens", async () => {
      const nowhere = createEngine(under.dialer, { port: 9 });
      await expect(nowhere.system.ping()).rejects.toMatchObject({ code: "unreachable" });
    });

    test("a signal that is already aborted dials nothing", async () => {
      const before = open.size;
      const signal = AbortSignal.abort();
      await expect(engine.containers.list({ signal })).rejects.toMatchObject({ code: "cancelled" });
      expect(open.size).toBe(before);
    });
  });
}

const UNTIL_MS = 60_000;

/** Asks again until the answer is yes. */
async function until(question: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + UNTIL_MS;
  while (!(await question())) {
    if (performance.now() > deadline) throw new Error("It did not come to that within a minute.");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Keeps the connections that are in use in `open`. */
function watched(dialer: Dialer, open: Set<Connection>): Dialer {
  return {
    async dial(port, options) {
      const connection = await dialer.dial(port, options);
      open.add(connection);
      const forget = () => void open.delete(connection);
      connection.closed.then(forget, forget);
      return connection;
    },
  };
}

async function allClosed(open: ReadonlySet<Connection>): Promise<void> {
  await until(() => Promise.resolve(open.size === 0));
}

async function texts(output: AsyncIterable<OutputChunk>): Promise<{ stdout: string; stderr: string }> {
  const joined = { stdout: "", stderr: "" };
  for await (const { stream, bytes } of output) joined[stream] += new TextDecoder().decode(bytes);
  return joined;
}

function text(chunk: OutputChunk | void): string {
  return new TextDecoder().decode(chunk?.bytes);
}

function tagged(image: string): string {
  return image.includes(":") ? image : `${image}:latest`;
}

/** The swarm's own bridge stays when the swarm is left, and for a moment so does the swarm's end of it. */
export async function removeGateway({ networks }: Engine): Promise<void> {
  const name = "docker_gwbridge";
  await networks.disconnect(name, "gateway_ingress-sbox", { force: true }).catch(() => undefined);
  await networks.remove(name).catch(ignoreNotFound);
}

/** The test itself has removed it. */
function ignoreNotFound(error: unknown): void {
  if (!(error instanceof Error && "code" in error && error.code === "not-found")) throw error;
}
