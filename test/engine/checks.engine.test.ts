// Over 250 lines because it is one list: each kind of check that asks the engine, of a real one, with right and wrong work.
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createEngineQuestions } from "../../src/checks/create-engine-questions.ts";
import { bindCheck } from "../../src/checks/kinds.ts";
import { createMachineShell } from "../../src/checks/machine-shell.ts";
import { validateCheck } from "../../src/checks/schema.ts";
import type { EngineEvent, World } from "../../src/checks/world.ts";
import { createEngine } from "../../src/engine/create-engine.ts";
import type { ContainerConfig } from "../../src/engine/containers.ts";
import type { Engine } from "../../src/engine/engine.ts";
import { fetchPort } from "./fetch-port.ts";
import { packFiles } from "../../src/engine/tar.ts";
import type { CheckSpec } from "../../src/lessons/model.ts";
import { contextOf, FakeWorld } from "../unit/checks-fakes.ts";
import { removeGateway, type EngineUnderTest } from "./contract.ts";
import { startNativeDocker } from "./native-docker.ts";
import { streamOf } from "./stream-of.ts";

let under: EngineUnderTest;
let engine: Engine;
let world: World;
/** The learner's files, by their paths. */
let files: Map<string, string>;

beforeAll(async () => {
  under = await startNativeDocker();
  engine = createEngine(under.dialer);
  const fake = new FakeWorld();
  files = fake.files;
  const { workspace, ports, shell, terminals } = fake;
  world = { engine: questionsOf(engine), workspace, ports, shell, terminals };
});
afterAll(async () => {
  await under[Symbol.asyncDispose]();
});

describe("the check container, of a real engine", () => {
  test("knows what a container is made of, and refuses what it is not", async () => {
    await engine.volumes.create({ Name: "checks-data" });
    onTestFinished(() => engine.volumes.remove("checks-data"));
    await runs("checks-web", {
      Env: ["MODE=dev"],
      User: "1000",
      Labels: { tier: "front" },
      Healthcheck: { Test: ["CMD", "true"], Interval: 1e9 },
      HostConfig: {
        Binds: ["checks-data:/data:ro", "/tmp:/host"],
        Tmpfs: { "/run": "" },
        Memory: 64 * 1024 * 1024,
        NanoCpus: 5e8,
        PidsLimit: 100,
        RestartPolicy: { Name: "on-failure", MaximumRetryCount: 3 },
        ReadonlyRootfs: true,
        CapDrop: ["NET_RAW"],
      },
    });
    const about = { kind: "container", name: "checks-web" };
    await passes({
      ...about,
      image: under.image,
      state: "running",
      command: forever,
      env: { MODE: "dev" },
      user: "1000",
      root: false,
      labels: { tier: "front" },
      mounts: [
        { type: "volume", source: "checks-data", target: "/data", readOnly: true },
        { type: "bind", source: "/tmp", target: "/host" },
        { type: "tmpfs", target: "/run" },
      ],
      memory: "64m",
      cpus: 0.5,
      pids: 100,
      restart: "on-failure:3",
      readOnly: true,
      privileged: false,
      capDrop: ["NET_RAW"],
    });
    await passesSoon({ ...about, health: "healthy" });
    await refuses(/^The container checks-web is running\.$/, { ...about, state: "paused" });
    await refuses(/"dev"/, { ...about, env: { MODE: "prod" } });
    await refuses(/has the volume checks-data mounted at \/data/, {
      ...about,
      mounts: [{ type: "bind", target: "/data" }],
    });
    await refuses(/may use 64 MB of memory/, { ...about, memory: "32m" });
    await refuses(/is still running/, { ...about, gone: true });
    await refuses(/There is one such container/, { kind: "container", namePattern: "^checks-", count: 2 });
    await engine.containers.remove("checks-web", { force: true });
    await passes({ ...about, gone: true });
    await refuses(/There (is no container named checks-web|are no containers yet)/, about);
  });

  test("follows a container from its creation to its end", async () => {
    const { Id } = await engine.containers.create(
      { Image: under.image, Cmd: ["sh", "-c", "read line; exit 3"], OpenStdin: true },
      { name: "checks-job" },
    );
    onTestFinished(() => engine.containers.remove(Id, { force: true }));
    const about = { kind: "container", name: "checks-job" };
    await passes({ ...about, state: "created" });
    await refuses(/has not been started/, { ...about, state: "exited", exitCode: 3 });
    await engine.containers.start(Id);
    await refuses(/it has not ended/, { ...about, state: "exited", exitCode: 3 });
    await engine.containers.kill(Id);
    await engine.containers.wait(Id);
    await refuses(/ended with exit code 137/, { ...about, exitCode: 3 });
    await passes({ ...about, exitCode: 137 });
  });
});

