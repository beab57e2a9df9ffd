import { expect, test } from "vitest";
import type { Engine } from "../../src/engine/engine.ts";
import type { Machine } from "../../src/machine/contract.ts";
import { LayersDesk } from "../../src/sandbox/layers/layers-desk.ts";

test("layers of images are read once, and two wishes at once become one more look", async () => {
  const { desk, asked } = deskOf({ one: ["/a/diff"], two: ["/a/diff", "/b/diff"] });
  await Promise.all([desk.look(), desk.look(), desk.look()]);
  desk.choose("two");
  await desk.look();
  expect(asked.filter((folders) => folders.length > 0)).toEqual([["/a/diff"], ["/b/diff"]]);
  expect(desk.view.value?.contents?.map(({ changes }) => changes.length)).toEqual([1, 1]);
});

test("when what was looked at is gone, another is shown from its top", async () => {
  const images: Record<string, string[]> = { one: ["/a/diff"], two: ["/a/diff", "/b/diff"] };
  const { desk } = deskOf(images);
  desk.choose("two");
  await desk.look();
  expect(desk.layer.value).toBe(1);
  delete images.two;
  await desk.look();
  expect(desk.chosen.value).toBe("one");
  expect(desk.layer.value).toBe(0);
});

test("an engine that keeps its layers in another way has a stack without files", async () => {
  const { desk } = deskOf({ one: [] });
  await desk.look();
  expect(desk.view.value).toMatchObject({ folders: [], stack: { size: 10 } });
  expect(desk.view.value?.contents).toBeUndefined();
});

test("what fails is said, for a file beside the file", async () => {
  const { desk, fail } = deskOf({ one: ["/a/diff"] });
  await desk.look();
  fail("The machine is silent.");
  await desk.open("f");
  expect(desk.file.value).toEqual({ path: "f", note: "The machine is silent." });
  const { desk: another, fail: failToo } = deskOf({ one: ["/a/diff"] });
  failToo("The machine is silent.");
  await another.look();
  expect(another.problem.value).toBe("The machine is silent.");
});

/** An engine with these images, whose layers are in these folders and hold a file each. */
function deskOf(images: Record<string, string[]>) {
  const asked: string[][] = [];
  let failure: string | undefined;
  const run: Machine["run"] = (argv) => {
    if (failure !== undefined) return Promise.reject(new Error(failure));
    const folders = argv.slice(4);
    asked.push([...folders]);
    const stdout = folders.map((folder, n) => `${n}\tf\t644\t3\t${folder.slice(1, 2)}\0`).join("");
    return Promise.resolve({ exitCode: 0, stdout, stderr: "" });
  };
  const inspect = (id: string) => {
    const [UpperDir, ...lower] = [...(images[id] ?? [])].reverse();
    const GraphDriver = { Name: "overlay2", Data: { UpperDir, LowerDir: lower.join(":") } };
    const layers = { RootFS: { Type: "layers", Layers: images[id] ?? [] }, Size: 10, RepoTags: [id], Id: id };
    return Promise.resolve(UpperDir === undefined ? layers : { ...layers, GraphDriver });
  };
  const engine = {
    images: {
      list: () => Promise.resolve(Object.keys(images).map((Id) => ({ Id, RepoTags: [Id] }))),
      inspect,
      history: () => Promise.resolve([]),
    },
    containers: { list: () => Promise.resolve([]) },
  } as unknown as Pick<Engine, "images" | "containers">;
  return { desk: new LayersDesk(engine, { run }), asked, fail: (words: string) => (failure = words) };
}
