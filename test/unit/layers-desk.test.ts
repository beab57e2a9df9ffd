import { expect, test } from "vitest";
import { EngineError } from "../../src/engine/error.ts";
import type { Engine } from "../../src/engine/engine.ts";
import type { Machine } from "../../src/machine/contract.ts";
import { LayersDesk, type LayersDeskOptions } from "../../src/sandbox/layers/layers-desk.ts";
import { LayersMemory } from "../../src/sandbox/layers/layers-memory.ts";

test("layers of images are read once, and two wishes at once become one more look", async () => {
  const { desk, asked } = deskOf({ one: ["/a/diff"], two: ["/a/diff", "/b/diff"] });
  await Promise.all([desk.look(), desk.look(), desk.look()]);
  desk.choose("two");
  await desk.look();
  expect(asked.folders).toEqual([["/a/diff"], ["/b/diff"]]);
  expect(desk.view.value?.contents?.map(({ changes }) => changes.length)).toEqual([1, 1]);
});

test("when what was looked at is gone, another is shown from its top", async () => {
  const images: Images = { one: ["/a/diff"], two: ["/a/diff", "/b/diff"] };
  const { desk } = deskOf(images);
  await desk.look();
  desk.choose("two");
  await desk.look();
  expect(desk.layer.value).toBe(1);
  delete images.two;
  await desk.look();
  expect(desk.chosen.of.value).toBe("one");
  expect(desk.layer.value).toBe(0);
});

