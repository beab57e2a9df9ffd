// Over 250 lines because it follows one keeper through every order of saves, changes of lesson and failures.
import { beforeEach, describe, expect, it } from "vitest";
import type { Lesson, Step } from "../../src/lessons/model.ts";
import { WorkspaceKeeper } from "../../src/sandbox/workspace-keeper.ts";
import { FakeClock, settle } from "./checks-fakes.ts";
import { FakeKept, FakeWorkspace, lessonFile } from "./sandbox-fakes.ts";

const step = (id: string, files: Step["files"] = []): Step => ({
  id,
  title: id,
  files,
  checks: [],
  hints: 0,
  solution: [],
  wrong: [],
});

const look = step("look");
const change = step("change", [
  lessonFile("app.py", "print(2)"),
  lessonFile("run.sh", "./app.py", { executable: true }),
]);
const finish = step("finish", [lessonFile("app.py", "print(3)")]);

const lesson: Lesson = {
  id: "c/a",
  title: "A",
  machine: { terminals: 1, images: [], features: [] },
  start: null,
  files: [lessonFile("app.py", "print(1)"), lessonFile("data/logo.png", "iVBORw==", { encoding: "base64" })],
  steps: [look, change, finish],
};

let workspace: FakeWorkspace;
let kept: FakeKept;
let clock: FakeClock;
let keeper: WorkspaceKeeper;
let notKept: (string | undefined)[];
let replaced: number;

beforeEach(async () => {
  kept = new FakeKept();
  await begin();
});

/** As a new visit with a fresh machine. */
async function begin() {
  clock = new FakeClock();
  workspace = new FakeWorkspace((tell) => clock.after(50, tell));
  notKept = [];
  replaced = 0;
  keeper = new WorkspaceKeeper({
    kept,
    clock,
    now: () => new Date("2026-05-01"),
    onNotKept: (words) => notKept.push(words),
    onReplaced: () => replaced++,
  });
  await keeper.connect(workspace);
}

const enter = () => keeper.enter(lesson.id, lesson.files);