test("the check logs reads what a container wrote, and where", async () => {
  await runs("checks-talk", { Cmd: ["sh", "-c", "echo ready on 80; echo slow >&2; sleep 100"] });
  await passesSoon({ kind: "logs", name: "checks-talk", matches: "^ready on \\d+$", stream: "stdout" });
  await passesSoon({ kind: "logs", image: under.image, contains: "slow" });
  await refuses(/wrote it to stderr/, { kind: "logs", name: "checks-talk", contains: "slow", stream: "stdout" });
  await refuses(/has written 2 lines, but not/, { kind: "logs", name: "checks-talk", contains: "failed" });
  await refuses(/no container named nobody/, { kind: "logs", name: "nobody", contains: "x" });
});

describe("the check image, of a real engine", () => {
  const dockerfile = (...more: string[]) =>
    [
      `FROM ${under.image} AS base`,
      'ENV MODE=dev NAME="two words"',
      "WORKDIR /srv",
      "COPY a.txt ./",
      "FROM base",
      "ARG WORD=hi",
      'LABEL by="me"',
      "RUN echo $WORD \\",
      '  && echo "it\'s two" > /two',
      "EXPOSE 80",
      "VOLUME /data",
      "USER 1000",
      'HEALTHCHECK CMD ["true"]',
      ...more,
    ].join("\n");

  const build = async (text: string, options: { target?: string; buildArguments?: Record<string, string> } = {}) => {
    files.set("Dockerfile", text);
    const context = streamOf(await packFiles({ Dockerfile: text, "a.txt": "a" }));
    for await (const { errorDetail } of await engine.build.image(context, { tag: "checks:1", ...options })) {
      if (errorDetail) throw new Error(errorDetail.message);
    }
    onTestFinished(() =>
      engine.images.remove("checks:1", { force: true }).then(
        () => undefined,
        () => undefined,
      ),
    );
  };
  const about = { kind: "image", reference: "checks:1" };

  test("knows what an image is made of, and refuses what it is not", async () => {
    await build(dockerfile('CMD ["httpd", "-f"]'));
    await passes({
      ...about,
      minLayers: 3,
      maxSize: "50MB",
      cmd: "httpd -f",
      env: { MODE: "dev", NAME: "two words" },
      workdir: "/srv",
      exposedPort: 80,
      volumes: ["/data"],
      user: "1000",
      healthcheck: true,
      labels: { by: "me" },
      os: "linux",
      sharesLayersWith: under.image,
    });
    await refuses(/has \d layers/, { ...about, layers: 20 });
    await refuses(/MB large/, { ...about, maxSize: "1kB" });
    await refuses(/share \d layers/, { ...about, sharesLayersWith: under.image, sharedLayers: 20 });
    await refuses(/no image called none/, { ...about, sharesLayersWith: "none" });
    await refuses(/only with the tag 1/, { ...about, reference: "checks:2" });
    await refuses(/is still there/, { ...about, gone: true });
  });

  test("tells a Dockerfile from which it was built from others", async () => {
    const built = dockerfile('ENTRYPOINT ["httpd"]', "CMD -f -v");
    await build(built, { buildArguments: { WORD: "a long word" } });
    await passes({ ...about, builtFrom: "Dockerfile" });
    const others: [RegExp, string][] = [
      [/another CMD than that of line 15/, built.replace("-f -v", "-f")],
      [/another RUN than that of line 8/, built.replace("/two", "/three")],
      [/another ENV/, built.replace("MODE=dev", "MODE=prod")],
      [/another USER/, built.replace("USER 1000", "USER 0")],
      [/another LABEL/, built.replace('by="me"', 'by="you"')],
      [/another EXPOSE/, built.replace("EXPOSE 80", "EXPOSE 8080")],
      [
        /where line 12 has EXPOSE, it was made by VOLUME|where line 11 has USER, it was made by VOLUME/,
        built.replace("VOLUME /data\n", ""),
      ],
      [/the STOPSIGNAL of line 16 is missing in it/, `${built}\nSTOPSIGNAL SIGINT`],
      [/it also has CMD/, built.replace("CMD -f -v", "")],
      [/the file has no FROM/, "RUN x"],
      [/not built on|another|where line/, built.replace(`FROM ${under.image} AS base`, "FROM scratch AS base")],
    ];
    for (const [why, text] of others) {
      files.set("Dockerfile", text);
      await refuses(why, { ...about, builtFrom: "Dockerfile" });
    }
    files.delete("Dockerfile");
    await refuses(/There is no Dockerfile/, { ...about, builtFrom: "Dockerfile" });
  });

  test("knows the stage that was built", async () => {
    await build(dockerfile(), { target: "base" });
    await passes({ ...about, builtFrom: "Dockerfile", target: "base" });
    await refuses(/the ARG of line 6 is missing/, { ...about, builtFrom: "Dockerfile" });
    await refuses(/has no stage final/, { ...about, builtFrom: "Dockerfile", target: "final" });
  });
});

