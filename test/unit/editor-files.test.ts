import { beforeEach, describe, expect, it } from "vitest";
import { EditorFiles } from "../../src/sandbox/editor/editor-files.ts";
import { settle } from "./checks-fakes.ts";
import { FakeWorkspace } from "./sandbox-fakes.ts";

let workspace: FakeWorkspace;
let shown: string[];
let files: EditorFiles;

beforeEach(() => {
  workspace = new FakeWorkspace();
  shown = [];
  files = new EditorFiles(workspace, {
    show: (path, text) => shown.push(`${path}: ${text}`),
    forget: (path) => shown.push(`${path} forgotten`),
    replace: (path, text) => shown.push(`${path} becomes: ${text}`),
    focus: () => undefined,
  });
});

describe("closing the file in the editor", () => {
  it("saves what was typed", async () => {
    workspace.save("app.py", "old");
    await files.show("app.py");
    files.edit("app.py", "new");
    await files.close();
    expect(workspace.text()).toEqual({ "app.py": "new" });
    expect(files.open.value).toBeUndefined();
    expect(shown.at(-1)).toBe("app.py forgotten");
  });

  it("keeps both sides of a file that was changed in the terminal meanwhile", async () => {
    workspace.save("app.py", "old");
    await files.show("app.py");
    files.edit("app.py", "mine");
    workspace.save("app.py", "theirs");
    await settle();
    await files.close();
    expect(workspace.text()).toEqual({ "app.py": "theirs", "app.py.mine": "mine" });
  });

  it("writes over nothing when it keeps both sides", async () => {
    workspace.save("app.py", "old");
    workspace.save("app.py.mine", "of an earlier time");
    await files.show("app.py");
    files.edit("app.py", "mine");
    workspace.save("app.py", "theirs");
    await settle();
    await files.close();
    expect(workspace.text()).toEqual({
      "app.py": "theirs",
      "app.py.mine": "of an earlier time",
      "app.py.mine-2": "mine",
    });
  });

  it("does not bring back a file that was removed in the terminal", async () => {
    workspace.save("app.py", "old");
    await files.show("app.py");
    await workspace.remove("app.py");
    await settle();
    await files.close();
    expect(workspace.text()).toEqual({});
  });

  it("puts what was typed beside what has taken the file's place", async () => {
    workspace.save("app.py", "old");
    await files.show("app.py");
    files.edit("app.py", "mine");
    const { write } = workspace;
    workspace.write = (path, ...rest) =>
      path === "app.py" ? Promise.reject(new Error("It is a folder.")) : write.call(workspace, path, ...rest);
    await files.close();
    expect(workspace.text()["app.py.mine"]).toBe("mine");
    expect(files.problem.value).toContain("app.py.mine");
    expect(files.open.value).toBeUndefined();
  });

  it("makes nothing of a file that was never edited, whatever has become of it", async () => {
    workspace.save("app.py", "old");
    await files.show("app.py");
    const { read } = workspace;
    workspace.read = () => Promise.reject(new Error("It is a folder."));
    workspace.save("app.py", "other");
    await settle();
    workspace.read = read;
    await files.close();
    expect(workspace.text()).toEqual({ "app.py": "other" });
  });

  it("leaves it open, and says so, when what was typed can be written nowhere", async () => {
    workspace.save("app.py", "old");
    await files.show("app.py");
    files.edit("app.py", "new");
    workspace.isGone = true;
    await expect(files.close()).rejects.toThrow("shut down");
    expect(files.open.value?.text).toBe("new");
    workspace.isGone = false;
    await files.close();
    expect(workspace.text()).toEqual({ "app.py": "new" });
  });

  it("is nothing to worry about when none is open", async () => {
    await files.close();
    expect(shown).toEqual([]);
  });
});

