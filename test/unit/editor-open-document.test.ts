import { beforeEach, describe, expect, it } from "vitest";
import { MachineError } from "../../src/machine/error.ts";
import { OpenDocument } from "../../src/sandbox/editor/open-document.ts";
import { FakeClock, settle } from "./checks-fakes.ts";

let clock: FakeClock;
let files: Map<string, string>;
let writes: string[];
let shown: string[];
let isFull: boolean;
let document: OpenDocument;

beforeEach(() => {
  clock = new FakeClock();
  files = new Map([["Dockerfile", "FROM a"]]);
  writes = [];
  shown = [];
  isFull = false;
  document = new OpenDocument({
    path: "Dockerfile",
    text: "FROM a",
    clock,
    onReplaced: (text) => shown.push(text),
    workspace: {
      read(path) {
        const text = files.get(path);
        if (text === undefined) return Promise.reject(new MachineError("not-found", "gone", { hint: "" }));
        return Promise.resolve(new TextEncoder().encode(text));
      },
      write(path, bytes) {
        if (isFull) return Promise.reject(new MachineError("guest-error", "No space left on device.", { hint: "" }));
        const text = new TextDecoder().decode(bytes);
        writes.push(text);
        files.set(path, text);
        return Promise.resolve();
      },
    },
  });
});

/** What happens when the learner changes the file in the terminal. */
async function terminalWrites(text: string | undefined) {
  if (text === undefined) files.delete("Dockerfile");
  else files.set("Dockerfile", text);
  await document.changedOnMachine();
}

describe("a file open in the editor", () => {
  it("is saved once, a moment after the last key", async () => {
    document.edit("FROM b");
    await clock.pass(200);
    document.edit("FROM bc");
    await clock.pass(200);
    expect(document.state.value.is).toBe("unsaved");
    await clock.pass(200);
    expect(writes).toEqual(["FROM bc"]);
    expect(document.state.value.is).toBe("saved");
  });

  it("shows what the terminal wrote", async () => {
    await terminalWrites("FROM terminal");
    expect(shown).toEqual(["FROM terminal"]);
    expect(document.state.value.is).toBe("saved");
  });

  it("takes its own save for no change", async () => {
    document.edit("FROM b");
    await clock.pass(300);
    await document.changedOnMachine();
    expect(shown).toEqual([]);
    expect(document.state.value.is).toBe("saved");
  });

  it("asks when both sides changed, and loses neither until told", async () => {
    document.edit("FROM mine");
    await terminalWrites("FROM theirs");
    expect(document.state.value).toEqual({ is: "conflict", theirs: "FROM theirs" });
    document.edit("FROM mine too");
    await clock.pass(1000);
    expect(files.get("Dockerfile")).toBe("FROM theirs");
    expect(document.text).toBe("FROM mine too");
    await document.resolve("mine");
    expect(files.get("Dockerfile")).toBe("FROM mine too");
    expect(document.state.value.is).toBe("saved");
  });

  it("takes theirs when told to", async () => {
    document.edit("FROM mine");
    await terminalWrites("FROM theirs");
    await document.resolve("theirs");
    expect(shown).toEqual(["FROM theirs"]);
    expect(document.text).toBe("FROM theirs");
    await clock.pass(1000);
    expect(writes).toEqual([]);
  });

  it("finds out about the other side before it writes, even if nobody told", async () => {
    document.edit("FROM mine");
    files.set("Dockerfile", "FROM theirs");
    await clock.pass(300);
    expect(document.state.value).toEqual({ is: "conflict", theirs: "FROM theirs" });
    expect(files.get("Dockerfile")).toBe("FROM theirs");
  });

  it("makes no conflict of both sides writing the same", async () => {
    document.edit("FROM same");
    await terminalWrites("FROM same");
    expect(document.state.value.is).toBe("saved");
  });

  it("says that the file was removed, and makes it again when it is edited", async () => {
    await terminalWrites(undefined);
    expect(document.state.value.is).toBe("removed");
    document.edit("FROM a new one");
    await clock.pass(300);
    expect(files.get("Dockerfile")).toBe("FROM a new one");
  });

  it("asks when the file was removed while it was edited", async () => {
    document.edit("FROM mine");
    await terminalWrites(undefined);
    expect(document.state.value).toEqual({ is: "conflict", theirs: undefined });
    await document.resolve("mine");
    expect(files.get("Dockerfile")).toBe("FROM mine");
  });

  it("says why it could not be saved, and saves with the next try", async () => {
    isFull = true;
    document.edit("FROM b");
    await clock.pass(300);
    expect(document.state.value).toEqual({ is: "failed", message: "No space left on device." });
    isFull = false;
    await document.save();
    expect(files.get("Dockerfile")).toBe("FROM b");
  });

  it("is saved when it is closed", async () => {
    document.edit("FROM b");
    document[Symbol.dispose]();
    await settle();
    expect(files.get("Dockerfile")).toBe("FROM b");
  });
});