describe("a lesson's workspace", () => {
  it("begins with the lesson's files", async () => {
    expect(await enter()).toBe("fresh");
    expect(workspace.text()["app.py"]).toBe("print(1)");
    expect([...(workspace.files.get("data/logo.png")?.content ?? [])]).toEqual([0x89, 0x50, 0x4e, 0x47]);
  });

  it("is kept a moment after each change, and no later than five seconds after the first", async () => {
    await enter();
    await clock.pass(1000);
    workspace.save("mine.txt", "one");
    await clock.pass(700);
    expect(kept.text("c/a")?.["mine.txt"]).toBeUndefined();
    await clock.pass(200);
    expect(kept.text("c/a")?.["mine.txt"]).toBe("one");
    for (let n = 0; n < 12; n++) {
      workspace.save("mine.txt", `busy ${n}`);
      await clock.pass(500);
    }
    expect(kept.text("c/a")?.["mine.txt"]).toMatch(/^busy/);
  });

  it("comes back on the next visit, with modes and empty folders, and without what was removed", async () => {
    await enter();
    workspace.save("bin/tool", "#!/bin/sh", 0o755);
    await workspace.makeFolder("empty");
    await workspace.remove("app.py");
    await keeper.flush();
    await begin();
    expect(await enter()).toBe("kept");
    expect(Object.keys(workspace.text()).sort()).toEqual(["bin/tool", "data/logo.png"]);
    expect(workspace.files.get("bin/tool")?.mode).toBe(0o755);
    expect(workspace.folders.has("empty")).toBe(true);
  });

  it("makes room for another lesson's, and comes back after it", async () => {
    await enter();
    workspace.save("mine.txt", "mine");
    expect(await keeper.enter("c/b", [lessonFile("b.txt", "b")])).toBe("fresh");
    expect(workspace.text()).toEqual({ "b.txt": "b" });
    await enter();
    expect(workspace.text()["mine.txt"]).toBe("mine");
    expect(workspace.text()["b.txt"]).toBeUndefined();
  });

  it("stays in place when the same lesson is entered again", async () => {
    await enter();
    workspace.save("mine.txt", "not kept yet");
    workspace.written.length = 0;
    expect(await enter()).toBe("kept");
    expect(workspace.written).toEqual([]);
  });

  it("is kept as it is now, though its change has not been told of yet", async () => {
    await enter();
    await clock.pass(1000);
    workspace.save("app.py", "print(9)");
    await keeper.flush();
    expect(kept.text("c/a")?.["app.py"]).toBe("print(9)");
    workspace.save("app.py", "print(8)");
    await keeper.enter("c/b", []);
    await enter();
    expect(workspace.text()["app.py"]).toBe("print(8)");
  });

  it("is kept with a mode that was changed, of which nothing tells", async () => {
    await enter();
    await clock.pass(1000);
    const file = workspace.files.get("app.py");
    if (file !== undefined) file.mode = 0o755;
    await keeper.flush();
    expect(kept.workspaces.get("c/a")?.files.find(({ path }) => path === "app.py")?.mode).toBe(0o755);
  });

  it("is not kept again as long as nothing is different", async () => {
    await enter();
    await clock.pass(1000);
    const { saves } = kept;
    await keeper.flush();
    workspace.save("app.py", "print(1)");
    await clock.pass(1000);
    expect(kept.saves).toBe(saves);
  });

  it("is not lost when another lesson's cannot take its place at first", async () => {
    await enter();
    await clock.pass(1000);
    workspace.save("app.py", "print(9)");
    workspace.isGone = true;
    await expect(keeper.enter("c/b", [])).rejects.toThrow("shut down");
    workspace.isGone = false;
    await keeper.enter("c/b", []);
    expect(kept.text("c/a")?.["app.py"]).toBe("print(9)");
  });

  it("holds a reset up for a while only when the machine does not answer", async () => {
    await enter();
    workspace.isSilent = true;
    let isReset = false;
    const reset = keeper.hold(() => {
      isReset = true;
      return Promise.resolve();
    });
    await clock.pass(9000);
    expect(isReset).toBe(false);
    await clock.pass(2000);
    await reset;
    expect(isReset).toBe(true);
    const entering = keeper.enter("c/b", []);
    const refused = expect(entering).rejects.toMatchObject({ code: "unresponsive", hint: /start it anew/ });
    await clock.pass(30_000);
    await refused;
  });

  it.each<[string, () => Promise<unknown>]>([
    ["is reset", () => keeper.resetStep(lesson, look)],
    ["begins", () => keeper.beginStep(lesson, change)],
    ["has a file of it written", () => keeper.write(change.files)],
    ["has a file of it looked at", () => keeper.read("app.py")],
    ["begins with other files", () => keeper.replaceAll(lesson, [])],
  ])("is not waited for without end when a step %s on a machine that does not answer", async (_, act) => {
    await enter();
    await keeper.beginStep(lesson, look);
    workspace.isSilent = true;
    const refused = expect(act()).rejects.toMatchObject({ code: "unresponsive" });
    await clock.pass(11_000);
    await refused;
  });

  it("comes back with its links, wherever they lead", async () => {
    await enter();
    workspace.save("releases/2/app", "two");
    await workspace.makeLink("current", "releases/2");
    await workspace.makeLink("bin/sh", "/bin/sh");
    await keeper.enter("c/b", []);
    expect([...workspace.links]).toEqual([]);
    await enter();
    expect(Object.fromEntries(workspace.links)).toEqual({ current: "releases/2", "bin/sh": "/bin/sh" });
    await begin();
    await enter();
    expect(Object.fromEntries(workspace.links)).toEqual({ current: "releases/2", "bin/sh": "/bin/sh" });
    workspace.links.set("current", "releases/3");
    workspace.links.delete("bin/sh");
    await keeper.enter("c/b", []);
    await enter();
    expect(Object.fromEntries(workspace.links)).toEqual({ current: "releases/3" });
  });

  it("has no file written through a link that lies in its way", async () => {
    await enter();
    workspace.save("site/page", "mine");
    await keeper.flush();
    await begin();
    await workspace.makeLink("site", "elsewhere");
    await enter();
    expect([...workspace.links]).toEqual([]);
    expect(workspace.text()["site/page"]).toBe("mine");
  });

  it("is not kept from a machine that is gone, and what is kept stays", async () => {
    await enter();
    workspace.save("mine.txt", "mine");
    await keeper.flush();
    workspace.save("mine.txt", "lost");
    workspace.isGone = true;
    await keeper.flush();
    expect(kept.text("c/a")?.["mine.txt"]).toBe("mine");
    workspace.isGone = false;
    await clock.pass(6000);
    expect(kept.text("c/a")?.["mine.txt"]).toBe("lost");
  });

  it("is not kept while the machine is reset", async () => {
    await enter();
    await keeper.flush();
    const { promise, resolve } = Promise.withResolvers<void>();
    const reset = keeper.hold(async () => {
      for (const path of ["app.py", "data"]) await workspace.remove(path);
      await promise;
      workspace.save("app.py", "print(1)");
    });
    await clock.pass(10_000);
    expect(kept.text("c/a")?.["app.py"]).toBe("print(1)");
    resolve();
    await reset;
    await clock.pass(1000);
    expect(Object.keys(kept.text("c/a") ?? {})).toEqual(["app.py"]);
  });

  it("is begun anew when it is forgotten", async () => {
    await enter();
    await keeper.beginStep(lesson, change);
    workspace.save("mine.txt", "mine");
    await keeper.flush();
    await keeper.forget(lesson.id);
    expect([...kept.workspaces.keys()]).toEqual([]);
    expect(await enter()).toBe("fresh");
    expect(workspace.text()).toEqual({ "app.py": "print(1)", "data/logo.png": expect.any(String) as string });
    await keeper.beginStep(lesson, change);
    expect(workspace.text()["app.py"]).toBe("print(2)");
  });
});

