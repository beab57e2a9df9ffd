import { describe, expect, it } from "vitest";
import type { CheckSpec, WrongWork } from "../../src/lessons/model.ts";
import { describeRefusals, refusedNoWork } from "../lessons/step-proof.ts";
import { command, failureOf, prove, write } from "./lessons-run-fakes.ts";

const hello: CheckSpec = { kind: "file", path: "hello.txt", contains: "hello", id: "said" };
const there: CheckSpec = { kind: "file", path: "there.txt" };
const noJunk: CheckSpec = { kind: "file", path: "junk.txt", absent: true };
const right = write("hello.txt", "hello");
const withJunk: WrongWork = {
  because: "it leaves junk",
  actions: [write("junk.txt", ""), right],
  undo: [command("rm hello.txt"), command("rm junk.txt")],
};

describe("a check that was never seen to refuse anything", () => {
  it("fails the proof when it passes already as its step opens, beside one that does not", async () => {
    const before = new Map([["there.txt", ""]]);
    const wrong = [{ because: "another word", actions: [write("hello.txt", "goodbye")], undo: [] }];
    const failure = await failureOf(prove({ checks: [hello, there], solution: [right], wrong }, { before }));
    expect(failure.code).toBe("never-refused");
    expect(failure.message).toContain('file {"path":"there.txt"} passes before anything was done.');
    expect(failure.message).not.toContain("hello.txt passes");
  });

  it("fails the proof when wrong work takes what it asks for away, because what has passed is remembered", async () => {
    const before = new Map([["there.txt", ""]]);
    const wrong = [{ because: "it is gone", actions: [right, command("rm there.txt")], undo: [] }];
    const failure = await failureOf(prove({ checks: [hello, there], solution: [right], wrong }, { before }));
    expect(failure.code).toBe("wrong-passes");
  });

  it("fails the proof when it waits for another that nothing but the solution passes", async () => {
    const failure = await failureOf(prove({ checks: [hello, noJunk], solution: [right] }));
    expect(failure.code).toBe("never-refused");
    expect(failure.message).toContain('file {"path":"junk.txt","absent":true} waits, and is never asked.');
  });

  it("fails the proof when its turn comes in wrong work that only others refuse", async () => {
    const checks = [hello, { ...noJunk, after: "said" }, there];
    const wrong = [{ because: "it is not there", actions: [right], undo: [command("rm hello.txt")] }];
    const failure = await failureOf(prove({ checks, solution: [right, write("there.txt", "")], wrong }));
    expect(failure.code).toBe("never-refused");
    expect(failure.message).toMatch(/file \{"path":"junk.txt".*\} passes each time that it is asked\./);
  });

  it("is not one that waits and then refuses wrong work", async () => {
    await prove({ checks: [hello, noJunk], solution: [right], wrong: [withJunk] });
  });

  it("is not one whose turn has come and whose answer takes long", async () => {
    const noGuard: CheckSpec = { kind: "container", name: "guard", gone: true };
    const undo = [command("rm hello.txt"), command("stop guard")];
    const wrong = [{ because: "the guard is still there", actions: [command("run guard"), right], undo }];
    await prove({ checks: [hello, noGuard], solution: [right], wrong });
  });
});

describe("the report on wrong work", () => {
  it("names the checks that refused it, with their words, and those that said the same before anything was done", async () => {
    const wrong = [{ because: "another word", actions: [write("hello.txt", "goodbye")], undo: [] }];
    const proof = await prove({ checks: [hello, there], solution: [right, write("there.txt", "")], wrong });
    expect(describeRefusals(proof)).toEqual([
      [
        "another word",
        '  by file {"path":"hello.txt","contains":"hello","id":"said"}',
        "    hello.txt is there, but something that the step asks for is missing in it. Wanted is the file hello.txt with what the step asks for.",
        '  by file {"path":"there.txt"}',
        "    There is no there.txt in /workspace. Wanted is the file there.txt. (As before anything was done.)",
      ].join("\n"),
    ]);
  });

  it("names the checks that refused no wrong work", async () => {
    const proof = await prove({ checks: [hello, noJunk], solution: [right], wrong: [withJunk] });
    expect(refusedNoWork(proof)).toEqual(['file {"path":"hello.txt","contains":"hello","id":"said"}']);
  });

  it("is part of the text of a failure that comes later", async () => {
    const wrong = [{ because: "another word", actions: [write("hello.txt", "goodbye")], undo: [] }];
    const failure = await failureOf(prove({ checks: [hello], solution: [command("ls")], wrong }));
    expect(failure.message).toMatch(/Wrong work was refused:\n {2}another word\n {4}by file .*hello\.txt/);
  });
});

describe("a command of an author's", () => {
  it("fails the proof when it ends badly, though the checks pass", async () => {
    const failure = await failureOf(prove({ checks: [hello], solution: [right, command("fail 3")] }));
    expect(failure.code).toBe("command-failed");
    expect(failure.message).toContain('the command "fail 3" of the solution ended with exit code 3.');
    expect(failure.message).toContain("| # fail 3");
  });

  it("fails the proof when it is several, of which the first may have failed", async () => {
    const failure = await failureOf(prove({ checks: [hello], solution: [right, command("fail 3\nls")] }));
    expect(failure.code).toBe("several-commands");
    expect(failure.message).toContain(
      "of the solution is 2 commands, and the shell tells only how the last one ended.",
    );
  });

  it("may end badly where it is marked so", async () => {
    await prove({ checks: [hello], solution: [command("fail 3", { fails: true }), right] });
  });

  it("fails the proof when it is marked so and ends well", async () => {
    const failure = await failureOf(prove({ checks: [hello], solution: [command("ls", { fails: true }), right] }));
    expect(failure.code).toBe("command-succeeded");
  });

  it("fails the proof also in wrong work, whose refusal would show nothing, and where that is taken back", async () => {
    const slip = { because: "it shouts", actions: [command("fail 127")], undo: [] };
    const failure = await failureOf(prove({ checks: [hello], solution: [right], wrong: [slip] }));
    expect(failure.message).toContain('the command "fail 127" of the wrong work "it shouts" ended with exit code 127.');
    const messy = { because: "it shouts", actions: [write("hello.txt", "HELLO")], undo: [command("fail 1")] };
    const other = await failureOf(prove({ checks: [hello], solution: [right], wrong: [messy] }));
    expect(other.message).toContain('the command "fail 1" that undoes "it shouts" ended with exit code 1.');
  });
});
