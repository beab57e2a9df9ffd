import { execFile } from "node:child_process";
import { describe, expect, it } from "vitest";
import { createMachineShell } from "../../src/checks/machine-shell.ts";
import { EngineError } from "../../src/engine/error.ts";

type Engine = Parameters<typeof createMachineShell>[1];
type Container = Awaited<ReturnType<Engine["containers"]["list"]>>[number];

const options = { timeoutMs: 10_000 };
const noEngine = { exec: { run: () => Promise.reject(new Error()) }, containers: { list: () => Promise.resolve([]) } };

/** Runs on this computer, with its bash. */
const run = (argv: readonly string[]) =>
  new Promise<{ exitCode: number; stdout: string; stderr: string }>((resolve) => {
    const [program = "", ...rest] = argv;
    execFile(program, rest, { maxBuffer: 10_000_000 }, (error, stdout, stderr) =>
      resolve({ exitCode: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
    );
  });

describe("a program on the machine", () => {
  const shell = createMachineShell({ run }, noEngine);

  it("has its exit code and what it prints, without its standard error", async () => {
    expect(await shell.run("echo hi; echo no >&2; exit 3", options)).toEqual({ exitCode: 3, stdout: "hi\n" });
    expect(await shell.run("kill -PIPE $$", options)).toEqual({ exitCode: 141, stdout: "" });
  });

  it.each([
    ["letters of one byte", "a"],
    ["letters of several bytes", "ä"],
    ["what is no text", "\\377"],
  ])("may print 64 KiB of %s, and not a byte more", async (_, letter) => {
    const bytes = letter === "ä" ? 2 : 1;
    const print = (count: number, more = "") => `for i in $(seq ${count / bytes}); do printf '${letter}'; done${more}`;
    expect(await shell.run(print(65_536), options)).toMatchObject({ exitCode: 0 });
    expect(await shell.run(print(65_536, "; echo"), options)).toEqual({ stopped: "output" });
    expect(await shell.run(print(140_000), options)).toEqual({ stopped: "output" });
  });
});

describe("a program in a container", () => {
  const container = (Id: string, ...Names: string[]) => ({ Id, Names }) as Container;
  const shellWith = (exec: Engine["exec"]["run"], ...containers: Container[]) =>
    createMachineShell({ run }, { exec: { run: exec }, containers: { list: () => Promise.resolve(containers) } });

  it("runs in the container of this very name", async () => {
    const exec: Engine["exec"]["run"] = (id) => Promise.resolve({ exitCode: 0, stdout: id, stderr: "" });
    const shell = shellWith(exec, container("db01", "/web"), container("c2", "/a.db"), container("c3", "/db"));
    expect(await shell.runIn("db", "id", options)).toEqual({ exitCode: 0, stdout: "c3" });
    expect(await shell.runIn("a.db", "id", options)).toEqual({ exitCode: 0, stdout: "c2" });
  });

  it("does not run in a container whose id begins like the name", async () => {
    const exec: Engine["exec"]["run"] = () => Promise.reject(new Error("It was run."));
    expect(await shellWith(exec, container("db01", "/web")).runIn("db", "id", options)).toBeUndefined();
  });

  it("has not run out of time when the engine does not answer", async () => {
    const timeout = new EngineError("timeout", "No answer.", { hint: "" });
    const containers = { list: () => Promise.reject(timeout) };
    const shell = createMachineShell({ run }, { ...noEngine, containers });
    await expect(shell.runIn("db", "id", options)).rejects.toBe(timeout);
  });

  it("is in none when the container ends meanwhile", async () => {
    const exec: Engine["exec"]["run"] = () =>
      Promise.reject(new EngineError("conflict", "It does not run.", { hint: "" }));
    expect(await shellWith(exec, container("c3", "/db")).runIn("db", "id", options)).toBeUndefined();
  });
});