describe("work that is replaced or forgotten elsewhere", () => {
  it("is taken over, and is not overwritten by what lies in the workspace", async () => {
    await enter();
    workspace.save("mine.txt", "mine");
    await keeper.flush();
    expect(replaced).toBe(0);
    const content = new TextEncoder().encode("imported");
    const files = [{ path: "mine.txt", mode: 0o644, content }];
    await kept.saveWorkspace({ lesson: "c/a", savedAt: "2026-06-01T00:00:00.000Z", folders: [], files });
    await keeper.flush();
    expect(replaced).toBe(1);
    await clock.pass(10_000);
    expect(await enter()).toBe("kept");
    expect(workspace.text()).toEqual({ "mine.txt": "imported" });
  });

  it("is begun anew", async () => {
    await enter();
    await keeper.flush();
    await clock.pass(1000);
    await kept.forgetWorkspace("c/a");
    await keeper.flush();
    expect(replaced).toBe(1);
    expect(await enter()).toBe("fresh");
  });

  it("is no concern when it is another lesson's", async () => {
    await enter();
    await clock.pass(1000);
    await kept.saveWorkspace({ lesson: "c/z", savedAt: "2026-06-01T00:00:00.000Z", folders: [], files: [] });
    await keeper.flush();
    expect(replaced).toBe(0);
  });
});