test("an image that is built anew under its name stays the one that is shown", async () => {
  const images: Images = { other: ["/o/diff"], old: ["/a/diff"] };
  const names: Record<string, string[]> = { old: ["ship:1"] };
  const { desk } = deskOf(images, { names });
  await desk.look();
  desk.choose("old");
  await desk.look();
  images.fresh = ["/a/diff", "/b/diff"];
  names.old = [];
  names.fresh = ["ship:1"];
  await desk.look();
  expect(desk.view.value?.subject).toEqual({ kind: "image", id: "fresh", names: ["ship:1"] });
  expect(desk.layer.value).toBe(1);
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

test("what a link asks for is shown by its name, without its tag or by its id", async () => {
  const images: Images = { one: ["/a/diff"], two: ["/b/diff"], "sha256:0123456789abcdef": ["/c/diff"] };
  const { desk } = deskOf(images, { names: { two: ["hello:latest"] } });
  await desk.lookFor({ of: "hello" });
  expect(desk.view.value?.subject.id).toBe("two");
  await desk.lookFor({ of: "0123456789ab" });
  expect(desk.view.value?.subject.id).toBe("sha256:0123456789abcdef");
  await desk.lookFor({});
  expect(desk.view.value?.subject.id).toBe("sha256:0123456789abcdef");
  expect(desk.missing.value).toEqual([]);
});

test("what a link asks for in vain is said, and shown as soon as it is there", async () => {
  const images: Images = { one: ["/a/diff"] };
  const { desk } = deskOf(images);
  await desk.lookFor({ of: "two", with: "three" });
  expect(desk.missing.value).toEqual(["two", "three"]);
  expect(desk.view.value?.subject.id).toBe("one");
  images.two = ["/a/diff", "/b/diff"];
  images.three = ["/a/diff"];
  await desk.look();
  expect(desk.missing.value).toEqual([]);
  expect(desk.view.value?.subject.id).toBe("two");
  expect(desk.otherView.value?.subject.id).toBe("three");
});

test("whoever chooses another misses nothing any more", async () => {
  const { desk } = deskOf({ one: ["/a/diff"], two: ["/b/diff"] });
  await desk.lookFor({ of: "three" });
  desk.choose("two");
  await desk.look();
  expect(desk.missing.value).toEqual([]);
  expect(desk.view.value?.subject.id).toBe("two");
});

test("a figure shows what it is a figure of or nothing, and opens a layer when it is chosen", async () => {
  const images: Images = { one: ["/a/diff"] };
  const { desk } = deskOf(images, { place: "figure" });
  await desk.lookFor({ of: "two" });
  expect(desk.view.value).toBeUndefined();
  images.two = ["/a/diff", "/b/diff"];
  await desk.look();
  expect(desk.view.value?.subject.id).toBe("two");
  expect(desk.content.value).toBeUndefined();
  desk.showLayer(1);
  expect(desk.content.value?.changes).toHaveLength(1);
  desk.showLayer(1);
  expect(desk.content.value).toBeUndefined();
  delete images.two;
  await desk.look();
  expect(desk.view.value).toBeUndefined();
  expect(desk.missing.value).toEqual(["two"]);
});

test("of two beside each other, files are read on the side that is chosen, and the second can be taken away", async () => {
  const { desk } = deskOf({ one: ["/a/diff"], two: ["/a/diff", "/b/diff"] });
  await desk.lookFor({ of: "one", with: "two" });
  expect(desk.comparison.value?.alone).toMatchObject({ of: [], with: [{ number: 1 }] });
  expect(desk.comparison.value?.bytes).toEqual({ shared: 3, alone: { of: 0, with: 3 } });
  desk.showLayer(1, "with");
  expect(desk.content.value?.changes.map(({ path }) => path)).toEqual(["b"]);
  desk.choose(undefined, "with");
  await desk.look();
  expect(desk.comparison.value).toBeUndefined();
  expect(desk.layer.value).toBe(0);
});

test("nothing is compared with itself", async () => {
  const { desk } = deskOf({ one: ["/a/diff"], two: ["/b/diff"] });
  await desk.lookFor({ of: "one", with: "two" });
  desk.choose("two");
  await desk.look();
  expect(desk.chosen.with.value).toBeUndefined();
  expect(desk.comparison.value).toBeUndefined();
});

test("of a hundred images with a hundred containers each is asked about once, however often it is looked", async () => {
  const images = Object.fromEntries(
    Array.from({ length: 100 }, (_, n) => [`image-${n}`, ["/base/diff", `/${n}/diff`]]),
  );
  const containers = Object.fromEntries(Object.keys(images).map((image, n) => [`container-${n}`, image]));
  const { desk, asked } = deskOf(images, { containers });
  await desk.look();
  expect(desk.subjects.value).toHaveLength(200);
  expect(asked.inspected).toHaveLength(100);
  expect(desk.view.value?.stack.rows.map((row) => row.kind === "layer" && row.sharedWith.length)).toEqual([0, 99]);
  asked.inspected.length = 0;
  await desk.look();
  await desk.look();
  // Where its layers lie may have changed, of the one that is shown.
  expect(asked.inspected).toEqual(["image-0", "image-0"]);
});

test("while nobody writes in a container, reading it again changes nothing; what is written is shown", async () => {
  const { desk, asked, write } = deskOf({ one: ["/a/diff"] }, { containers: { crew: "one" } });
  await desk.look();
  desk.choose("crew");
  await desk.look();
  expect(desk.isLive.value).toBe(true);
  const before = desk.view.value;
  asked.folders.length = asked.inspected.length = 0;
  await desk.readAgain();
  expect(desk.view.value).toBe(before);
  write("log");
  await desk.readAgain();
  expect(desk.view.value?.contents?.[1]?.changes.map(({ path }) => path)).toEqual(["crew", "log"]);
  expect(asked).toEqual({ folders: [["/crew/diff"], ["/crew/diff"]], inspected: [] });
});

test("what goes while it is looked at is no failure", async () => {
  const { desk, lose } = deskOf({ one: ["/a/diff"], two: ["/b/diff"] });
  lose("one");
  await desk.look();
  expect(desk.problem.value).toBeUndefined();
});

test("layers that came since the page looked are new, the others were there", async () => {
  const images: Images = { one: ["/a/diff"] };
  const { desk } = deskOf(images);
  await desk.look();
  images.two = ["/a/diff", "/b/diff"];
  await desk.look();
  desk.choose("two");
  await desk.look();
  expect(desk.view.value?.ages).toEqual([{ kind: "there" }, { kind: "new", since: now }]);
});

type Images = Record<string, string[]>;

interface Around {
  readonly names?: Readonly<Record<string, string[]>>;
  /** Each with its image; their writable layers are `/name/diff`. */
  readonly containers?: Readonly<Record<string, string>>;
  readonly place?: LayersDeskOptions["place"];
}

const now = new Date(2026, 10, 27, 12, 3);

/** An engine with these images, whose layers are in these folders and hold a file each. */
function deskOf(images: Images, { names = {}, containers = {}, place = "panel" }: Around = {}) {
  const asked = { folders: [] as string[][], inspected: [] as string[] };
  const written: string[] = [];
  let failure: string | undefined;
  let lost: string | undefined;
  const run: Machine["run"] = (argv) => {
    if (failure !== undefined) return Promise.reject(new Error(failure));
    const folders = argv.slice(4);
    asked.folders.push([...folders]);
    const line = (n: number, path: string) => `${n}\tf\t644\t3\t${path}\0`;
    const stdout = folders.map((folder, n) => {
      const own = folder.split("/")[1] ?? "";
      return [own, ...(own in containers ? written : [])].map((path) => line(n, path)).join("");
    });
    return Promise.resolve({ exitCode: 0, stdout: stdout.join(""), stderr: "" });
  };
  const driver = (folders: readonly string[]) => {
    const [UpperDir, ...lower] = [...folders].reverse();
    return UpperDir && { GraphDriver: { Name: "overlay2", Data: { UpperDir, LowerDir: lower.join(":") } } };
  };
  const inspect = (id: string) => {
    asked.inspected.push(id);
    if (id === lost) return Promise.reject(new EngineError("not-found", "It is gone.", { hint: "" }));
    const layers = images[id] ?? [];
    return Promise.resolve({ RootFS: { Type: "layers", Layers: layers }, Size: 10, Id: id, ...driver(layers) });
  };
  const engine = {
    images: {
      list: () =>
        Promise.resolve(
          Object.keys(images).map((Id) => ({ Id, RepoTags: names[Id] ?? [Id], RepoDigests: [], Created: 1 })),
        ),
      inspect,
      history: () => Promise.resolve([]),
    },
    containers: {
      list: () => Promise.resolve(Object.keys(containers).map((name) => ({ Id: name, Names: [`/${name}`] }))),
      inspect: (name: string) => {
        const Image = containers[name] ?? "";
        const folders = [...(images[Image] ?? []), `/${name}-init/diff`, `/${name}/diff`];
        return Promise.resolve({ Id: name, Image, State: { Running: true }, ...driver(folders) });
      },
    },
  } as unknown as Pick<Engine, "images" | "containers">;
  const desk = new LayersDesk({ engine, machine: { run }, memory: new LayersMemory(), now: () => now, place });
  return {
    desk,
    asked,
    fail: (words: string) => (failure = words),
    lose: (id: string) => (lost = id),
    write: (path: string) => written.push(path),
  };
}
