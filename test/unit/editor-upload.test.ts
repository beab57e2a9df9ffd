import { beforeEach, expect, test } from "vitest";
import { UploadDesk } from "../../src/sandbox/editor/upload-desk.ts";
import { uploadProblem, type OfferedFile } from "../../src/sandbox/editor/upload-limits.ts";
import { FakeClock } from "./checks-fakes.ts";
import { FakeWorkspace } from "./sandbox-fakes.ts";

let workspace: FakeWorkspace;
let clock: FakeClock;
let desk: UploadDesk;

beforeEach(() => {
  workspace = new FakeWorkspace();
  clock = new FakeClock();
  desk = new UploadDesk(workspace, clock);
});

function offer(path: string, text = path): OfferedFile {
  return { path, bytes: text.length, read: () => Promise.resolve(new TextEncoder().encode(text)) };
}

test("files and folders go into the folder that they were dropped on", async () => {
  await desk.take("web", [offer("index.html"), offer("img/logo.svg")]);
  expect(workspace.text()).toEqual({ "web/index.html": "index.html", "web/img/logo.svg": "img/logo.svg" });
  expect(desk.state.value).toEqual({ is: "said", words: "2 files uploaded", isProblem: false });
  await clock.pass(10_000);
  expect(desk.state.value).toEqual({ is: "none" });
});

test("nothing is replaced unless the person says so", async () => {
  workspace.save("a", "mine");
  await desk.take("", [offer("a", "new"), offer("b", "new")]);
  expect(desk.state.value).toEqual({ is: "asking", taken: ["a"] });
  expect(workspace.text()).toEqual({ a: "mine" });
  await desk.answer("skip");
  expect(workspace.text()).toEqual({ a: "mine", b: "new" });
  await desk.take("", [offer("a", "new")]);
  await desk.answer("replace");
  expect(workspace.text()).toEqual({ a: "new", b: "new" });
});

test("a file does not take the place of a folder", async () => {
  workspace.save("a/b", "mine");
  await desk.take("", [offer("a")]);
  expect(desk.state.value).toMatchObject({ is: "said", isProblem: true });
  expect(JSON.stringify(desk.state.value)).toContain("a is a folder in /workspace");
});

test("it can be stopped between two files, and says how far it came", async () => {
  const stopping: OfferedFile = {
    path: "a",
    bytes: 1,
    read() {
      desk.stop();
      return Promise.resolve(new Uint8Array(1));
    },
  };
  await desk.take("", [stopping, offer("b")]);
  expect(Object.keys(workspace.text())).toEqual(["a"]);
  expect(desk.state.value).toMatchObject({ words: "Stopped: 1 file is there" });
});

test("a file that cannot be read, and a workspace that cannot be written, are said", async () => {
  await desk.take("", [{ path: "a", bytes: 1, read: () => Promise.reject(new Error("It was moved.")) }]);
  await clock.pass(10_000);
  expect(desk.state.value).toEqual({ is: "said", words: "It was moved.", isProblem: true });
  workspace.isGone = true;
  await desk.take("", [offer("a")]);
  expect(JSON.stringify(desk.state.value)).toContain("shut down");
});

test.each([
  ["none", [], "There was no file in what was dropped."],
  ["too many", ["a", "b", "c", "d"].map((path) => offer(path)), "These are more than 3 files"],
  ["too large a file", [offer("a", "x".repeat(11))], "a is larger than 10 bytes"],
  [
    "too much together",
    [offer("a", "x".repeat(8)), offer("b", "x".repeat(8))],
    "Together these are more than 15 bytes",
  ],
  ["a name that leads out", [offer("../a")], "../a has a name that /workspace does not take"],
])("%s is refused in plain words", (_, files, words) => {
  expect(uploadProblem(files, { files: 3, fileBytes: 10, totalBytes: 15 })).toContain(words);
});