describe("what is too much to be kept", () => {
  it("is said, the rest is kept, and nothing is lost within the visit", async () => {
    await enter();
    await workspace.write("big.bin", new Uint8Array(33 * 2 ** 20));
    workspace.save("small.txt", "small");
    await keeper.flush();
    expect(notKept.at(-1)).toMatch(/^big\.bin \(33 MiB\) is not kept after this visit/);
    expect(Object.keys(kept.text("c/a") ?? {})).toContain("small.txt");
    expect(Object.keys(kept.text("c/a") ?? {})).not.toContain("big.bin");
    await keeper.enter("c/b", []);
    expect(workspace.text()).toEqual({});
    await enter();
    expect(workspace.files.get("big.bin")?.content.byteLength).toBe(33 * 2 ** 20);
    await workspace.remove("big.bin");
    await keeper.flush();
    expect(notKept.at(-1)).toBeUndefined();
  });

  it("is said of files and links without number", async () => {
    await enter();
    for (let n = 0; n < 2100; n++) {
      workspace.save(`many/${n}`, "");
      await workspace.makeLink(`links/${n}`, "target");
    }
    await keeper.flush();
    expect(notKept.at(-1)).toMatch(/and 101 other files are not kept/);
    expect(notKept.at(-1)).toMatch(/links\/2000 and 99 other links are not kept after this visit/);
    expect(Object.keys(kept.text("c/a") ?? {})).toHaveLength(2000);
    expect(kept.workspaces.get("c/a")?.links).toHaveLength(2000);
  });

  it("is everything when the browser has no room, which is said with what to do", async () => {
    await enter();
    await clock.pass(1000);
    kept.problem = Object.assign(new Error("There is no room left."), { hint: "Forget some." });
    workspace.save("mine.txt", "mine");
    await keeper.flush();
    expect(notKept.at(-1)).toBe("Your files are not kept after this visit. There is no room left. Forget some.");
    await keeper.enter("c/b", []);
    await enter();
    expect(workspace.text()["mine.txt"]).toBe("mine");
  });

  it("gives way to what another tab has kept since", async () => {
    await enter();
    await workspace.write("big.bin", new Uint8Array(33 * 2 ** 20));
    workspace.save("mine.txt", "monday");
    await keeper.enter("c/b", []);
    const files = [{ path: "mine.txt", mode: 0o644, content: new TextEncoder().encode("tuesday") }];
    kept.workspaces.set("c/a", { lesson: "c/a", savedAt: "2026-06-01T00:00:00.000Z", folders: [], files });
    await enter();
    expect(workspace.text()).toEqual({ "mine.txt": "tuesday" });
    workspace.save("more.txt", "more");
    await keeper.flush();
    expect(kept.text("c/a")).toEqual({ "mine.txt": "tuesday", "more.txt": "more" });
  });

  it("gives way to what another tab has kept since, also when a later lesson takes it over", async () => {
    await enter();
    await workspace.write("big.bin", new Uint8Array(33 * 2 ** 20));
    await keeper.enter("c/b", []);
    const files = [{ path: "theirs.txt", mode: 0o644, content: new TextEncoder().encode("tuesday") }];
    kept.workspaces.set("c/a", { lesson: "c/a", savedAt: "2026-06-01T00:00:00.000Z", folders: [], files });
    await keeper.adopt({ ...lesson, id: "c/b", files: [] }, "c/a");
    expect(workspace.text()).toEqual({ "theirs.txt": "tuesday" });
  });

  it("does not come back once it was forgotten", async () => {
    await enter();
    await workspace.write("big.bin", new Uint8Array(33 * 2 ** 20));
    await keeper.flush();
    await keeper.connect(undefined);
    kept.workspaces.clear();
    workspace = new FakeWorkspace();
    await keeper.connect(workspace);
    expect(await enter()).toBe("fresh");
    expect(Object.keys(workspace.text())).not.toContain("big.bin");
  });

  it("does not come back after everything was deleted, though nothing of it could be kept", async () => {
    await enter();
    kept.workspaces.clear();
    kept.problem = new Error("There is no room left.");
    workspace.save("mine.txt", "mine");
    await keeper.flush();
    await keeper.connect(undefined);
    kept.problem = undefined;
    await keeper.forgetUnkept();
    expect(notKept.at(-1)).toBeUndefined();
    await keeper.connect(workspace);
    expect(await enter()).toBe("fresh");
    expect(workspace.text()["mine.txt"]).toBeUndefined();
  });

  it("stays within the visit although what is kept beside it cannot be read", async () => {
    await enter();
    await workspace.write("big.bin", new Uint8Array(33 * 2 ** 20));
    await keeper.enter("c/b", []);
    kept.problem = new Error("The storage has failed.");
    expect(await enter()).toBe("kept");
    expect(workspace.files.has("big.bin")).toBe(true);
    kept.problem = undefined;
    await keeper.enter("c/b", []);
    await enter();
    expect(workspace.files.has("big.bin")).toBe(true);
  });

  it("never replaces what is kept but could not be read", async () => {
    await enter();
    await keeper.beginStep(lesson, change);
    workspace.save("mine.txt", "mine");
    await keeper.flush();
    kept.problem = new Error("The storage has failed.");
    await begin();
    await enter();
    expect(notKept.at(-1)).toMatch(/could not be read/);
    await keeper.beginStep(lesson, change);
    expect(workspace.text()["app.py"]).toBe("print(2)");
    kept.problem = undefined;
    workspace.save("other.txt", "other");
    await keeper.flush();
    expect(kept.text("c/a")?.["mine.txt"]).toBe("mine");
  });
});

describe("a step's files", () => {
  beforeEach(enter);

  it("are written when the step is first opened, and not again", async () => {
    expect(await keeper.beginStep(lesson, change)).toEqual([]);
    expect(workspace.text()["app.py"]).toBe("print(2)");
    expect(workspace.files.get("run.sh")?.mode).toBe(0o755);
    workspace.save("app.py", "mine");
    expect(await keeper.beginStep(lesson, change)).toEqual([]);
    expect(workspace.text()["app.py"]).toBe("mine");
  });

  it("are not written again on the next visit", async () => {
    await keeper.beginStep(lesson, change);
    workspace.save("app.py", "mine");
    await keeper.flush();
    await begin();
    await enter();
    expect(await keeper.beginStep(lesson, change)).toEqual([]);
    expect(workspace.text()["app.py"]).toBe("mine");
  });

  it("are not written over work whose beginnings are not kept", async () => {
    await keeper.beginStep(lesson, change);
    await workspace.remove("run.sh");
    workspace.save("app.py", "solved");
    await keeper.flush();
    kept.workspaces.delete("c/a#look");
    kept.workspaces.delete("c/a#change");
    await begin();
    await enter();
    expect(await keeper.beginStep(lesson, change)).toEqual([]);
    expect(workspace.text()).toEqual({ "app.py": "solved", "data/logo.png": expect.any(String) as string });
    expect([...kept.workspaces.keys()].filter((key) => key.includes("#"))).toEqual([]);
    workspace.save("app.py", "print(1)");
    await keeper.beginStep(lesson, finish);
    expect(workspace.text()["app.py"]).toBe("print(3)");
    expect(workspace.text()["run.sh"]).toBeUndefined();

    await keeper.flush();
    await begin();
    await enter();
    expect(await keeper.beginStep(lesson, finish)).toEqual([]);
    expect(workspace.text()["run.sh"]).toBeUndefined();
  });

  it("never replace the learner's own work unasked", async () => {
    workspace.save("app.py", "mine");
    const asking = await keeper.beginStep(lesson, change);
    expect(asking.map(({ path }) => path)).toEqual(["app.py"]);
    expect(workspace.text()["app.py"]).toBe("mine");
    expect(workspace.text()["run.sh"]).toBe("./app.py");
    await keeper.write(asking);
    expect(workspace.text()["app.py"]).toBe("print(2)");
  });

  it("come with those of the steps that were jumped over", async () => {
    expect(await keeper.beginStep(lesson, finish)).toEqual([]);
    expect(workspace.text()["app.py"]).toBe("print(3)");
    expect(workspace.text()["run.sh"]).toBe("./app.py");
    await keeper.beginStep(lesson, change);
    expect(workspace.text()["app.py"]).toBe("print(3)");
  });

  it("are left alone while another lesson's work is there", async () => {
    await keeper.enter("c/b", []);
    expect(await keeper.beginStep(lesson, change)).toEqual([]);
    expect(workspace.text()).toEqual({});
  });
});

