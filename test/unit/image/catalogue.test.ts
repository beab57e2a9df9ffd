import { createHash } from "node:crypto";
import { link, mkdir, mkdtemp, readFile, readdir, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { packTar, unpackTar } from "modern-tar";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { blobPath, mediaTypes, putBlob, putJson, type Descriptor } from "../../../src/image/catalogue/blobs.ts";
import { tagsOf, upstreamVersion } from "../../../src/image/catalogue/image.ts";
import { archiveTree, putLayer } from "../../../src/image/catalogue/layer.ts";
import { readIndex, writeIndex } from "../../../src/image/catalogue/layout.ts";
import { isPublished, publishCatalogue, publishedKey } from "../../../src/image/catalogue/publish.ts";
import { recipes } from "../../../src/image/catalogue/recipes.ts";
import { parseHubReference } from "../../../src/image/catalogue/reference.ts";
import { importSaved } from "../../../src/image/catalogue/saved-images.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-catalogue-"));
});
afterEach(() => rm(folder, { recursive: true }));

const when = new Date("2026-01-02T03:04:05Z");

describe("a layer", () => {
  async function makeTree(name: string): Promise<string> {
    const tree = join(folder, name);
    await mkdir(join(tree, "usr/bin"), { recursive: true });
    await writeFile(join(tree, "usr/bin/perl"), "#!perl", { mode: 0o755 });
    await link(join(tree, "usr/bin/perl"), join(tree, "usr/bin/a-perl"));
    await symlink("usr/bin", join(tree, "bin"));
    await utimes(join(tree, "usr/bin/perl"), when, when);
    return tree;
  }

  it("has every entry of the tree as root's, and the files of its own", async () => {
    const files = {
      "etc/passwd": { text: "root\n" },
      data: { folder: true, mode: 0o700, owner: { uid: 9, gid: 8 } },
      sh: { link: "bin/sh" },
    } as const;
    const entries = await unpackTar(await archiveTree(await makeTree("tree"), files, when));
    const of = (name: string) => entries.find(({ header }) => header.name.replace(/\/$/, "") === name);
    expect(of("usr/bin/perl")?.header ?? of("usr/bin/a-perl")?.header).toMatchObject({ uid: 0, gid: 0, mode: 0o755 });
    const link = entries.findIndex(({ header }) => header.type === "link");
    const before = entries.slice(0, link).map(({ header }) => header.name);
    expect(before).toContain(entries[link]?.header.linkname);
    expect(of("bin")?.header).toMatchObject({ type: "symlink", linkname: "usr/bin" });
    expect(of("data")?.header).toMatchObject({ type: "directory", mode: 0o700, uid: 9, gid: 8 });
    expect(of("sh")?.header).toMatchObject({ type: "symlink", linkname: "bin/sh" });
    expect(Buffer.from(of("etc/passwd")?.data ?? []).toString()).toBe("root\n");
  });

  it("has the same digest wherever it is built", async () => {
    const files = { "etc/hostname": { text: "x\n" } };
    const [a, b] = await Promise.all(
      ["one", "two"].map(async (name) => putLayer(folder, await archiveTree(await makeTree(name), files, when))),
    );
    expect(a).toEqual(b);
  });

  it("is kept compressed under its digest, with the digest of what is in it", async () => {
    const archive = await archiveTree(await makeTree("tree"), {}, when);
    const { descriptor, diffId } = await putLayer(folder, archive);
    const kept = await readFile(blobPath(folder, descriptor.digest));
    expect(kept.length).toBe(descriptor.size);
    expect(hash(kept)).toBe(descriptor.digest);
    expect(hash(gunzipSync(kept))).toBe(diffId);
  });
});

test("a Debian version is shortened to its upstream's, and gives its tags", () => {
  expect(upstreamVersion("1.26.3-3+deb13u10")).toBe("1.26.3");
  expect(upstreamVersion("5:8.0.2-3+deb13u3")).toBe("8.0.2");
  expect(upstreamVersion("2.8.3+ds1-1.2+b8")).toBe("2.8.3");
  expect(tagsOf("1.26.3")).toEqual(["latest", "1", "1.26", "1.26.3"]);
});

test("every recipe says what it is not, and stands on one that comes before it", () => {
  recipes.forEach(({ name, description, from }, n) => {
    expect(description, name).toMatch(/\bNot\b|no official image/);
    if (from !== undefined) expect(recipes.slice(0, n).map((recipe) => recipe.name)).toContain(from);
  });
});

