import { beforeEach, describe, expect, it } from "vitest";
import { EditorFiles } from "../../src/sandbox/editor-files.ts";
import { settle } from "./checks-fakes.ts";
import { FakeWorkspace } from "./sandbox-fakes.ts";

let workspace: FakeWorkspace;
let shown: string[];
let files: EditorFiles;

beforeEach(() => {
  workspace = new FakeWorkspace();
  shown = [];
  files = new EditorFiles(workspace, {
    mount: () => undefined,
    show: (path, text) => shown.push(`${path}: ${text}`),
    forget: (path) => shown.push(`${path} forgotten`),
    focus: () => undefined,
    [Symbol.dispose]: () => undefined,
  });
});

describe("closing the file in the editor", () => {
  it("saves what was typed", async () => {
    workspace.save("app.py", "old");
    await files.show("app.py");
    files.edit("new");
    await files.close();
    expect(workspace.text()).toEqual({ "app.py": "new" });
    expect(files.open.value).toBeUndefined();
    expect(shown.at(-1)).toBe("app.py forgotten");
  });

  it("keeps both sides of a file that was changed in the terminal meanwhile", async () => {
    workspace.save("app.py", "old");
    await files.show("app.py");
    files.edit("mine");
    workspace.save("app.py", "theirs");
    await settle();
    await files.close();
    expect(workspace.text()).toEqual({ "app.py": "theirs", "app.py.mine": "mine" });
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
    files.edit("mine");
    const { write } = workspace;
    workspace.write = (path, ...rest) =>
      path === "app.py" ? Promise.reject(new Error("It is a folder.")) : write.call(workspace, path, ...rest);
    await files.close();
    expect(workspace.text()["app.py.mine"]).toBe("mine");
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
    files.edit("new");
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