test("the check network knows a network and who is in it", async () => {
  await engine.networks.create({
    Name: "checks-net",
    Internal: true,
    Labels: { tier: "front" },
    IPAM: { Config: [{ Subnet: "172.31.250.0/24", Gateway: "172.31.250.1" }] },
  });
  onTestFinished(() => engine.networks.remove("checks-net").catch(() => undefined));
  const about = { kind: "network", name: "checks-net" };
  await passes({ ...about, driver: "bridge", internal: true, subnet: "172.31.250.0/24", labels: { tier: "front" } });
  await refuses(/no running container in it/, { ...about, containers: ["checks-member"] });
  await runs("checks-member", { HostConfig: { NetworkMode: "checks-net" } });
  await passes({ ...about, containers: ["checks-member"] });
  await passes({ kind: "container", name: "checks-member", networks: ["checks-net"] });
  await refuses(/has only checks-member in it/, { ...about, containers: ["checks-member", "other"] });
  await refuses(/is internal/, { ...about, internal: false });
  await refuses(/has the subnet 172\.31\.250\.0\/24/, { ...about, subnet: "10.0.0.0/8" });
  await refuses(/There is no network named checks-nit/, { ...about, name: "checks-nit" });
  await refuses(/is still there/, { ...about, gone: true });
  await engine.containers.remove("checks-member", { force: true });
  await engine.networks.remove("checks-net");
  await passes({ ...about, gone: true });
});

test("the check volume knows a volume and who uses it", async () => {
  await engine.volumes.create({ Name: "checks-vol", Labels: { keep: "yes" } });
  onTestFinished(() => engine.volumes.remove("checks-vol").catch(() => undefined));
  const about = { kind: "volume", name: "checks-vol" };
  await passes({ ...about, driver: "local", labels: { keep: "yes" } });
  await refuses(/not mounted in any container/, { ...about, usedBy: "checks-user" });
  await runs("checks-user", { HostConfig: { Binds: ["checks-vol:/var/data"] } });
  await passes({ ...about, usedBy: "checks-user", at: "/var/data" });
  await refuses(/mounted in the container checks-user at \/var\/data/, { ...about, at: "/data" });
  await refuses(/There is no volume named checks-val/, { ...about, name: "checks-val" });
  await refuses(/is still there/, { ...about, gone: true });
  await engine.containers.remove("checks-user", { force: true });
  await engine.volumes.remove("checks-vol");
  await passes({ ...about, gone: true });
});

test("the check compose knows a project by the labels that Compose gives", async () => {
  const labels = (service: string) => ({
    "com.docker.compose.project": "checks",
    "com.docker.compose.service": service,
    "com.docker.compose.oneoff": "False",
    "com.docker.compose.project.config_files": "/workspace/compose.yaml",
  });
  const about = { kind: "compose", project: "checks" };
  await refuses(/no container of a Compose project/, about);
  await runs("checks-web-1", { Labels: labels("web") });
  await runs("checks-db-1", { Labels: labels("db") });
  await passes({ ...about, services: { web: 1, db: 1 }, configFile: "compose.yaml" });
  await refuses(/one running container of the service web/, { ...about, services: { web: 2 } });
  await refuses(/was started from \/workspace\/compose\.yaml/, { ...about, configFile: "app/compose.yaml" });
  await engine.containers.kill("checks-db-1");
  await refuses(/no running container of the service db \(one is exited\)/, { ...about, services: ["web", "db"] });
  await refuses(/still has 2 containers/, { ...about, gone: true });
  await engine.containers.remove("checks-web-1", { force: true });
  await engine.containers.remove("checks-db-1", { force: true });
  await passes({ ...about, gone: true });
});

