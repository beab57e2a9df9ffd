import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addImage, removeImage } from "../../src/image/catalogue/add.ts";
import { blobPath, mediaTypes, putBlob, putJson, type Descriptor } from "../../src/image/catalogue/blobs.ts";
import { readIndex, writeIndex } from "../../src/image/catalogue/layout.ts";
import { parseHubReference } from "../../src/image/catalogue/reference.ts";
import { root } from "../../src/server/build-site.ts";
import { freePort } from "../free-port.ts";

/** A registry of Debian's on this host, with images of two platforms in it. */
const held = new AsyncDisposableStack();
let folder: string;
let registry: string;
let small: Descriptor;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-add-"));
  held.defer(() => rm(folder, { recursive: true }));
  registry = `127.0.0.1:${String(await freePort())}`;
  const config = join(folder, "registry.yml");
  await writeFile(
    config,
    `version: 0.1\nlog: {level: error}\nstorage: {filesystem: {rootdirectory: ${folder}/registry}}\nhttp: {addr: "${registry}"}\n`,
  );
  const server = spawn("docker-registry", ["serve", config], { stdio: "ignore" });
  held.defer(async () => {
    server.kill();
    if (server.exitCode === null) await once(server, "exit");
  });
  for (let tries = 0; tries < 100; tries++) {
    if (
      await fetch(`http://${registry}/v2/`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const layout = join(folder, "layout");
  small = await makeImage(layout, "386");
  const large = await makeImage(layout, "amd64");
  const both = await putJson(layout, mediaTypes.index, {
    schemaVersion: 2,
    mediaType: mediaTypes.index,
    manifests: [
      { ...large, platform: { os: "linux", architecture: "amd64" } },
      { ...small, platform: { os: "linux", architecture: "386" } },
    ],
  });
  await writeIndex(layout, [{ name: "docker.io/library/tiny:1", manifest: both }]);
  push(layout, "1", "library/tiny:1");
  await writeIndex(layout, [{ name: "docker.io/library/tiny:large", manifest: large }]);
  push(layout, "large", "library/tiny:large");
});
afterAll(() => held.disposeAsync());

test("of an image for several platforms the machine's is copied, manifest and layers unchanged", async ({ signal }) => {
  const added = join(folder, "added");
  await addImage(parseHubReference("tiny:1"), { folder: added, from: registry, insecure: true, signal });
  expect(await readIndex(added)).toEqual([{ name: "docker.io/library/tiny:1", manifest: small }]);
  const { layers } = JSON.parse(await readFile(blobPath(added, small.digest), "utf8")) as { layers: Descriptor[] };
  expect(await readFile(blobPath(added, layers[0]?.digest ?? ""), "utf8")).toBe("the layer of 386");

  expect(await removeImage("docker.io/library/tiny:1", added)).toBe(true);
  expect(await readIndex(added)).toEqual([]);
  expect(await readdir(join(added, "blobs/sha256"))).toEqual([]);
});

test("an image for another platform only is refused, and leaves nothing in the catalogue", async ({ signal }) => {
  const added = join(folder, "refused");
  const copy = addImage(parseHubReference("tiny:large"), { folder: added, from: registry, insecure: true, signal });
  await expect(copy).rejects.toThrow(/linux\/amd64 only; the machine is linux\/386/);
  expect(await readIndex(added)).toEqual([]);
});

test("the command says what to do about a name that is not there, and lists what was copied", () => {
  const env = { ...process.env, XDG_DATA_HOME: join(folder, "data") };
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(root, "src/image/catalogue/catalogue.ts"), ...args], { env, encoding: "utf8" });
  const failed = run("add", "nosuch:9", "--from", registry, "--insecure");
  expect(failed.status).toBe(1);
  expect(failed.stderr).toMatch(/What to do: See whether the name is right/);
  expect(run("add", "tiny:1", "--from", registry, "--insecure").stdout).toMatch(/tiny:1: \d+\.\d MB copied/);
  expect(run("list").stdout).toContain(small.digest);
});

async function makeImage(layout: string, architecture: string): Promise<Descriptor> {
  const layer = await putBlob(layout, mediaTypes.layer, Buffer.from(`the layer of ${architecture}`));
  const config = await putJson(layout, mediaTypes.config, {
    os: "linux",
    architecture,
    rootfs: { type: "layers", diff_ids: [layer.digest] },
  });
  const manifest = { schemaVersion: 2, mediaType: mediaTypes.manifest, config, layers: [layer] };
  return putJson(layout, mediaTypes.manifest, manifest);
}

function push(layout: string, tag: string, to: string): void {
  const args = ["copy", "--all", "--preserve-digests", "--dest-tls-verify=false"];
  const { status, stderr } = spawnSync("skopeo", [...args, `oci:${layout}:${tag}`, `docker://${registry}/${to}`], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
}