describe("publishing", () => {
  async function makeImage(layout: string, tag: string, words: string): Promise<Descriptor> {
    const config = await putJson(layout, mediaTypes.config, { words });
    const layer = await putBlob(layout, mediaTypes.layer, Buffer.from(words));
    const manifest = await putJson(layout, mediaTypes.manifest, { config, layers: [layer] });
    await writeIndex(layout, [...(await readIndex(layout)), { name: `docker.io/library/${tag}`, manifest }]);
    return manifest;
  }

  it("puts layouts together, and an operator's tag goes before a built one", async () => {
    const [built, added, out] = ["built", "added", "out"].map((name) => join(folder, name)) as [string, string, string];
    await makeImage(built, "nginx:1", "ours");
    const debian = await makeImage(built, "debian:13", "debian");
    const real = await makeImage(added, "nginx:1", "the real one");
    await publishCatalogue([built, added], out, "k");
    const index = await readIndex(out);
    expect(index).toEqual([
      { name: "docker.io/library/debian:13", manifest: debian },
      { name: "docker.io/library/nginx:1", manifest: real },
    ]);
    expect(await readFile(blobPath(out, real.digest))).toEqual(await readFile(blobPath(added, real.digest)));
    expect(await isPublished(out, "k")).toBe(true);
  });

  it("is out of date once something was added", async () => {
    const added = join(folder, "added");
    const before = await publishedKey("k", added);
    await makeImage(added, "alpine:3", "alpine");
    expect(await publishedKey("k", added)).not.toBe(before);
  });

  it("tells of a blob that is missing before anybody pulls it", async () => {
    const built = join(folder, "built");
    const manifest = await makeImage(built, "nginx:1", "ours");
    await rm(blobPath(built, manifest.digest));
    await expect(publishCatalogue([built], join(folder, "out"), "k")).rejects.toThrow(manifest.digest);
  });
});

describe("what docker save wrote", () => {
  const json = (value: unknown) => Buffer.from(JSON.stringify(value));
  const layer = Buffer.from("a layer");
  const config = json({ rootfs: { diff_ids: [hash(layer)] } });
  const manifest = json({ config: { digest: hash(config) }, layers: [{ digest: hash(layer) }] });

  function save(blobs: readonly Buffer[]): Promise<Uint8Array> {
    const annotations = { "io.containerd.image.name": "docker.io/library/busybox:latest" };
    const index = json({ manifests: [{ digest: hash(manifest), annotations }] });
    const files = blobs.map((body) => ({ name: `blobs/sha256/${hash(body).slice(7)}`, body }));
    return packTar(
      [{ name: "index.json", body: index }, ...files].map(({ name, body }) => ({
        header: { name, size: body.length, type: "file" as const },
        body,
      })),
    );
  }

  it("keeps the image's ID, and compresses its layers", async () => {
    const [image] = await importSaved(await save([layer, config, manifest]), folder);
    expect(image?.name).toBe("docker.io/library/busybox:latest");
    const kept = JSON.parse(await readFile(blobPath(folder, image?.manifest.digest ?? ""), "utf8")) as {
      config: Descriptor;
      layers: Descriptor[];
    };
    expect(kept.config.digest).toBe(hash(config));
    expect(gunzipSync(await readFile(blobPath(folder, kept.layers[0]?.digest ?? ""))).toString()).toBe("a layer");
  });

  it("is refused when something of it is missing", async () => {
    await expect(importSaved(await save([config, manifest]), folder)).rejects.toThrow(/is missing in what docker save/);
    expect(await readdir(join(folder, "blobs/sha256"))).not.toContain(hash(layer).slice(7));
  });
});

describe("a reference", () => {
  it.each([
    ["nginx", "docker.io/library/nginx:latest"],
    ["alpine:3", "docker.io/library/alpine:3"],
    ["grafana/loki:3", "docker.io/grafana/loki:3"],
    ["docker.io/library/debian:13", "docker.io/library/debian:13"],
  ])("%s is %s", (text, name) => {
    expect(parseHubReference(text).name).toBe(name);
  });

  it.each(["ghcr.io/a/b:1", "localhost/a", "localhost:5000/a:1", "Nginx", "a@sha256:00", "../x", ""])(
    "%s is refused",
    (text) => {
      expect(() => parseHubReference(text)).toThrow(/no image of Docker Hub/);
    },
  );
});

function hash(bytes: Uint8Array): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