test("the checks service and node know a swarm", async () => {
  await refuses(/not the manager of a swarm/, { kind: "node", role: "manager" });
  await refuses(/not the manager of a swarm/, { kind: "service", name: "web" });
  onTestFinished(async () => {
    await engine.swarm.leave({ force: true });
    await removeGateway(engine);
  });
  await engine.swarm.init({ ListenAddr: "127.0.0.1:2377", AdvertiseAddr: "127.0.0.1" });
  await passesSoon({ kind: "node", role: "manager", leader: true, state: "ready", availability: "active", count: 1 });
  await refuses(/has the availability active/, { kind: "node", availability: "drain" });
  await refuses(/one such node/, { kind: "node", role: "manager", minCount: 3 });

  const about = { kind: "service", name: "web" };
  await refuses(/There is no service named web/, about);
  const ContainerSpec = { Image: under.image, Command: ["sh", "-c", forever], Env: ["A=b"] };
  await engine.services.create({
    Name: "web",
    Labels: { tier: "front" },
    TaskTemplate: { ContainerSpec },
    Mode: { Replicated: { Replicas: 2 } },
  });
  await passesSoon({
    ...about,
    image: under.image,
    mode: "replicated",
    replicas: 2,
    running: 2,
    env: { A: "b" },
    update: "none",
  });
  await refuses(/has 2 running tasks/, { ...about, running: 3 });
  await refuses(/is set to 2 replicas/, { ...about, replicas: 1 });
  await refuses(/does not publish its port 80\/tcp/, { ...about, ports: { "80/tcp": 8080 } });
  const service = await engine.services.inspect("web");
  await engine.services.update(service, {
    ...service.Spec,
    TaskTemplate: { ...service.Spec.TaskTemplate, ContainerSpec: { ...ContainerSpec, Env: ["A=c"] } },
    UpdateConfig: { Parallelism: 0, Delay: 0 },
  });
  await passesSoon({ ...about, running: 2, env: { A: "c" } });
  const updated = await engine.services.inspect("web");
  const { TaskTemplate } = updated.Spec;
  await engine.services.update(updated, { ...updated.Spec, TaskTemplate: { ...TaskTemplate, ForceUpdate: 1 } });
  await refuses(/no running tasks|one running task/, { ...about, running: 2 });
  await passesSoon({ ...about, running: 2, update: "completed" });
  const forced = await engine.services.inspect("web");
  await engine.services.update(forced, {
    ...forced.Spec,
    TaskTemplate: { ...forced.Spec.TaskTemplate, Placement: { Constraints: ["node.role==manager"] } },
  });
  // Its tasks may stay where they are, so none is made again.
  await passesSoon({ ...about, running: 2 });
  await refuses(/is still there/, { ...about, gone: true });
  await engine.services.remove("web");
  await passes({ ...about, gone: true });

  const job = { kind: "service", name: "job" };
  const RestartPolicy = { Condition: "none" as const };
  await engine.services.create({
    Name: "job",
    TaskTemplate: { ContainerSpec: { Image: under.image, Command: ["true"] }, RestartPolicy },
    Mode: { ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 2 } },
  });
  await passesSoon({ ...job, mode: "replicated-job", replicas: 2, running: 0, completed: 2 });
  const ended = await engine.services.inspect("job");
  await engine.services.update(ended, {
    ...ended.Spec,
    TaskTemplate: {
      ContainerSpec: { Image: under.image, Command: ["sh", "-c", forever] },
      RestartPolicy,
      ForceUpdate: 1,
    },
  });
  await passesSoon({ ...job, running: 2 });
  await refuses(/has no completed tasks/, { ...job, completed: 2 });
  await engine.services.remove("job");
});

test("the check event knows the names that Docker tells with what happens to images, and asks for no others", async () => {
  const since = await engine.system.time();
  const image = "localhost:5000/checks-event:1";
  await engine.images.tag(under.image, { repository: "localhost:5000/checks-event", tag: "1" });
  const saved = await fetchPort(under.dialer, 2375, { path: `/images/${image}/get`, maxBytes: 100_000_000 });
  await engine.images.remove(image);
  await fetchPort(under.dialer, 2375, { method: "POST", path: "/images/load", body: saved.body });
  await engine.images.remove(image);
  const events = await eventsSince(since);
  await passes({ kind: "event", type: "image", action: "tag", image }, events);
  for (const action of ["untag", "save", "load"]) {
    const { Actor } = events.find(({ Type, Action }) => Type === "image" && Action === action) ?? {};
    expect(Actor?.ID).toMatch(/^sha256:/);
    expect(Actor?.Attributes?.name).toBe(Actor?.ID);
    expect(validateCheck({ kind: "event", type: "image", action, image })).toMatch(/does not tell the name/);
  }
});