describe("the reset of a step", () => {
  beforeEach(enter);

  it("brings back what was there when the step was first opened, its files included", async () => {
    workspace.save("notes.txt", "before");
    workspace.save("app.py", "mine");
    await keeper.beginStep(lesson, change);
    workspace.save("notes.txt", "after");
    workspace.save("more.txt", "more");
    await keeper.resetStep(lesson, change);
    const text = workspace.text();
    expect([text["notes.txt"], text["more.txt"], text["app.py"]]).toEqual(["before", undefined, "print(2)"]);
    expect(kept.text("c/a")?.["notes.txt"]).toBe("before");
  });

  it("lets later steps write their files again", async () => {
    await keeper.beginStep(lesson, change);
    await keeper.beginStep(lesson, finish);
    await keeper.resetStep(lesson, change);
    expect(workspace.text()["app.py"]).toBe("print(2)");
    await keeper.beginStep(lesson, finish);
    expect(workspace.text()["app.py"]).toBe("print(3)");
  });

  it("works without a machine, for the next one", async () => {
    await keeper.beginStep(lesson, change);
    workspace.save("more.txt", "more");
    await keeper.flush();
    await begin();
    await keeper.connect(undefined);
    await keeper.resetStep(lesson, change);
    await keeper.connect(workspace);
    await enter();
    expect(workspace.text()["more.txt"]).toBeUndefined();
    expect(workspace.text()["app.py"]).toBe("print(2)");
  });

  it("writes the step's files when its beginning is not known, and says so", async () => {
    workspace.save("app.py", "mine");
    expect(await keeper.resetStep(lesson, finish)).toEqual({ isRestored: false, written: finish.files });
    expect(workspace.text()["app.py"]).toBe("print(3)");
    await keeper.beginStep(lesson, change);
    expect(await keeper.resetStep(lesson, change)).toEqual({ isRestored: true });
  });

  it("says that nothing could be done where its beginning is not known and there is no machine", async () => {
    await keeper.connect(undefined);
    expect(await keeper.resetStep(lesson, finish)).toEqual({ isRestored: false, written: [] });
  });
});

describe("a lesson that goes on from another", () => {
  it("takes over what was made there, and asks where it brings a file of its own", async () => {
    await keeper.enter("c/0", []);
    workspace.save("app.py", "from before");
    workspace.save("Dockerfile", "FROM busybox");
    await enter();
    await keeper.beginStep(lesson, look);
    const asking = await keeper.adopt(lesson, "c/0");
    expect(asking.map(({ path }) => path)).toEqual(["app.py"]);
    expect(workspace.text()).toMatchObject({ "app.py": "from before", Dockerfile: "FROM busybox" });
    await keeper.beginStep(lesson, look);
    workspace.save("Dockerfile", "changed");
    await keeper.resetStep(lesson, look);
    expect(workspace.text().Dockerfile).toBe("FROM busybox");
    await settle();
  });

  it("can begin with the files of the other alone", async () => {
    await enter();
    await keeper.replaceAll(lesson, [lessonFile("start.txt", "start")]);
    expect(workspace.text()).toEqual({ "start.txt": "start" });
  });
});
