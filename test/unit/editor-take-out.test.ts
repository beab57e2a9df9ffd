import { unpackTar } from "modern-tar";
import { expect, test } from "vitest";
import { takeOut } from "../../src/sandbox/editor/take-out.ts";
import { FakeWorkspace } from "./sandbox-fakes.ts";

const now = new Date("2026-01-02T03:04:05Z");

async function unpack(file: File) {
  const bytes = await new Response(file.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  const entries = await unpackTar(new Uint8Array(bytes));
  return entries.map(({ header: { name, type, mode, linkname }, data }) => ({
    name,
    type,
    mode,
    ...(type === "symlink" && { linkname }),
    ...(type === "file" && { text: new TextDecoder().decode(data) }),
  }));
}

test("a file is taken as it is", async () => {
  const workspace = new FakeWorkspace();
  workspace.save("app/run.sh", "echo hi");
  const file = await takeOut(workspace, { path: "app/run.sh", kind: "file" }, now);
  expect([file.name, await file.text()]).toEqual(["run.sh", "echo hi"]);
});

test("a folder is taken as an archive with its modes and links, and nothing from beside it", async () => {
  const workspace = new FakeWorkspace();
  workspace.save("app/bin/run.sh", "echo hi", 0o755);
  workspace.save("other", "no");
  await workspace.makeFolder("app/empty");
  await workspace.makeLink("app/latest", "bin/run.sh");
  const file = await takeOut(workspace, { path: "app", kind: "folder" }, now);
  expect(file.name).toBe("app.tar.gz");
  expect(await unpack(file)).toMatchObject([
    { name: "app/bin/", type: "directory" },
    { name: "app/empty/", type: "directory" },
    { name: "app/bin/run.sh", mode: 0o755, text: "echo hi" },
    { name: "app/latest", linkname: "bin/run.sh" },
  ]);
});

test("all of the workspace is an archive of its own name", async () => {
  const workspace = new FakeWorkspace();
  workspace.save("a", "1");
  const file = await takeOut(workspace, { path: "", kind: "folder" }, now);
  expect(file.name).toBe("workspace.tar.gz");
  expect((await unpack(file)).map(({ name }) => name)).toEqual(["workspace/a"]);
});