test("the checks image and container take no id for a name", async () => {
  const id = (await engine.images.inspect(under.image)).Id.replace("sha256:", "").slice(0, 12);
  await refuses(/There is no image called/, { kind: "image", reference: id });
  await runs("checks-id", {});
  const container = (await engine.containers.inspect("checks-id")).Id.slice(0, 12);
  const { runIn } = createMachineShell({ run: () => Promise.reject(new Error("not asked")) }, engine);
  const options = { timeoutMs: 10_000 };
  expect(await runIn("checks-id", "echo hi", options)).toEqual({ exitCode: 0, stdout: "hi\n" });
  expect(await runIn(container, "echo hi", options)).toBeUndefined();
});

test("the check event takes what happens, and not what is otherwise", async () => {
  const since = await engine.system.time();
  await engine.volumes.create({ Name: "checks-event" });
  await runs("checks-event", { Cmd: ["sh", "-c", "exit 3"] });
  await engine.containers.wait("checks-event");
  await engine.containers.remove("checks-event");
  await engine.volumes.remove("checks-event");
  const events = await eventsSince(since);
  const die = { kind: "event", type: "container", action: "die", name: "checks-event" };
  await passes({ ...die, image: under.image, exitCode: 3 }, events);
  await passes({ kind: "event", type: "volume", action: "create", name: "checks-event" }, events);
  await refuses(/with exit code 3/, { ...die, exitCode: 0 }, events);
  await refuses(/happened once so far/, { ...die, times: 2 }, events);
  await refuses(/has not happened/, { kind: "event", type: "container", action: "pause" }, events);
});

test("answers nothing about the work where the engine cannot be asked", async () => {
  const nowhere = { ...world, engine: questionsOf(createEngine(under.dialer, { port: 9 })) };
  for (const spec of [
    { kind: "container", name: "a" },
    { kind: "service", name: "a", gone: true },
    { kind: "network", name: "a", gone: true },
  ]) {
    await expect(bindCheck(spec).ask(contextOf(nowhere))).rejects.toMatchObject({ code: "unreachable" });
  }
});

/** No check asks for the time. */
const questionsOf = (of: Engine): World["engine"] => ({ ...createEngineQuestions(of), time: of.system.time });

const forever = "trap 'exit 0' TERM; while :; do sleep 1; done";

/** A container that runs, and is removed after the test. */
async function runs(name: string, config: Partial<ContainerConfig>): Promise<void> {
  await engine.containers.create({ Image: under.image, Cmd: ["sh", "-c", forever], ...config }, { name });
  onTestFinished(() => engine.containers.remove(name, { force: true, volumes: true }).catch(() => undefined));
  await engine.containers.start(name);
}

async function eventsSince(since: bigint): Promise<readonly EngineEvent[]> {
  const events: EngineEvent[] = [];
  const until = (await engine.system.time()) + 1_000_000_000n;
  for await (const event of await engine.system.events({ since, until })) events.push(event);
  return events;
}

async function passes(spec: CheckSpec, events: readonly EngineEvent[] = []): Promise<void> {
  expect(validateCheck(spec)).toBeUndefined();
  expect(await bindCheck(spec).ask(contextOf(world, events))).toMatchObject({ result: "passed" });
}

/** Where the engine needs a moment. */
async function passesSoon(spec: CheckSpec): Promise<void> {
  await expect.poll(() => bindCheck(spec).ask(contextOf(world)), { timeout: 30_000 }).toEqual({ result: "passed" });
  expect(validateCheck(spec)).toBeUndefined();
}

async function refuses(seen: RegExp, spec: CheckSpec, events: readonly EngineEvent[] = []): Promise<void> {
  expect(validateCheck(spec)).toBeUndefined();
  expect(await bindCheck(spec).ask(contextOf(world, events))).toEqual({
    result: "not-yet",
    seen: expect.stringMatching(seen) as string,
    wanted: expect.stringMatching(/^Wanted (is|are) [^]*[^ ]\.$/) as string,
  });
}
