import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { bindCheck } from "../../src/checks/kinds.ts";
import { createPublishedPorts } from "../../src/checks/published-ports.ts";
import type { World } from "../../src/checks/world.ts";
import { contextOf, FakeWorld } from "../unit/checks-fakes.ts";
import { connectNode } from "./node-connection.ts";
import { freePort } from "../free-port.ts";

/** Debian's docker-registry on this host, as it is in the catalogue's image `registry`: one for everybody, one with a login. */
const held = new AsyncDisposableStack();
const fake = new FakeWorld();
const world: World = {
  engine: fake.engine,
  workspace: fake.workspace,
  shell: fake.shell,
  terminals: fake.terminals,
  ports: createPublishedPorts({ dial: (port, options) => connectNode({ host: "127.0.0.1", port }, options?.signal) }),
};
let open: number;
let closed: number;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "drydock-registry-"));
  held.defer(() => rm(folder, { recursive: true }));
  // `sailor` with the password `harbour`.
  await writeFile(join(folder, "logins"), "sailor:$2y$05$abcdefghijklmnopqrstuuZ9hITkhSjgdPh1azpD9e5XbVlHeIfui\n");
  open = await startRegistry(folder, "open");
  closed = await startRegistry(folder, "closed", `auth: {htpasswd: {realm: Harbour, path: ${folder}/logins}}\n`);
  for (const [port, headers] of [
    [open, {}],
    [closed, { Authorization: `Basic ${btoa("sailor:harbour")}` }],
  ] as const) {
    await push(port, "1", ["base", "page"], headers);
    await push(port, "2", ["base", "page", "more"], headers);
  }
  fake.images.set("app", { Id: digestOf(configOf(["base", "page"])), RepoTags: ["app:1"] });
});
afterAll(() => held.disposeAsync());

test("the check registry knows what was pushed to a real registry, and refuses what was not", async () => {
  const about = { repository: "me/app", tag: "1" };
  await passes({ repository: "me/app" });
  await passes({ ...about, layers: 2, sameAs: "app:1" });
  await passes({ ...about, tag: "2", sharesLayersWith: "me/app:1" });
  await passes({ ...about, digest: digestOf(manifestOf(["base", "page"])) });
  await refuses(/has 2 layers/, { ...about, layers: 3 });
  await refuses(/is another image than app:1/, { ...about, tag: "2", sameAs: "app:1" });
  await refuses(/shares 2 layers with me\/app:2/, { ...about, sharesLayersWith: "me/app:2" });
  await refuses(/only with the tags 1 and 2/, { ...about, tag: "3" });
  await refuses(/no repository app; it has the repository me\/app/, { repository: "app" });
  await refuses(/asks nobody for a login/, { ...about, user: "sailor", password: "harbour" });
  await refuses(/still has me\/app:2/, { ...about, tag: "2", gone: true });
});

test("the check registry logs in to a real registry", async () => {
  const about = { port: closed, repository: "me/app", tag: "1" };
  await passes({ ...about, user: "sailor", password: "harbour" });
  await refuses(/asks for a login/, about);
  await refuses(/does not take the login of sailor/, { ...about, user: "sailor", password: "port" });
});

test("the check registry sees what is deleted from a real registry by digest", async () => {
  const digest = digestOf(manifestOf(["base", "page", "more"]));
  const about = { repository: "me/app", tag: "2" };
  await passes({ ...about, digest });
  await request(open, "DELETE", `manifests/${digest}`);
  await passes({ ...about, gone: true });
  await passes({ repository: "me/app", digest, gone: true });
  await refuses(/only with the tag 1/, about);
});

const ask = (asks: object) => bindCheck({ kind: "registry", port: open, ...asks }).ask(contextOf(world));

async function passes(asks: object): Promise<void> {
  expect(await ask(asks)).toEqual({ result: "passed" });
}

async function refuses(seen: RegExp, asks: object): Promise<void> {
  expect(await ask(asks)).toMatchObject({ result: "not-yet", seen: expect.stringMatching(seen) as string });
}

async function startRegistry(folder: string, name: string, more = ""): Promise<number> {
  const port = await freePort();
  const config = join(folder, `${name}.yml`);
  const storage = `{filesystem: {rootdirectory: ${folder}/${name}}, delete: {enabled: true}}`;
  await writeFile(
    config,
    `version: 0.1\nlog: {level: error}\nstorage: ${storage}\nhttp: {addr: "127.0.0.1:${String(port)}"}\n${more}`,
  );
  const server = spawn("docker-registry", ["serve", config], { stdio: "ignore" });
  held.defer(async () => {
    server.kill();
    if (server.exitCode === null) await once(server, "exit");
  });
  const isUp = () =>
    fetch(`http://127.0.0.1:${String(port)}/v2/`).then(
      () => true,
      () => false,
    );
  await vi.waitUntil(isUp, { timeout: 10_000, interval: 100 });
  return port;
}

const configOf = (layers: readonly string[]) =>
  JSON.stringify({ os: "linux", architecture: "386", rootfs: { type: "layers", diff_ids: layers.map(digestOf) } });

function manifestOf(layers: readonly string[]): string {
  const describe = (mediaType: string, content: string) => ({
    mediaType: `application/vnd.docker.${mediaType}`,
    size: Buffer.byteLength(content),
    digest: digestOf(content),
  });
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    config: describe("container.image.v1+json", configOf(layers)),
    layers: layers.map((layer) => describe("image.rootfs.diff.tar.gzip", layer)),
  });
}

const manifestType = "application/vnd.docker.distribution.manifest.v2+json";

/** As `docker push` does: each blob, then the manifest that names them. */
async function push(
  port: number,
  tag: string,
  layers: readonly string[],
  login: Record<string, string>,
): Promise<void> {
  for (const blob of [...layers, configOf(layers)]) {
    const begun = await request(port, "POST", "blobs/uploads/", undefined, login);
    const to = new URL(begun.headers.get("location") ?? "");
    to.searchParams.set("digest", digestOf(blob));
    const put = await fetch(to, { method: "PUT", headers: login, body: blob });
    expect(put.status).toBe(201);
  }
  const type = { "Content-Type": manifestType };
  await request(port, "PUT", `manifests/${tag}`, manifestOf(layers), { ...login, ...type });
}

async function request(port: number, method: string, path: string, body?: string, headers?: Record<string, string>) {
  const address = `http://127.0.0.1:${String(port)}/v2/me/app/${path}`;
  const answer = await fetch(address, { method, ...(body !== undefined && { body }), ...(headers && { headers }) });
  expect(answer.ok).toBe(true);
  return answer;
}

function digestOf(content: string): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}