describe("several files in tabs", () => {
  beforeEach(async () => {
    for (const name of ["a", "b", "c"]) {
      workspace.save(name, `${name}0`);
      await files.show(name);
    }
  });
  const paths = () => files.documents.value.map(({ path }) => path);

  it("opens each once, and shows the last that was asked for", async () => {
    await Promise.all([files.show("a"), files.show("a")]);
    expect(paths()).toEqual(["a", "b", "c"]);
    expect(files.open.value?.path).toBe("a");
    await files.turn(-1);
    expect(files.open.value?.path).toBe("c");
  });

  it("saves what was typed in one that is not shown, and takes up there what the terminal writes", async () => {
    files.edit("a", "a1");
    workspace.save("b", "b1");
    await settle();
    await files.save();
    expect(workspace.text()).toEqual({ a: "a1", b: "b1", c: "c0" });
    expect(shown).toContain("b becomes: b1");
    expect(files.find("b")?.text).toBe("b1");
  });

  it("keeps both sides of one that is not shown until it is told what to do", async () => {
    files.edit("a", "mine");
    workspace.save("a", "theirs");
    await settle();
    await files.save();
    expect(workspace.text()).toEqual({ a: "theirs", b: "b0", c: "c0" });
    expect(files.hasUnsaved.value).toBe(true);
    await files.find("a")?.resolve("both");
    expect(workspace.text()).toEqual({ a: "theirs", "a.mine": "mine", b: "b0", c: "c0" });
    expect(files.find("a")?.text).toBe("theirs");
    expect(files.problem.value).toContain("a.mine");
    expect(files.hasUnsaved.value).toBe(false);
  });

  it("shows the neighbour of one that is closed", async () => {
    await files.show("b");
    await files.close();
    expect(paths()).toEqual(["a", "c"]);
    expect(files.open.value?.path).toBe("c");
    await files.closeTab("c");
    await files.closeTab("a");
    expect(files.open.value).toBeUndefined();
  });

  it("opens again what was open, without what is gone", async () => {
    await files.closeAll();
    await workspace.remove("b");
    await files.restore(["a", "b", "c"], "a");
    expect(paths()).toEqual(["a", "c"]);
    expect(files.open.value?.path).toBe("a");
    expect(files.problem.value).toBeUndefined();
  });
});

describe("moving and deleting", () => {
  it("keeps a moved file open at its place, with what was typed", async () => {
    for (const path of ["app/x", "app/y"]) {
      workspace.save(path, path);
      await files.show(path);
    }
    await files.show("app/x");
    files.edit("app/x", "typed");
    await files.rename("app", "web");
    expect(workspace.text()).toEqual({ "web/x": "typed", "web/y": "app/y" });
    expect(files.documents.value.map(({ path }) => path)).toEqual(["web/x", "web/y"]);
    expect(files.open.value?.path).toBe("web/x");
    expect(files.open.value?.state.value.is).toBe("saved");
  });

  it("does not move a file whose text could not be saved, and says why", async () => {
    workspace.save("a", "old");
    await files.show("a");
    files.edit("a", "mine");
    workspace.save("a", "theirs");
    await settle();
    await files.rename("a", "b");
    expect(workspace.text()).toEqual({ a: "theirs" });
    expect(files.problem.value).toContain("what you typed there is not saved");
    expect(files.find("a")?.text).toBe("mine");
  });

  it("closes what it deletes, and leaves it open when that fails", async () => {
    workspace.save("a", "old");
    await files.show("a");
    files.edit("a", "typed");
    workspace.isGone = true;
    await files.remove("a");
    expect(files.find("a")?.text).toBe("typed");
    expect(files.problem.value).toContain("shut down");
    workspace.isGone = false;
    await files.remove("a");
    expect(files.documents.value).toEqual([]);
    await settle();
    expect(workspace.text()).toEqual({});
  });

  it("opens only what it can write again as it was", async () => {
    await workspace.write("latin", new Uint8Array([0x66, 0xfc, 0x72]));
    await files.show("latin");
    expect(files.documents.value).toEqual([]);
    expect(files.problem.value).toBe("latin is not a text. It can be downloaded.");
  });
});
